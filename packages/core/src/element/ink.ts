import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { InkwireError } from '../inkwire-error.js';

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
  /** Units; the next power of two at or below it is used. Default 1/16. */
  readonly quantum?: number | undefined;
}

// Format 1: byte 1, flags (1 pressure, 2 tilt), quantum = 2^-exponent (signed varint), count, then each channel as
// signed varints of the differences between neighbours: x, y, pressure in 1/255, tilts in whole degrees.
const FORMAT = 1;
const PRESSURE = 1;
const TILT = 2;
const MAX_EXPONENT = 40;
const MAX_STEPS = 2 ** 50;

const writeChannel = (encoder: encoding.Encoder, values: readonly number[]): void => {
  let last = 0;
  for (const value of values) {
    encoding.writeVarInt(encoder, value - last);
    last = value;
  }
};

const steps = (value: number, size: number, field: string): number => {
  const count = Math.round(value * size);
  if (!(Math.abs(count) <= MAX_STEPS)) {
    throw new RangeError(`${field} must be a finite number within 2^50 quanta, not ${value}.`);
  }
  return count;
};

/** Packs points into bytes; coordinates are rounded to the quantum. Throws `RangeError` for points that are not finite. */
export const encodeInk = (points: readonly InkPoint[], options: InkOptions = {}): Uint8Array => {
  const { quantum = 1 / 16 } = options;
  const exponent = Math.ceil(-Math.log2(quantum));
  if (!(Math.abs(exponent) <= MAX_EXPONENT)) {
    throw new RangeError(`quantum must be between 2^-${MAX_EXPONENT} and 2^${MAX_EXPONENT}, not ${quantum}.`);
  }
  const perUnit = 2 ** exponent;
  const hasPressure = points.some((point) => point.pressure !== undefined);
  const hasTilt = points.some((point) => point.tiltX !== undefined || point.tiltY !== undefined);
  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, FORMAT);
  encoding.writeUint8(encoder, (hasPressure ? PRESSURE : 0) | (hasTilt ? TILT : 0));
  encoding.writeVarInt(encoder, exponent);
  encoding.writeVarUint(encoder, points.length);
  const channel = (name: keyof InkPoint, size: number, missing: number): void =>
    writeChannel(
      encoder,
      points.map((point, index) => steps(point[name] ?? missing, size, `points[${index}].${name}`)),
    );
  channel('x', perUnit, 0);
  channel('y', perUnit, 0);
  if (hasPressure) channel('pressure', 255, 0.5);
  if (hasTilt) {
    channel('tiltX', 1, 0);
    channel('tiltY', 1, 0);
  }
  return encoding.toUint8Array(encoder);
};

const readChannel = <T extends Float64Array | Float32Array>(
  decoder: decoding.Decoder,
  into: T,
  size: number,
): T => {
  let value = 0;
  for (let index = 0; index < into.length; index += 1) {
    value += decoding.readVarInt(decoder);
    into[index] = value / size;
  }
  return into;
};

/** Unpacks what {@link encodeInk} packed. Throws `InkwireError` with code `ink` for any other bytes. */
export const decodeInk = (bytes: Uint8Array): Ink => {
  try {
    return readInk(decoding.createDecoder(bytes));
  } catch (cause) {
    if (cause instanceof InkwireError) throw cause;
    throw new InkwireError('ink', `These bytes are not ink: ${(cause as Error).message}`);
  }
};

const readInk = (decoder: decoding.Decoder): Ink => {
  const format = decoding.readUint8(decoder);
  if (format !== FORMAT) throw new InkwireError('ink', `Ink of format ${format} is not known here.`);
  const flags = decoding.readUint8(decoder);
  const exponent = decoding.readVarInt(decoder);
  const length = decoding.readVarUint(decoder);
  // Every point takes a byte per channel at least, so a count cannot make us allocate more than was sent.
  if (Math.abs(exponent) > MAX_EXPONENT || length > decoder.arr.length) {
    throw new InkwireError('ink', 'These bytes are not ink: their header claims more than they hold.');
  }
  const perUnit = 2 ** exponent;
  const ink: Ink = {
    length,
    quantum: 1 / perUnit,
    x: readChannel(decoder, new Float64Array(length), perUnit),
    y: readChannel(decoder, new Float64Array(length), perUnit),
    pressure: flags & PRESSURE ? readChannel(decoder, new Float32Array(length), 255) : null,
    tiltX: flags & TILT ? readChannel(decoder, new Float32Array(length), 1) : null,
    tiltY: flags & TILT ? readChannel(decoder, new Float32Array(length), 1) : null,
  };
  if (decoding.hasContent(decoder)) throw new InkwireError('ink', 'Ink ends before its bytes do.');
  return ink;
};
