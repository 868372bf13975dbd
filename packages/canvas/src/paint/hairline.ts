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

/** A course of a single point. */
const one = { length: 1, x: new Float64Array(1), y: new Float64Array(1) };

/** Takes in the next point. */
export function addPoint(thinning: Thinning, x: number, y: number): void {
  addOne(thinning, x, y, false);
}

/** Takes in the very last point, which counts wherever it is; returns the whole line, valid while nothing is added. */
export function endLine(thinning: Thinning, x: number, y: number): Polyline {
  addOne(thinning, x, y, true);
  return thinning.points.subarray(0, settle(thinning));
}

function addOne(thinning: Thinning, x: number, y: number, isEnd: boolean): void {
  one.x[0] = x;
  one.y[0] = y;
  addPoints(thinning, one, 0, 0, isEnd);
}

/** Of those that may lie between, only the last one ends the line; returns how many numbers that is. */
function settle({ points, kept, count }: Thinning): number {
  if (kept < count) {
    points[2 * kept] = points[2 * count - 2] as number;
    points[2 * kept + 1] = points[2 * count - 1] as number;
  }
  return 2 * Math.min(kept + 1, count);
}

/**
 * Takes in the points of a course, relative to an origin. All of it is in one loop: a board that is seen from far away
 * runs it for every point that there is.
 *
 * @param isEnd the last of them ends the line: it counts wherever it is.
 */
function addPoints(
  thinning: Thinning,
  { length: added, x, y }: Course,
  originX: number,
  originY: number,
  isEnd: boolean,
): void {
  makeRoom(thinning, added);
  const { points, step } = thinning;
  const free = isEnd ? added - 1 : added;
  const tolerance = thinning.tolerance * thinning.tolerance;
  // Where in the array, and no numbers of points.
  let kept = 2 * thinning.kept;
  let end = 2 * thinning.count;
  let i = 0;
  if (end === 0) {
    points[0] = (x[0] as number) - originX;
    points[1] = (y[0] as number) - originY;
    kept = end = 2;
    i = 1;
  }
  // Kept here, and not read again for every point: most are near to the last one.
  let startX = points[kept - 2] as number;
  let startY = points[kept - 1] as number;
  let lastX = points[end - 2] as number;
  let lastY = points[end - 1] as number;
  for (; i < added; i++) {
    const pointX = (x[i] as number) - originX;
    const pointY = (y[i] as number) - originY;
    if (Math.abs(pointX - lastX) + Math.abs(pointY - lastY) < step && i < free) continue;
    if (end > kept) {
      const alongX = pointX - startX;
      const alongY = pointY - startY;
      const length = alongX * alongX + alongY * alongY;
      const most = tolerance * length;
      // Nothing lies between two points that are one.
      let isOnLine = length > 0 && end - kept < 2 * MOST_ON_LINE;
      for (let between = kept; isOnLine && between < end; between += 2) {
        const betweenX = (points[between] as number) - startX;
        const betweenY = (points[between + 1] as number) - startY;
        const across = betweenX * alongY - betweenY * alongX;
        const along = betweenX * alongX + betweenY * alongY;
        isOnLine = across * across <= most && along >= 0 && along <= length;
      }
      if (!isOnLine) {
        // The line bends at the last of them.
        points[kept] = startX = lastX;
        points[kept + 1] = startY = lastY;
        kept += 2;
        end = kept;
      }
    }
    points[end] = lastX = pointX;
    points[end + 1] = lastY = pointY;
    end += 2;
  }
  thinning.kept = kept / 2;
  thinning.count = end / 2;
}

function makeRoom(thinning: Thinning, more: number): void {
  const { points, count } = thinning;
  if (2 * (count + more) <= points.length) return;
  thinning.points = new Float64Array(Math.max(2 * points.length, 2 * (count + more)));
  thinning.points.set(points);
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
  if (cuts.length === 0) return thinned(course, scale);
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
/** What is in there, by how many numbers that is: even another view of them takes as long as drawing a line. */
let views: (readonly Polyline[])[] = [];

function thinned(course: Course, scale: number): readonly Polyline[] {
  const { length, x, y } = course;
  if (room.step !== STEP / scale || room.points.length < 2 * length) {
    room = createThinning(scale, Math.max(room.points.length / 2, length));
    views = [];
  }
  room.kept = 0;
  room.count = 0;
  addPoints(room, course, x[0] as number, y[0] as number, true);
  const end = settle(room);
  views[end] ??= [room.points.subarray(0, end)];
  return views[end];
}
