import type { Ink } from './ink.js';
import type { Range } from './ranges.js';

/** The part of a stroke's ink within a range; its first and last point lie between those of the ink if need be. */
export const sliceInk = (ink: Ink, [from, to]: Range): Ink => {
  const last = ink.length - 1;
  const positions: number[] = [Math.min(from, last)];
  for (let index = Math.floor(from) + 1; index < Math.min(to, last); index++) positions.push(index);
  if (to > from && from < last) positions.push(Math.min(to, last));
  const axis = <T extends Float64Array | Float32Array>(values: T, into: T): T => {
    positions.forEach((position, at) => {
      into[at] = valueAt(values, position);
    });
    return into;
  };
  const { length } = positions;
  return {
    length,
    quantum: ink.quantum,
    x: axis(ink.x, new Float64Array(length)),
    y: axis(ink.y, new Float64Array(length)),
    pressure: ink.pressure && axis(ink.pressure, new Float32Array(length)),
    tiltX: ink.tiltX && axis(ink.tiltX, new Float32Array(length)),
    tiltY: ink.tiltY && axis(ink.tiltY, new Float32Array(length)),
  };
};

const valueAt = (values: Float64Array | Float32Array, position: number): number => {
  const index = Math.floor(position);
  const value = values[index]!;
  return position === index ? value : value + (position - index) * (values[index + 1]! - value);
};
