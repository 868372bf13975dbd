import {
  type Path,
  type PathStep,
  type Point,
  type Range,
  remainingRanges,
  slicePolyline,
} from '@inkwire/core';
import type { InkCurve } from './ink-outline.js';

/** A line that is no wider than this on the screen, in device pixels, shows nothing of its pressure. */
const WIDEST = 0.9;
/** Points that are nearer to each other on the screen, in device pixels, cannot be told apart. */
const STEP = 0.8;

/** Whether a stroke is so thin at `scale` (device pixels per page unit) that a plain line looks the same. */
export function isHairline(width: number, scale: number): boolean {
  return width * scale <= WIDEST;
}

/**
 * The line through the ink's points, relative to the first of them, with only as many as can be told apart at `scale`.
 *
 * @param cuts what was erased of it.
 */
export function hairlinePath({ length, x, y }: InkCurve, cuts: readonly Range[], scale: number): Path {
  const originX = x[0] ?? 0;
  const originY = y[0] ?? 0;
  if (cuts.length === 0) return thinned(length, (i) => [(x[i] ?? 0) - originX, (y[i] ?? 0) - originY], scale);
  const line = new Float64Array(2 * length);
  for (let i = 0; i < length; i++) {
    line[2 * i] = (x[i] ?? 0) - originX;
    line[2 * i + 1] = (y[i] ?? 0) - originY;
  }
  return remainingRanges(length, cuts).flatMap((range) => {
    const piece = slicePolyline(line, range);
    return thinned(piece.length / 2, (i) => [piece[2 * i] ?? 0, piece[2 * i + 1] ?? 0], scale);
  });
}

function thinned(length: number, at: (index: number) => Point, scale: number): Path {
  if (length === 0) return [];
  let last = at(0);
  const steps: PathStep[] = [['move', last]];
  for (let i = 1; i < length; i++) {
    const point = at(i);
    const far = Math.abs(point[0] - last[0]) + Math.abs(point[1] - last[1]) >= STEP / scale;
    if (!far && i < length - 1) continue;
    steps.push(['line', point]);
    last = point;
  }
  // A line that goes nowhere is still a dot.
  return length === 1 ? [...steps, ['line', last]] : steps;
}
