import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { flag, type ValueType } from './value.js';

/** How much somebody had of the work of others when they removed an element: clocks by Yjs clientID. */
export type Seen = ReadonlyMap<number, number>;

const NOTHING: Seen = new Map();

/**
 * What a removal has seen, right after its value, which as `true` takes no byte. Nothing seen is none either: that is what
 * removing a thousand elements that only their author touched writes a thousand times.
 *
 * ```
 * seen = (count:varUint ≥ 1  (clientID:varUint  clock:varUint)*)?
 * ```
 */
export const writeSeen = (encoder: encoding.Encoder, seen: Seen): void => {
  if (seen.size === 0) return;
  encoding.writeVarUint(encoder, seen.size);
  for (const [client, clock] of seen) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
  }
};

/** Reads what {@link writeSeen} wrote; null where the element is not removed. Throws when the bytes are cut off. */
export const readSeen = (decoder: decoding.Decoder): Seen | null => {
  if (!decoding.hasContent(decoder)) return NOTHING;
  const count = decoding.readVarUint(decoder);
  if (count === 0) return null;
  const seen = new Map<number, number>();
  for (let index = 0; index < count; index += 1) {
    seen.set(decoding.readVarUint(decoder), decoding.readVarUint(decoder));
  }
  return seen;
};

/** Whether an element is removed. What the remover had seen follows in the document and is no part of the value. */
export const removal: ValueType<boolean> = {
  ...flag,
  read: (decoder) => readSeen(decoder) !== null,
};
