import { type Polyline, type Range, remainingRanges, slicePolyline } from '@inkwire/core';

/** A line that is no wider than this on the screen, in device pixels, shows nothing of its pressure. */
const WIDEST = 0.9;
/** Points that are nearer to each other on the screen, in device pixels, cannot be told apart. */
const STEP = 0.8;

/** Whether a stroke is so thin at `scale` (device pixels per page unit) that a plain line looks the same. */
export function isHairline(width: number, scale: number): boolean {
  return width * scale <= WIDEST;
}

/** And one that is nearer than this to the line between others is on that line. */
const TOLERANCE = 1 / 8;
/** So many points in a row are on one line at most, so that each is compared with a bounded number of others. */
const MOST_ON_LINE = 32;

/** Which points of a line count at one scale, while they come: those that stay, and then those that may lie between. */
export interface Thinning {
  /** Page units: how far apart points are, and how far from the line those are that it leaves out. */
  readonly step: number;
  readonly tolerance: number;
  /** `[x0, y0, x1, y1, …]`, and room for more. */
  points: Float64Array;
  /** How many points stay, whatever comes. */
  kept: number;
  /** How many there are with those after them. */
  count: number;
}

/** @param scale device pixels per page unit. */
export function createThinning(scale: number, size = 64): Thinning {
  return {
    step: STEP / scale,
    tolerance: TOLERANCE / scale,
    points: new Float64Array(2 * size),
    kept: 0,
    count: 0,
  };
}

/** Another that goes on like it, without the first of its points that stay. */
export function restOf({ step, tolerance, points, kept, count }: Thinning, first: number): Thinning {
  const room = points.slice(2 * first, 2 * (count + MOST_ON_LINE));
  return { step, tolerance, points: room, kept: kept - first, count: count - first };
}

/** Takes in the next point. */
export function addPoint(thinning: Thinning, x: number, y: number): void {
  const { step, points, count } = thinning;
  const at = 2 * count;
  const isFar =
    count === 0 || Math.abs(x - (points[at - 2] ?? 0)) + Math.abs(y - (points[at - 1] ?? 0)) >= step;
  if (isFar) append(thinning, x, y);
}

/** Takes in the very last point, which counts wherever it is; returns the whole line, valid while nothing is added. */
export function endLine(thinning: Thinning, x: number, y: number): Polyline {
  append(thinning, x, y);
  const { points, kept, count } = thinning;
  if (kept < count) {
    // Of those that may lie between, only the last one ends the line.
    points[2 * kept] = x;
    points[2 * kept + 1] = y;
  }
  return points.subarray(0, 2 * Math.min(kept + 1, count));
}

function append(thinning: Thinning, x: number, y: number): void {
  if (2 * thinning.count + 4 > thinning.points.length) {
    const larger = new Float64Array(2 * thinning.points.length);
    larger.set(thinning.points);
    thinning.points = larger;
  }
  const { points, kept, count } = thinning;
  if (count > 0 && !(count - kept < MOST_ON_LINE && isOnLine(thinning, x, y))) {
    // The line bends at the last of them.
    points[2 * kept] = points[2 * count - 2] ?? 0;
    points[2 * kept + 1] = points[2 * count - 1] ?? 0;
    thinning.kept = kept + 1;
    thinning.count = kept + 1;
  }
  points[2 * thinning.count] = x;
  points[2 * thinning.count + 1] = y;
  thinning.count++;
  if (count === 0) thinning.kept = 1;
}

/** Whether all that may lie between the last point that stays and this one do. */
function isOnLine({ points, kept, count, tolerance }: Thinning, endX: number, endY: number): boolean {
  const startX = points[2 * kept - 2] ?? 0;
  const startY = points[2 * kept - 1] ?? 0;
  const alongX = endX - startX;
  const alongY = endY - startY;
  const length = alongX * alongX + alongY * alongY;
  // Nothing lies between two points that are one.
  if (length === 0) return count === kept;
  const most = tolerance * tolerance * length;
  for (let i = 2 * kept; i < 2 * count; i += 2) {
    const x = (points[i] ?? 0) - startX;
    const y = (points[i + 1] ?? 0) - startY;
    const across = x * alongY - y * alongX;
    const along = x * alongX + y * alongY;
    if (across * across > most || along < 0 || along > length) return false;
  }
  return true;
}

/** Points in page units from any origin; the arrays may be longer. */
interface Course {
  readonly length: number;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/**
 * The lines through the ink's points, relative to the first of them, with only as many as can be told apart at `scale`.
 * They are valid until the next are asked for: very many strokes are looked at once, from far away.
 *
 * @param cuts what was erased of it.
 */
export function hairlines(course: Course, cuts: readonly Range[], scale: number): readonly Polyline[] {
  const { length, x, y } = course;
  if (length === 0) return [];
  if (cuts.length === 0) return [thinned(course, scale)];
  const [originX, originY] = [x[0] ?? 0, y[0] ?? 0];
  const whole = Float64Array.from({ length: 2 * length }, (_, i) =>
    i % 2 === 0 ? (x[i >> 1] ?? 0) - originX : (y[i >> 1] ?? 0) - originY,
  );
  return remainingRanges(length, cuts).map((range) => {
    const piece = slicePolyline(whole, range);
    const thinning = createThinning(scale, piece.length);
    for (let i = 0; i + 3 < piece.length; i += 2) addPoint(thinning, piece[i] ?? 0, piece[i + 1] ?? 0);
    return endLine(thinning, piece.at(-2) ?? 0, piece.at(-1) ?? 0);
  });
}

/** Lines are thinned here: an array of its own for each would take longer than all the rest. */
let room = createThinning(1, 512);

function thinned({ length, x, y }: Course, scale: number): Polyline {
  if (room.step !== STEP / scale) room = createThinning(scale, room.points.length / 2);
  const thinning = room;
  thinning.kept = 0;
  thinning.count = 0;
  const originX = x[0] as number;
  const originY = y[0] as number;
  const last = length - 1;
  for (let i = 0; i < last; i++) addPoint(thinning, (x[i] as number) - originX, (y[i] as number) - originY);
  return endLine(thinning, (x[last] as number) - originX, (y[last] as number) - originY);
}
