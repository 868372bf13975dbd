import { type Polyline, type Range, remainingRanges, slicePolyline } from '@inkwire/core';

/** A line that is no wider than this on the screen, in device pixels, shows nothing of its pressure. */
const WIDEST = 0.9;
/** Points that are nearer to each other on the screen, in device pixels, cannot be told apart. */
const STEP = 0.8;

/** Whether a stroke is so thin at `scale` (device pixels per page unit) that a plain line looks the same. */
export function isHairline(width: number, scale: number): boolean {
  return width * scale <= WIDEST;
}

/** Whether two points are so far apart that both count at `scale`. */
export function canBeToldApart(dx: number, dy: number, scale: number): boolean {
  return Math.abs(dx) + Math.abs(dy) >= STEP / scale;
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
  if (course.length === 0) return [];
  if (cuts.length === 0) return [thinned(course, STEP / scale)];
  const whole = thinned(course, 0).slice();
  return remainingRanges(course.length, cuts).map((range) => {
    const piece = slicePolyline(whole, range);
    const length = piece.length / 2;
    const [x, y] = [new Float64Array(length), new Float64Array(length)];
    for (let i = 0; i < length; i++) {
      x[i] = piece[2 * i] ?? 0;
      y[i] = piece[2 * i + 1] ?? 0;
    }
    return thinned({ length, x, y }, STEP / scale, 0, 0).slice();
  });
}

/** Lines are thinned here: an array of its own for each would take longer than all the rest. */
let room = new Float64Array(1024);

/** Without the points that are less than `step` away from the one before; the last one stays. */
function thinned({ length, x, y }: Course, step: number, originX = x[0] ?? 0, originY = y[0] ?? 0): Polyline {
  if (room.length < 2 * length) room = new Float64Array(4 * length);
  const line = room;
  const last = length - 1;
  let count = 0;
  let lastX = Number.NEGATIVE_INFINITY;
  let lastY = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < length; i++) {
    const pointX = (x[i] as number) - originX;
    const pointY = (y[i] as number) - originY;
    if (Math.abs(pointX - lastX) + Math.abs(pointY - lastY) < step && i < last) continue;
    line[count++] = pointX;
    line[count++] = pointY;
    lastX = pointX;
    lastY = pointY;
  }
  return line.subarray(0, count);
}
