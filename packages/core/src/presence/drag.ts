import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Matrix } from '../element/geometry/placement.js';
import type { ElementId } from '../element/id.js';
import { readId, readIds, writeId, writeIds } from './id-bytes.js';

/** What a frame says about elements that somebody moves, resizes or turns. */
export interface Drag {
  /** Null: all that this session has selected. */
  readonly ids: readonly ElementId[] | null;
  /** From where the elements are on the board to where they are seen. e and f are sent in 1/64 unit. */
  readonly transform: Matrix;
  /** Let go and committed: this is where they stay, and the commit that says so is under way or already there. */
  readonly letGo: boolean;
  /** Copies of them are dragged: the id that the copy of the first gets. Null: they are dragged themselves. */
  readonly copy: ElementId | null;
}

const STEPS_PER_UNIT = 64;
const SELECTED = 1;
const MOVED = 2;
const LET_GO = 4;

/** Page units; a transform that reaches farther is no drag of a hand's. */
const FARTHEST = 2 ** 40;

/**
 * ```
 * drag         = flags:u8  e:varInt  f:varInt  (a, b, c, d: float32)?  ids
 *                flags: bit 0 ids are the selection's, bit 1 nothing but moved: a to d are left out, bit 2 let go
 * dragged copy = the id of the first copy, then as a drag
 * ```
 */
export const writeDrag = (encoder: encoding.Encoder, { ids, transform, letGo, copy }: Drag): void => {
  if (copy !== null) writeId(encoder, copy);
  const [a, b, c, d, e, f] = checkTransform(transform);
  const moved = a === 1 && b === 0 && c === 0 && d === 1;
  encoding.writeUint8(encoder, (ids === null ? SELECTED : 0) | (moved ? MOVED : 0) | (letGo ? LET_GO : 0));
  encoding.writeVarInt(encoder, Math.round(e * STEPS_PER_UNIT));
  encoding.writeVarInt(encoder, Math.round(f * STEPS_PER_UNIT));
  if (!moved) for (const factor of [a, b, c, d]) encoding.writeFloat32(encoder, factor);
  if (ids !== null) writeIds(encoder, ids);
};

/** Reads what {@link writeDrag} wrote, to the end of the bytes. Throws for any other bytes. */
export const readDrag = (decoder: decoding.Decoder, isCopy: boolean): Drag => {
  const copy = isCopy ? readId(decoder) : null;
  const flags = decoding.readUint8(decoder);
  if (flags > (SELECTED | MOVED | LET_GO)) throw new RangeError('a drag has flags that are not known here');
  const e = decoding.readVarInt(decoder) / STEPS_PER_UNIT;
  const f = decoding.readVarInt(decoder) / STEPS_PER_UNIT;
  const factor = (): number => decoding.readFloat32(decoder);
  const [a, b, c, d] =
    (flags & MOVED) !== 0 ? ([1, 0, 0, 1] as const) : [factor(), factor(), factor(), factor()];
  const transform: Matrix = [a, b, c, d, e, f];
  checkTransform(transform);
  return {
    ids: (flags & SELECTED) !== 0 ? null : readIds(decoder),
    transform,
    letGo: (flags & LET_GO) !== 0,
    copy,
  };
};

/** @throws {RangeError} for a map that no drag is told by. */
export const checkTransform = (transform: Matrix): Matrix => {
  if (transform.length !== 6 || !transform.every((value) => Math.abs(value) <= FARTHEST))
    throw new RangeError(`transform must be six finite numbers within ±2^40, not ${transform}.`);
  return transform;
};
