import * as encoding from 'lib0/encoding';
import { InkwireError } from '../inkwire-error.js';
import { MAX_TILT, POSITION, PRESSURE, PRESSURE_STEPS, TILT } from './ink-axes.js';
import { type SimplifyOptions, simplifyInk } from './ink-simplify.js';
import { decodeFirstTwo, decodeStream, encodeStream, type Series } from './ink-stream.js';
import { quantise } from './value.js';

/** One sample of a pointer. `pressure` is 0..1, tilts are degrees, -90..90. */
export interface InkPoint {
  readonly x: number;
  readonly y: number;
  readonly pressure?: number | undefined;
  readonly tiltX?: number | undefined;
  readonly tiltY?: number | undefined;
}

/** The points of a stroke, decoded: one array per axis. */
export interface Ink {
  readonly length: number;
  /** Coordinates are multiples of this many units. */
  readonly quantum: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 0..1; null when the pen gave none. */
  readonly pressure: Float32Array | null;
  /** Degrees, -90..90; null when the pen gave none. */
  readonly tiltX: Float32Array | null;
  readonly tiltY: Float32Array | null;
}

export interface InkOptions {
  /** Units; the next power of two at or below it is used, from 2^-23 to 2^8. Default 1/16. */
  readonly quantum?: number | undefined;
  /** Leave out points that the line does without. Default: keep every point. */
  readonly simplify?: SimplifyOptions | undefined;
}

export const DEFAULT_QUANTUM = 1 / 16;

/** The most points that one stroke may have. */
export const MAX_INK_POINTS = 1 << 20;

// ink = format:u8=1  flags:u8  count:varUint  stream
//   flags: bits 0-4 quantum = 2^(8 - flags), bit 5 pressure, bit 6 tilt
//   stream: x, y, pressure, tiltX, tiltY in quanta, 1/256 and degrees, as ink-stream.ts codes them
const FORMAT = 1;
const QUANTUM_BITS = 0b0001_1111;
const HAS_PRESSURE = 0b0010_0000;
const HAS_TILT = 0b0100_0000;
const KNOWN_FLAGS = QUANTUM_BITS | HAS_PRESSURE | HAS_TILT;
const LARGEST_EXPONENT = 8;

/** The tables give a point 1.35 bits at least; a state that is still small gives the first few less. */
const POINTS_PER_BYTE = 8;
const POINTS_FOR_NOTHING = 64;

/**
 * Packs points into bytes. Coordinates are rounded to the quantum, pressure to 1/256 and tilt to degrees; nothing else
 * is lost. An axis that some points have and others lack is filled: pressure with 0.5, tilt with 0.
 *
 * @throws {RangeError} naming the number that is not finite, or out of its range: coordinates within ±2^31 quanta.
 */
export const encodeInk = (points: readonly InkPoint[], options: InkOptions = {}): Uint8Array => {
  const { quantum = DEFAULT_QUANTUM, simplify } = options;
  const kept = simplify === undefined ? points : simplifyInk(points, simplify);
  if (kept.length > MAX_INK_POINTS)
    throw new RangeError(`points must be ${MAX_INK_POINTS} at most, not ${kept.length}.`);
  const exponent = exponentOf(quantum);
  const perUnit = 2 ** -exponent;
  const hasPressure = kept.some(({ pressure }) => pressure !== undefined);
  const hasTilt = kept.some(({ tiltX, tiltY }) => tiltX !== undefined || tiltY !== undefined);

  const values = [quantised(kept, 'x', perUnit, 0), quantised(kept, 'y', perUnit, 0)];
  if (hasPressure) values.push(quantised(kept, 'pressure', PRESSURE_STEPS, 0.5));
  if (hasTilt) values.push(quantised(kept, 'tiltX', 1, 0), quantised(kept, 'tiltY', 1, 0));

  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, FORMAT);
  encoding.writeUint8(
    encoder,
    (LARGEST_EXPONENT - exponent) | (hasPressure ? HAS_PRESSURE : 0) | (hasTilt ? HAS_TILT : 0),
  );
  encoding.writeVarUint(encoder, kept.length);
  encoding.writeUint8Array(encoder, encodeStream(seriesOf(hasPressure, hasTilt), values));
  return encoding.toUint8Array(encoder);
};

