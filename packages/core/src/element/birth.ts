import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { sameBytes } from './bytes.js';
import { KIND_NUMBERS, type KindName } from './kind.js';
import { isCustomCode, packValue, type Register, registerOf, unpackValue } from './register.js';
import type { Value } from './value.js';

/** What an element was when it was made (D2). It is written once, in one piece, and never changes. */
export interface Birth {
  /** A built-in kind, or the name of one that an app defined. */
  readonly kind: string;
  /** User id. */
  readonly author: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The values that differ from their register's initial one, by register code. */
  readonly values: ReadonlyMap<string, Value>;
  /** A stroke's ink. */
  readonly ink: Uint8Array | null;
  /** Fields that a newer program wrote and this one cannot read, as they came, by code. */
  readonly unread: ReadonlyMap<string, Uint8Array>;
}

// Format 2: byte 2; the kind's number, or 0 and its name; author; time; then until the end fields of code, length and
// bytes. A code is a letter; those of apps, which begin with a sign, are a text. Lengths let an older program step
// over what it does not know. Ink is the field `i`. Format 1 had names for all kinds and texts for all codes.
const FORMAT = 2;
const FIRST_FORMAT = 1;
const INK = 'i';

/** Whether a newer program may have a field of that code: one sign, but not one that begins the codes of apps. */
export const isUnreadCode = (code: string): boolean =>
  /^[!-~]$/.test(code) && !'.|+'.includes(code) && code !== INK && registerOf(code) === undefined;

const writeCode = (encoder: encoding.Encoder, code: string): void => {
  encoding.writeUint8(encoder, code.charCodeAt(0));
  if (isCustomCode(code)) encoding.writeVarString(encoder, code.slice(1));
};

const readCode = (decoder: decoding.Decoder): string => {
  const first = String.fromCharCode(decoding.readUint8(decoder));
  return isCustomCode(`${first}a`) ? first + decoding.readVarString(decoder) : first;
};

const writeField = (encoder: encoding.Encoder, code: string, bytes: Uint8Array): void => {
  writeCode(encoder, code);
  encoding.writeVarUint8Array(encoder, bytes);
};

/** A kind whose number lies beyond our list is a newer program's; no app's kind has such a name. */
const NUMBERED = /^#([1-9][0-9]{0,8})$/;

const writeKind = (encoder: encoding.Encoder, kind: string): void => {
  const number = Number(NUMBERED.exec(kind)?.[1] ?? KIND_NUMBERS.indexOf(kind as KindName) + 1);
  encoding.writeVarUint(encoder, number);
  if (number === 0) encoding.writeVarString(encoder, kind);
};

/** Throws `RangeError` for a value whose code no register has. */
export const encodeBirth = (birth: Birth): Uint8Array => {
  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, FORMAT);
  writeKind(encoder, birth.kind);
  encoding.writeVarString(encoder, birth.author);
  encoding.writeVarUint(encoder, birth.createdAt);
  for (const code of [...birth.values.keys()].sort()) {
    const register = registerOf(code);
    if (register === undefined) throw new RangeError(`No register has the code ${code}.`);
    const bytes = packValue(register, birth.values.get(code) as Value);
    if (!sameBytes(bytes, packValue(register, register.initial))) writeField(encoder, code, bytes);
  }
  for (const [code, bytes] of birth.unread) writeField(encoder, code, bytes);
  if (birth.ink !== null) writeField(encoder, INK, birth.ink);
  return encoding.toUint8Array(encoder);
};

const readKind = (decoder: decoding.Decoder, format: number): string => {
  const number = format === FIRST_FORMAT ? 0 : decoding.readVarUint(decoder);
  if (number === 0) return decoding.readVarString(decoder);
  return KIND_NUMBERS[number - 1] ?? `#${number}`;
};

/** Null for bytes that are no birth. A single value that cannot be read is left at its register's initial one (D7). */
export const decodeBirth = (bytes: Uint8Array): Birth | null => {
  const decoder = decoding.createDecoder(bytes);
  try {
    const format = decoding.readUint8(decoder);
    if (format !== FORMAT && format !== FIRST_FORMAT) return null;
    const kind = readKind(decoder, format);
    const author = decoding.readVarString(decoder);
    const createdAt = decoding.readVarUint(decoder);
    const values = new Map<string, Value>();
    const unread = new Map<string, Uint8Array>();
    let ink: Uint8Array | null = null;
    while (decoding.hasContent(decoder)) {
      const code = format === FIRST_FORMAT ? decoding.readVarString(decoder) : readCode(decoder);
      const field = decoding.readVarUint8Array(decoder);
      const register = registerOf(code);
      if (code === INK) ink = field;
      else if (register !== undefined) readValue(values, register, field);
      else if (isUnreadCode(code)) unread.set(code, field);
    }
    return kind === '' ? null : { kind, author, createdAt, values, ink, unread };
  } catch {
    return null;
  }
};

const readValue = (values: Map<string, Value>, register: Register, bytes: Uint8Array): void => {
  try {
    values.set(register.code, unpackValue(register, bytes));
  } catch {
    // The register's initial value stands in.
  }
};
