import * as buffer from 'lib0/buffer';
import { isUnreadCode } from '../element/birth.js';
import { checkRuns } from '../element/conceive.js';
import type { Element } from '../element/element.js';
import { type ElementId, isElementId } from '../element/id.js';
import { decodeInk } from '../element/ink.js';
import {
  REGISTERS,
  type Register,
  type RegisterName,
  registerName,
  registerOf,
} from '../element/register.js';
import type { TextRun } from '../element/text.js';
import type { Value } from '../element/value.js';
import { InkwireError } from '../inkwire-error.js';
import { birthOf, type ElementRecord, readRegister } from './record.js';

/** All that an element is, as JSON: what a file and the clipboard hold. */
export interface StoredElement {
  readonly id: ElementId;
  readonly kind: string;
  readonly author: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** What differs from the initial values, by the register's name, or by the code of an app's own register. */
  readonly values: Readonly<Record<string, Value>>;
  /** Base64. */
  readonly ink?: string;
  readonly text?: readonly TextRun[];
  /** What only a newer program can read, by code, in base64. */
  readonly unread?: Readonly<Record<string, string>>;
}

/** Registers that say where an element stands in one document, not what it is. */
const NOT_STORED = new Set<string>([REGISTERS.order.code, REGISTERS.removed.code]);

const base64Entries = (map: ReadonlyMap<string, Uint8Array>): Record<string, string> =>
  Object.fromEntries([...map].map(([key, bytes]) => [key, buffer.toBase64(bytes)]));

/** What the element shows that its registers do not hold by themselves. */
const shown = (element: Element): Readonly<Record<string, Value>> => {
  if (element.kind === 'line' || element.kind === 'arrow')
    return { points: element.points, parent: element.parent };
  // A resized stroke has to know what size its ink was made for.
  if (
    element.kind === 'stroke' &&
    (element.size[0] !== element.inkSize[0] || element.size[1] !== element.inkSize[1])
  ) {
    return { naturalSize: element.inkSize, parent: element.parent };
  }
  return { parent: element.parent };
};

const isInk = (bytes: Uint8Array): boolean => {
  try {
    decodeInk(bytes);
    return true;
  } catch {
    return false;
  }
};

/** Null for a record that was not born, or cannot be read: one broken element must not make a file of the board unreadable. */
export const storeElement = (
  record: ElementRecord,
  element: Element,
  text: readonly TextRun[],
): StoredElement | null => {
  const birth = birthOf(record);
  if (birth === null || (birth.ink !== null && !isInk(birth.ink))) return null;
  const values: Record<string, Value> = {};
  for (const code of new Set([...birth.values.keys(), ...record.siblings.map((sibling) => sibling.code)])) {
    const register = registerOf(code);
    if (register !== undefined && !NOT_STORED.has(code)) {
      values[registerName(code) ?? code] = readRegister(record, birth, register);
    }
  }
  return {
    id: record.id,
    kind: birth.kind,
    author: birth.author,
    createdAt: birth.createdAt,
    values: { ...values, ...shown(element) },
    ...(birth.ink && { ink: buffer.toBase64(birth.ink) }),
    ...(text.length > 0 && { text }),
    ...(birth.unread.size > 0 && { unread: base64Entries(birth.unread) }),
  };
};

const wrong = (field: string, must: string): never => {
  throw new InkwireError('board', `This is not a board: ${field} must be ${must}.`, field);
};

const object = (value: unknown, field: string): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : wrong(field, 'an object');

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

const bytesOf = (value: unknown, field: string): Uint8Array => {
  if (typeof value !== 'string' || value.length % 4 !== 0 || !BASE64.test(value))
    return wrong(field, 'base64');
  return buffer.fromBase64(value);
};

/** Whatever a checker of core throws, as an error about the file. */
const checked = <T>(field: string, check: () => T): T => {
  try {
    return check();
  } catch (cause) {
    throw new InkwireError('board', `This is not a board: ${(cause as Error).message}`, field);
  }
};

/** The register that a stored value belongs to. */
export const storedRegister = (name: string): Register | undefined =>
  Object.hasOwn(REGISTERS, name)
    ? (REGISTERS[name as RegisterName] as unknown as Register)
    : registerOf(name);

const checkValues = (json: unknown, field: string): Record<string, Value> => {
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(object(json, field))) {
    const register = storedRegister(name);
    if (register === undefined) wrong(`${field}.${name}`, 'the value of a register known here');
    else values[name] = checked(`${field}.${name}`, () => register.type.check(value, `${field}.${name}`));
  }
  return values;
};

/** An element from outside, checked. Throws `InkwireError` with code `board` that names the field that is wrong. */
export const checkStored = (json: unknown, field: string): StoredElement => {
  const { id, kind, author, createdAt, values, ink, text, unread } = object(json, field);
  if (!isElementId(id)) return wrong(`${field}.id`, 'an element id');
  if (typeof kind !== 'string' || kind === '' || kind.length > 128) return wrong(`${field}.kind`, 'a name');
  if (typeof author !== 'string' || author.length > 1024) return wrong(`${field}.author`, 'a user id');
  if (!Number.isSafeInteger(createdAt) || (createdAt as number) < 0)
    return wrong(`${field}.createdAt`, 'a time in ms');
  if (ink !== undefined) checked(`${field}.ink`, () => decodeInk(bytesOf(ink, `${field}.ink`)));
  for (const [code, bytes] of Object.entries(unread === undefined ? {} : object(unread, `${field}.unread`))) {
    if (!isUnreadCode(code)) wrong(`${field}.unread`, 'unknown fields');
    bytesOf(bytes, `${field}.unread.${code}`);
  }
  return {
    id,
    kind,
    author,
    createdAt: createdAt as number,
    values: checkValues(values, `${field}.values`),
    ...(ink !== undefined && { ink: ink as string }),
    ...(text !== undefined && { text: checked(`${field}.text`, () => checkRuns(text, `${field}.text`)) }),
    ...(unread !== undefined && { unread: unread as Record<string, string> }),
  };
};
