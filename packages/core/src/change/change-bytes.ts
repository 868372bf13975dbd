import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { ElementId } from '../element/id.js';
import { packValue, type Register, registerOf, unpackValue } from '../element/register.js';
import type { TextDelta, TextStep } from '../element/text.js';
import { InkwireError } from '../inkwire-error.js';
import {
  type BirthWrite,
  type Change,
  parseWriteKey,
  type Step,
  type Version,
  type Write,
  type WriteKey,
} from './change.js';
import { checkId, checkKey, checkStep } from './change-json.js';
import { isStamp } from './stamp.js';
import { checkDelta } from './text-delta.js';

// Byte 1, writer, then births, writes and texts, each as count and entries. An entry is its key, a byte that says which
// of from (1) and to (2) follow, and those: a birth as its bytes, a version as stamp, writer and packed value. A text's
// delta is count and steps: length and what to do with it (insert 0, retain 1, delete 2, with attributes + 4).
const FORMAT = 1;
const FROM = 1;
const TO = 2;
const [INSERT, RETAIN, DELETE] = [0, 1, 2];
const ATTRIBUTES = 4;

const writeStep = <T>(encoder: encoding.Encoder, { from, to }: Step<T>, write: (value: T) => void): void => {
  encoding.writeUint8(encoder, (from === null ? 0 : FROM) | (to === null ? 0 : TO));
  if (from !== null) write(from);
  if (to !== null) write(to);
};

const writeTextStep = (encoder: encoding.Encoder, step: TextStep): void => {
  const attributes = 'attributes' in step && step.attributes !== undefined ? step.attributes : null;
  const extra = attributes === null ? 0 : ATTRIBUTES;
  if ('insert' in step) {
    encoding.writeUint8(encoder, INSERT + extra);
    encoding.writeVarString(encoder, step.insert);
  } else {
    encoding.writeUint8(encoder, ('retain' in step ? RETAIN : DELETE) + extra);
    encoding.writeVarUint(encoder, 'retain' in step ? step.retain : step.delete);
  }
  if (attributes !== null) encoding.writeVarString(encoder, JSON.stringify(attributes));
};

export const encodeChange = (change: Change): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeUint8(encoder, FORMAT);
    encoding.writeVarUint(encoder, change.writer);
    encoding.writeVarUint(encoder, change.births.size);
    for (const [id, step] of change.births) {
      encoding.writeVarString(encoder, id);
      writeStep(encoder, step, (birth) => encoding.writeVarUint8Array(encoder, birth));
    }
    encoding.writeVarUint(encoder, change.writes.size);
    for (const [key, step] of change.writes) {
      encoding.writeVarString(encoder, key);
      const register = registerOf(parseWriteKey(key).code) as Register;
      writeStep(encoder, step, ({ stamp, writer, value }) => {
        encoding.writeVarUint(encoder, stamp);
        encoding.writeVarUint(encoder, writer);
        encoding.writeVarUint8Array(encoder, packValue(register, value));
      });
    }
    encoding.writeVarUint(encoder, change.texts.size);
    for (const [id, delta] of change.texts) {
      encoding.writeVarString(encoder, id);
      encoding.writeVarUint(encoder, delta.length);
      for (const step of delta) writeTextStep(encoder, step);
    }
  });

const readStep = <T>(decoder: decoding.Decoder, read: () => T): Step<T> => {
  const parts = decoding.readUint8(decoder);
  const from = parts & FROM ? read() : null;
  return checkStep({ from, to: parts & TO ? read() : null }, 'a step');
};

const readVersion = (decoder: decoding.Decoder, register: Register): Version => {
  const stamp = decoding.readVarUint(decoder);
  const writer = decoding.readVarUint(decoder);
  if (!isStamp(stamp)) throw new RangeError('A stamp is out of range.');
  return { stamp, writer, value: unpackValue(register, decoding.readVarUint8Array(decoder)) };
};

const readTextStep = (decoder: decoding.Decoder): unknown => {
  const what = decoding.readUint8(decoder);
  const action = what & ~ATTRIBUTES;
  const step =
    action === INSERT
      ? { insert: decoding.readVarString(decoder) }
      : { [action === RETAIN ? 'retain' : 'delete']: decoding.readVarUint(decoder) };
  return what & ATTRIBUTES ? { ...step, attributes: JSON.parse(decoding.readVarString(decoder)) } : step;
};

const readEntries = <K, V>(decoder: decoding.Decoder, read: () => [K, V]): ReadonlyMap<K, V> => {
  const entries = new Map<K, V>();
  // Entries are read until the bytes end: a count alone allocates nothing.
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) entries.set(...read());
  return entries;
};

const readChange = (decoder: decoding.Decoder): Change => {
  const format = decoding.readUint8(decoder);
  if (format !== FORMAT) throw new RangeError(`Changes of format ${format} are not known here.`);
  return {
    writer: decoding.readVarUint(decoder),
    births: readEntries<ElementId, BirthWrite>(decoder, () => [
      checkId(decoding.readVarString(decoder), 'births'),
      readStep(decoder, () => decoding.readVarUint8Array(decoder)),
    ]),
    writes: readEntries<WriteKey, Write>(decoder, () => {
      const key = checkKey(decoding.readVarString(decoder), 'writes');
      const register = registerOf(parseWriteKey(key).code) as Register;
      return [key, readStep(decoder, () => readVersion(decoder, register))];
    }),
    texts: readEntries<ElementId, TextDelta>(decoder, () => {
      const id = checkId(decoding.readVarString(decoder), 'texts');
      const steps: unknown[] = [];
      for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) steps.push(readTextStep(decoder));
      return [id, checkDelta(steps, 'texts')];
    }),
  };
};

/** Unpacks what {@link encodeChange} packed. Throws `InkwireError` with code `change` for any other bytes. */
export const decodeChange = (bytes: Uint8Array): Change => {
  const decoder = decoding.createDecoder(bytes);
  try {
    const change = readChange(decoder);
    if (decoding.hasContent(decoder)) throw new RangeError('A change ends before its bytes do.');
    return change;
  } catch (cause) {
    if (cause instanceof InkwireError) throw cause;
    throw new InkwireError('change', `These bytes are not a change: ${(cause as Error).message}`);
  }
};
