import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { ElementId } from '../element/id.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const HALF = 6;
const HALVES = ALPHABET.length ** HALF;
const WORD = 2 ** 32;
const ID_BYTES = 9;

/** Writes an id as 9 bytes: 6 characters are a number below 2^36, of which the upper 4 bits share the last byte. */
export const writeId = (encoder: encoding.Encoder, id: ElementId): void => {
  const first = number(id.slice(0, HALF));
  const second = number(id.slice(HALF));
  encoding.writeUint32(encoder, first % WORD);
  encoding.writeUint32(encoder, second % WORD);
  encoding.writeUint8(encoder, (Math.floor(first / WORD) << 4) | Math.floor(second / WORD));
};

/** Reads what {@link writeId} wrote. @throws {RangeError} for a number that no id has. */
export const readId = (decoder: decoding.Decoder): ElementId => {
  // lib0 reads on past the end of its bytes.
  if (decoder.pos + ID_BYTES > decoder.arr.length) throw new RangeError('an id is cut off');
  const first = decoding.readUint32(decoder);
  const second = decoding.readUint32(decoder);
  const upper = decoding.readUint8(decoder);
  return (text((upper >>> 4) * WORD + first) + text((upper & 15) * WORD + second)) as ElementId;
};

export const writeIds = (encoder: encoding.Encoder, ids: readonly ElementId[]): void => {
  for (const id of ids) writeId(encoder, id);
};

/** Reads ids to the end of the bytes. */
export const readIds = (decoder: decoding.Decoder): ElementId[] => {
  const ids: ElementId[] = [];
  while (decoding.hasContent(decoder)) ids.push(readId(decoder));
  return ids;
};

const number = (half: string): number => {
  let value = 0;
  for (const character of half) value = value * ALPHABET.length + ALPHABET.indexOf(character);
  return value;
};

const text = (value: number): string => {
  if (value >= HALVES) throw new RangeError('No id has these bytes.');
  let half = '';
  for (let rest = value; half.length < HALF; rest = Math.floor(rest / ALPHABET.length))
    half = ALPHABET[rest % ALPHABET.length] + half;
  return half;
};
