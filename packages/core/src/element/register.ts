import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { FIRST_ORDER } from './order.js';
import {
  angle,
  choice,
  color,
  flag,
  fraction,
  length,
  order,
  pair,
  reference,
  type Value,
  type ValueType,
} from './value.js';

/**
 * What a register shows when several people wrote it at once (D5): the `newest` write, or the `union` or the `sum`
 * of all of them.
 */
export type MergeRule = 'newest' | 'union' | 'sum';

/** One property of elements: how it is named, packed and merged, and what it is where nothing was written. */
export interface Register<T extends Value = Value> {
  /** The letter that stands for it in the document. */
  readonly code: string;
  /** `fixed`: written once, with the birth. */
  readonly merge: MergeRule | 'fixed';
  readonly type: ValueType<T>;
  readonly initial: T;
}

const register = <T extends Value>(
  code: string,
  type: ValueType<T>,
  initial: NoInfer<T>,
  merge: MergeRule | 'fixed' = 'newest',
): Register<T> => ({ code, type, initial, merge });

/** The registers of the built-in kinds, by name. A code or an initial value never changes: documents rely on them. */
export const REGISTERS = {
  position: register('p', pair, [0, 0]),
  size: register('s', pair, [0, 0]),
  rotation: register('r', angle, 0),
  order: register('o', order, FIRST_ORDER),
  parent: register('g', reference, null),
  locked: register('l', flag, false),
  removed: register('x', flag, false),
  color: register('c', color(['ink']), 'ink'),
  opacity: register('a', fraction, 1),
  width: register('w', length(4096), 2),
  tool: register('t', choice(['pen', 'highlighter']), 'pen', 'fixed'),
} as const;

export type RegisterName = keyof typeof REGISTERS;

const byCode = new Map<string, Register>(
  Object.values(REGISTERS).map((entry) => [entry.code, entry as unknown as Register]),
);

/** The register behind a code of the document, or undefined where a newer program wrote one that this one lacks. */
export const registerOf = (code: string): Register | undefined => byCode.get(code);

export const writeValue = (encoder: encoding.Encoder, register: Register, value: Value): void =>
  register.type.write(encoder, value);

export const packValue = (register: Register, value: Value): Uint8Array =>
  encoding.encode((encoder) => register.type.write(encoder, value));

/** The value that all of `bytes` hold. Throws when they do not. */
export const unpackValue = (register: Register, bytes: Uint8Array): Value => {
  const decoder = decoding.createDecoder(bytes);
  const value = register.type.read(decoder);
  if (decoding.hasContent(decoder)) throw new RangeError('A value ends before its bytes do.');
  return value;
};