/**
 * A point as ink gives it back: a stroke that is shown with such points looks the same before it is packed and after.
 *
 * @throws {RangeError} when the quantum is out of its range.
 */
export const roundInkPoint = (point: InkPoint, quantum: number = DEFAULT_QUANTUM): InkPoint => {
  const { x, y, pressure, tiltX, tiltY } = point;
  const perUnit = 2 ** -exponentOf(quantum);
  return {
    x: quantise(x, perUnit),
    y: quantise(y, perUnit),
    ...(pressure !== undefined && { pressure: quantise(pressure, PRESSURE_STEPS) }),
    ...(tiltX !== undefined && { tiltX: quantise(tiltX, 1) }),
    ...(tiltY !== undefined && { tiltY: quantise(tiltY, 1) }),
  };
};

/** Unpacks what {@link encodeInk} packed. Throws `InkwireError` with code `ink` for any other bytes. */
export const decodeInk = (bytes: Uint8Array): Ink => {
  const { flags, length, end } = readHeader(bytes);
  const hasPressure = (flags & HAS_PRESSURE) !== 0;
  const hasTilt = (flags & HAS_TILT) !== 0;
  const stream = bytes.subarray(end);
  assertHolds(stream.length, length);

  // One buffer for all axes: most strokes are short, and allocating takes longer than decoding them.
  const buffer = new ArrayBuffer(length * (16 + (hasPressure ? 4 : 0) + (hasTilt ? 8 : 0)));
  const x = new Float64Array(buffer, 0, length);
  const y = new Float64Array(buffer, 8 * length, length);
  let used = 16 * length;
  const axis = (): Float32Array => {
    const values = new Float32Array(buffer, used, length);
    used += 4 * length;
    return values;
  };
  const pressure = hasPressure ? axis() : null;
  const [tiltX, tiltY] = hasTilt ? [axis(), axis()] : [null, null];
  const into = [x, y, pressure, tiltX, tiltY].filter((values) => values !== null);
  if (!decodeStream(seriesOf(hasPressure, hasTilt), stream, into))
    throw notInk('they do not end where their points do');

  const quantum = quantumOf(flags);
  scale(x, quantum);
  scale(y, quantum);
  if (pressure !== null) scale(within(pressure, 0, PRESSURE_STEPS), 1 / PRESSURE_STEPS);
  for (const tilt of [tiltX, tiltY]) if (tilt !== null) within(tilt, -MAX_TILT, MAX_TILT);
  return { length, quantum, x, y, pressure, tiltX, tiltY };
};

