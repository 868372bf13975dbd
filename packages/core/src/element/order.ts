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

/** The number of characters of an index's integer part, by its first character. */
const integerLength = (order: OrderIndex): number => {
  const head = order.charCodeAt(0);
  return head >= 97 ? head - 95 : 92 - head;
};

/** Whether an index can be inserted next to: complete, and not ending in the zero that has nothing below it. */
export const isOrder = (value: unknown): value is OrderIndex => {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !PATTERN.test(value)) return false;
  const length = integerLength(value);
  if (value.length < length || value === LOWEST) return false;
  return value.length === length || !value.endsWith('0');
};

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
