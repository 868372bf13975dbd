import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { DEFAULT_QUANTUM, decodeInk, encodeInk, inkPoints, MAX_INK_POINTS } from '../element/ink.js';
import { REGISTERS } from '../element/register.js';
import { readId, writeId } from './id-bytes.js';
import type { LiveInk } from './presence.js';

/**
 * A part of a stroke that somebody is drawing: its points from the index `from` on.
 *
 * Each piece has the look of the whole stroke, so that who missed the first one can still draw it.
 */
export interface LivePiece extends LiveInk {
  /** How many points of the stroke come before these. */
  readonly from: number;
}

/**
 * ```
 * piece = id:9 bytes  from:varUint  tool:varUint  color:1 or 4 bytes  width:varUint  opacity:u8
 *         originX:varInt  originY:varInt  ink
 * ```
 *
 * The style is packed as in the element that it becomes; the ink is relative to the origin, whole page units.
 */
export const writeLivePiece = (encoder: encoding.Encoder, piece: LivePiece): void => {
  const { tool, color, width, opacity } = REGISTERS;
  const { id, from, points, quantum = DEFAULT_QUANTUM } = piece;
  if (!(Number.isInteger(from) && from >= 0 && from <= MAX_INK_POINTS))
    throw new RangeError(`from must be the index of a point, not ${from}.`);
  writeId(encoder, id);
  encoding.writeVarUint(encoder, from);
  tool.type.write(encoder, tool.type.check(piece.tool, 'tool'));
  color.type.write(encoder, color.type.check(piece.color, 'color'));
  width.type.write(encoder, width.type.check(piece.width, 'width'));
  opacity.type.write(encoder, opacity.type.check(piece.opacity, 'opacity'));
  const originX = origin(points[0]?.x ?? 0, 'points[0].x');
  const originY = origin(points[0]?.y ?? 0, 'points[0].y');
  encoding.writeVarInt(encoder, originX);
  encoding.writeVarInt(encoder, originY);
  const relative = points.map((point) => ({ ...point, x: point.x - originX, y: point.y - originY }));
  encoding.writeUint8Array(encoder, encodeInk(relative, { quantum }));
};

/** Reads what {@link writeLivePiece} wrote, to the end of the bytes. Throws for any other bytes. */
export const readLivePiece = (decoder: decoding.Decoder): LivePiece => {
  const id = readId(decoder);
  const from = decoding.readVarUint(decoder);
  if (from > MAX_INK_POINTS) throw new RangeError('no stroke has so many points');
  const tool = REGISTERS.tool.type.read(decoder) as LiveInk['tool'];
  const color = REGISTERS.color.type.read(decoder);
  const width = REGISTERS.width.type.read(decoder);
  const opacity = REGISTERS.opacity.type.read(decoder);
  const originX = origin(decoding.readVarInt(decoder), 'originX');
  const originY = origin(decoding.readVarInt(decoder), 'originY');
  const ink = decodeInk(decoding.readTailAsUint8Array(decoder));
  const points = inkPoints(ink).map((point) => ({ ...point, x: point.x + originX, y: point.y + originY }));
  return { id, tool, color, width, opacity, quantum: ink.quantum, from, points };
};

const FARTHEST = 2 ** 33;

const origin = (value: number, field: string): number => {
  const whole = Math.floor(value);
  if (!(Math.abs(whole) <= FARTHEST)) throw new RangeError(`${field} must be within ±2^33, not ${value}.`);
  return whole;
};
