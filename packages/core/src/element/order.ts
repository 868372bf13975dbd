import { generateKeyBetween } from 'fractional-indexing';
import { type RandomBytes, randomText } from './id.js';

/**
 * Where an element stands in paint order: a string that sorts, by UTF-16 unit, after what lies below it.
 * Two people who insert at one place at once draw different indices, since each appends random characters.
 */
export type OrderIndex = string;

/** The order of an element that names none. */
export const FIRST_ORDER: OrderIndex = 'a0';

const PATTERN = /^[A-Za-z][0-9A-Za-z]+$/;
/** Nothing can be inserted below it. */
const LOWEST = `A${'0'.repeat(26)}`;
const MAX_LENGTH = 512;
const JITTER_LENGTH = 2;

/** The number of characters of an index's integer part, by the code of its first character. */
const integerLength = (head: number): number => (head >= 97 ? head - 95 : 92 - head);

/** Whether an index can be inserted next to: complete, and not ending in the zero that has nothing below it. */
export const isOrder = (value: unknown): value is OrderIndex => {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !PATTERN.test(value)) return false;
  const length = integerLength(value.charCodeAt(0));
  if (value.length < length || value === LOWEST) return false;
  return value.length === length || !value.endsWith('0');
};

const ZERO = 48;
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
const isDigit = (code: number): boolean => code >= ZERO && code <= 57;

/** By byte: 1 for a letter or digit. Looked up, since calls take long in code that has only just begun to run. */
const IS_CHARACTER = Uint8Array.from({ length: 256 }, (_, code) => (isLetter(code) || isDigit(code) ? 1 : 0));

/** Whether the bytes from `start` to `end` are the characters of an index: {@link isOrder} without a text. */
export const isOrderIn = (bytes: Uint8Array, start: number, end: number): boolean => {
  const length = end - start;
  const head = bytes[start] ?? 0;
  if (!(length >= 2 && length <= MAX_LENGTH) || !isLetter(head) || length < integerLength(head)) return false;
  for (let at = start + 1; at < end; at += 1) if (IS_CHARACTER[bytes[at]!] !== 1) return false;
  if (length > integerLength(head)) return bytes[end - 1] !== ZERO;
  return head !== LOWEST.charCodeAt(0) || orderIn(bytes, start, end) !== LOWEST;
};

/** The index whose characters are the bytes from `start` to `end`. */
export const orderIn = (bytes: Uint8Array, start: number, end: number): OrderIndex => {
  let order = '';
  let at = start;
  // Each addition makes a text of its own: most indices have four characters to six.
  for (; at + 4 <= end; at += 4)
    order += String.fromCharCode(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!);
  for (; at < end; at += 1) order += String.fromCharCode(bytes[at]!);
  return order;
};

export const bytesOfOrder = (order: OrderIndex): Uint8Array =>
  Uint8Array.from(order, (character) => character.charCodeAt(0));

/**
 * An index above `below` and under `above`; null is the bottom and the top of the board.
 * Equal neighbours have nothing between them: the new index is then theirs, and ids decide (D9).
 */
export const orderBetween = (
  below: OrderIndex | null,
  above: OrderIndex | null,
  random: RandomBytes,
): OrderIndex => {
  if (below !== null && above !== null && below >= above) return below;
  const middle = generateKeyBetween(below, above);
  // A longer string sorts after its prefix, so the characters can only collide with `above`.
  const jittered = `${middle}${randomText(JITTER_LENGTH - 1, random)}${lastCharacter(random)}`;
  return above === null || jittered < above ? jittered : middle;
};

/** A fractional part may not end in zero. */
const lastCharacter = (random: RandomBytes): string => {
  for (;;) {
    const character = randomText(1, random);
    if (character !== '0') return character;
  }
};

/** Paint order: lower first. Total on every replica. */
export const comparePaint = (
  a: { readonly order: OrderIndex; readonly id: string },
  b: { readonly order: OrderIndex; readonly id: string },
): number => {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
};
