import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { packValue, type Register, registerOf, unpackValue } from './register.js';
import type { Value } from './value.js';

/** What an element was when it was made (D2). It is written once, in one piece, and never changes. */
export interface Birth {
  readonly kind: string;
  /** User id. */
  readonly author: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The values that differ from their register's initial one, by register code. */
  readonly values: ReadonlyMap<string, Value>;
  /** A stroke's ink. */
  readonly ink: Uint8Array | null;
}

// Format 1: byte 1, kind, author, time, then until the end fields of code (a character), length and bytes.
// Lengths let an older program step over what it does not know. Ink is the field `i`.
const FORMAT = 1;
const INK = 'i';
const EMPTY = new Uint8Array(0);

const writeField = (encoder: encoding.Encoder, code: string, bytes: Uint8Array): void => {
  encoding.writeVarString(encoder, code);
  encoding.writeVarUint8Array(encoder, bytes);
};

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

export const encodeBirth = (birth: Birth): Uint8Array => {
  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, FORMAT);
  encoding.writeVarString(encoder, birth.kind);
  encoding.writeVarString(encoder, birth.author);
  encoding.writeVarUint(encoder, birth.createdAt);
  for (const code of [...birth.values.keys()].sort()) {
    const register = registerOf(code);
    if (register === undefined) throw new RangeError(`No register has the code ${code}.`);
    const bytes = packValue(register, birth.values.get(code) as Value);
    if (!sameBytes(bytes, packValue(register, register.initial))) writeField(encoder, code, bytes);
  }
  if (birth.ink !== null) writeField(encoder, INK, birth.ink);
  return encoding.toUint8Array(encoder);
};

/** Null for bytes that are no birth. A single value that cannot be read is left at its register's initial one (D7). */
export const decodeBirth = (bytes: Uint8Array): Birth | null => {
  const decoder = decoding.createDecoder(bytes);
  try {
    if (decoding.readUint8(decoder) !== FORMAT) return null;
    const kind = decoding.readVarString(decoder);
    const author = decoding.readVarString(decoder);
    const createdAt = decoding.readVarUint(decoder);
    const values = new Map<string, Value>();
    let ink: Uint8Array | null = null;
    while (decoding.hasContent(decoder)) {
      const code = decoding.readVarString(decoder);
      const field = decoding.readVarUint8Array(decoder);
      if (code === INK) ink = field;
      else readValue(values, registerOf(code), field ?? EMPTY);
    }
    return kind === '' ? null : { kind, author, createdAt, values, ink };
  } catch {
    return null;
  }
};

const readValue = (values: Map<string, Value>, register: Register | undefined, bytes: Uint8Array): void => {
  if (register === undefined) return;
  try {
    values.set(register.code, unpackValue(register, bytes));
  } catch {
    // The register's initial value stands in.
  }
};
