import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { POSITION } from '../element/ink-axes.js';
import { decodeStream, encodeStream } from '../element/ink-stream.js';

/** Where a cursor was at one moment. */
export interface TrailSample {
  /** Ms on the sender's clock. */
  readonly at: number;
  /** Page coordinates; sent in 1/16 unit. */
  readonly x: number;
  readonly y: number;
}

/** The most samples of one trail. */
export const MAX_TRAIL_SAMPLES = 1024;

const STEPS_PER_UNIT = 16;
const FARTHEST = 2 ** 48;

/**
 * ```
 * trail = count:varUint  age:varUint  x:varInt  y:varInt  stream
 * ```
 *
 * `age` is how long the first sample was ago, ms, and x, y its place in 1/16 unit. The stream is coded like ink's
 * positions: the times, x and y of all samples from there on. One more sample takes about two bytes.
 */
export const writeTrail = (encoder: encoding.Encoder, trail: readonly TrailSample[], at: number): void => {
  if (trail.length > MAX_TRAIL_SAMPLES)
    throw new RangeError(`trail must have ${MAX_TRAIL_SAMPLES} samples at most, not ${trail.length}.`);
  encoding.writeVarUint(encoder, trail.length);
  const first = trail[0];
  if (first === undefined) return;
  const age = Math.round(at) - Math.round(first.at);
  if (!(age >= 0 && age < 2 ** 31))
    throw new RangeError(`trail[0].at must not be after ${at}, and not ${first.at}.`);
  const x = steps(first.x, 'trail[0].x');
  const y = steps(first.y, 'trail[0].y');
  encoding.writeVarUint(encoder, age);
  encoding.writeVarInt(encoder, x);
  encoding.writeVarInt(encoder, y);
  const start = Math.round(first.at);
  encoding.writeUint8Array(
    encoder,
    encodeStream(
      [POSITION, POSITION, POSITION],
      [
        relative(trail, (sample, field) => finite(Math.round(sample.at), `${field}.at`) - start),
        relative(trail, (sample, field) => steps(sample.x, `${field}.x`) - x),
        relative(trail, (sample, field) => steps(sample.y, `${field}.y`) - y),
      ],
    ),
  );
};

/** Reads what {@link writeTrail} wrote, to the end of the bytes. Throws for any other bytes. */
export const readTrail = (decoder: decoding.Decoder, at: number): TrailSample[] => {
  const count = decoding.readVarUint(decoder);
  if (count > MAX_TRAIL_SAMPLES) throw new RangeError(`a trail has ${MAX_TRAIL_SAMPLES} samples at most`);
  if (count === 0) return [];
  const start = at - decoding.readVarUint(decoder);
  const x = near(decoding.readVarInt(decoder));
  const y = near(decoding.readVarInt(decoder));
  const [times, xs, ys] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const stream = decoding.readTailAsUint8Array(decoder);
  if (!decodeStream([POSITION, POSITION, POSITION], stream, [times, xs, ys]))
    throw new RangeError('a trail does not end where its samples do');
  return Array.from(times, (time, index) => ({
    at: start + time,
    x: (x + xs[index]!) / STEPS_PER_UNIT,
    y: (y + ys[index]!) / STEPS_PER_UNIT,
  }));
};

const relative = (
  trail: readonly TrailSample[],
  value: (sample: TrailSample, field: string) => number,
): Int32Array =>
  Int32Array.from(trail, (sample, index) => {
    const difference = value(sample, `trail[${index}]`);
    if (difference !== (difference | 0)) throw new RangeError(`trail[${index}] is too far from trail[0].`);
    return difference;
  });

const steps = (value: number, field: string): number =>
  near(finite(Math.round(value * STEPS_PER_UNIT), field));

const finite = (value: number, field: string): number => {
  if (!Number.isFinite(value)) throw new RangeError(`${field} must be a finite number, not ${value}.`);
  return value;
};

const near = (value: number): number => {
  if (Math.abs(value) > FARTHEST) throw new RangeError('a trail lies too far out');
  return value;
};