/** Where a stroke goes, without how hard the pen was pressed: until the next call, which fills it anew. */
export interface InkCourse {
  readonly length: number;
  /** May be longer than `length`. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** One for all calls: very many in a row would leave as many to be collected. */
const course = { length: 0, x: new Float64Array(256), y: new Float64Array(256) };

/**
 * Reads no more of the bytes than the coordinates, which come first, into a course that the next call fills anew: for
 * looking at very many strokes once. Throws as {@link decodeInk} does, except for what is wrong behind the coordinates.
 *
 * @param from where the ink lies in `bytes`, and `to` where it ends.
 */
export const decodeInkCourse = (bytes: Uint8Array, from = 0, to = bytes.length): InkCourse => {
  const { flags, length, end } = readHeader(bytes, from, to);
  assertHolds(to - end, length);
  if (course.x.length < length) {
    course.x = new Float64Array(2 * length);
    course.y = new Float64Array(2 * length);
  }
  course.length = length;
  decodeFirstTwo(POSITION, bytes, end, to, course.x, course.y, length, quantumOf(flags));
  return course;
};

/** The points of `ink` as objects, for a tool that wants them so. */
export const inkPoints = ({ length, x, y, pressure, tiltX, tiltY }: Ink): InkPoint[] =>
  Array.from({ length }, (_, index) => ({
    x: x[index]!,
    y: y[index]!,
    ...(pressure && { pressure: pressure[index]! }),
    ...(tiltX && { tiltX: tiltX[index]! }),
    ...(tiltY && { tiltY: tiltY[index]! }),
  }));

const seriesOf = (hasPressure: boolean, hasTilt: boolean): Series[] => [
  POSITION,
  POSITION,
  ...(hasPressure ? [PRESSURE] : []),
  ...(hasTilt ? [TILT, TILT] : []),
];

const exponentOf = (quantum: number): number => {
  const exponent = Math.floor(Math.log2(quantum));
  if (!(exponent <= LARGEST_EXPONENT && exponent >= LARGEST_EXPONENT - QUANTUM_BITS))
    throw new RangeError(
      `quantum must be from 2^${LARGEST_EXPONENT - QUANTUM_BITS} to 2^${LARGEST_EXPONENT} units, not ${quantum}.`,
    );
  return exponent;
};

const RANGES: Record<keyof InkPoint, readonly [least: number, most: number]> = {
  x: [-Infinity, Infinity],
  y: [-Infinity, Infinity],
  pressure: [0, 1],
  tiltX: [-MAX_TILT, MAX_TILT],
  tiltY: [-MAX_TILT, MAX_TILT],
};

const quantised = (
  points: readonly InkPoint[],
  axis: keyof InkPoint,
  steps: number,
  missing: number,
): Int32Array => {
  const [least, most] = RANGES[axis];
  const values = new Int32Array(points.length);
  points.forEach((point, index) => {
    const value = point[axis] ?? missing;
    const rounded = Math.round(value * steps);
    if (!(value >= least && value <= most) || rounded !== (rounded | 0))
      throw new RangeError(
        least === -Infinity
          ? `points[${index}].${axis} must be a number within ±${2 ** 31 / steps}, not ${value}.`
          : `points[${index}].${axis} must be from ${least} to ${most}, not ${value}.`,
      );
    values[index] = rounded;
  });
  return values;
};

interface Header {
  readonly flags: number;
  readonly length: number;
  /** Where it ends in the bytes. */
  readonly end: number;
}

const readHeader = (bytes: Uint8Array, from = 0, to = bytes.length): Header => {
  const format = bytes[from];
  const flags = bytes[from + 1];
  let length = 0;
  let end = from + 2;
  for (let unit = 1, more = true; more; unit *= 128) {
    const byte = bytes[end];
    if (byte === undefined || end++ >= to) throw notInk('they end within their header');
    length += (byte & 127) * unit;
    more = byte >= 128 && unit <= MAX_INK_POINTS;
  }
  if (format !== FORMAT) throw notInk(`format ${format} is not known here`);
  if (flags === undefined || (flags & ~KNOWN_FLAGS) !== 0)
    throw notInk('they have flags that are not known here');
  return { flags, length, end };
};

/** @param size of the stream in bytes. */
const assertHolds = (size: number, length: number): void => {
  if (length > MAX_INK_POINTS || length > POINTS_FOR_NOTHING + POINTS_PER_BYTE * size)
    throw notInk(`they claim ${length} points, more than they can hold`);
};

/** By what the flags say of them: to raise 2 to a power takes as long as to read several points. */
const QUANTA = Array.from({ length: QUANTUM_BITS + 1 }, (_, bits) => 2 ** (LARGEST_EXPONENT - bits));

const quantumOf = (flags: number): number => QUANTA[flags & QUANTUM_BITS]!;

const within = (values: Float32Array, least: number, most: number): Float32Array => {
  for (let index = 0; index < values.length; index++)
    if (!(values[index]! >= least && values[index]! <= most))
      throw notInk('pressure or tilt is out of range');
  return values;
};

const scale = (values: Float64Array | Float32Array, unit: number): void => {
  for (let index = 0; index < values.length; index++) values[index]! *= unit;
};

const notInk = (why: string): InkwireError => new InkwireError('ink', `These bytes are not ink: ${why}.`);
