import type { InkPoint } from './ink.js';

export interface SimplifyOptions {
  /** How far a point that is left out may be from the line that remains, in screen pixels. 0 leaves out none. */
  readonly tolerance: number;
  /** Screen pixels per unit. Default 1. */
  readonly zoom?: number | undefined;
  /** The stroke's width in units: pressure that is not followed exactly moves its edge. Default 16. */
  readonly width?: number | undefined;
}

/** Points that are considered together, so that the time stays linear in their number. */
const SPAN = 256;

/**
 * Leaves out the points that a line through the others passes within `tolerance` of, the first and last kept
 * (Douglas and Peucker 1973). A point's pressure, times the width, is held to the same bound; tilt is not considered.
 *
 * @throws {RangeError} when an option is not a number in its range.
 */
export const simplifyInk = (points: readonly InkPoint[], options: SimplifyOptions): readonly InkPoint[] => {
  const { tolerance, zoom = 1, width = 16 } = options;
  if (!(tolerance >= 0 && tolerance < Infinity))
    throw new RangeError(`tolerance must be 0 or more screen pixels, not ${tolerance}.`);
  if (!(zoom > 0 && zoom < Infinity)) throw new RangeError(`zoom must be more than 0, not ${zoom}.`);
  if (!(width >= 0 && width < Infinity)) throw new RangeError(`width must be 0 or more units, not ${width}.`);
  if (tolerance === 0 || points.length < 3) return points;

  const keep = new Uint8Array(points.length);
  const limit = tolerance / zoom;
  keep[0] = 1;
  for (let first = 0; first < points.length - 1; first += SPAN)
    keepBetween(points, first, Math.min(first + SPAN, points.length - 1), limit, width, keep);
  return points.filter((_, index) => keep[index] === 1);
};

const keepBetween = (
  points: readonly InkPoint[],
  from: number,
  to: number,
  limit: number,
  width: number,
  keep: Uint8Array,
): void => {
  const spans: [number, number][] = [[from, to]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [first, last] = span;
    keep[last] = 1;
    let worst = limit;
    let split = -1;
    for (let index = first + 1; index < last; index++) {
      const error = deviation(points[index]!, points[first]!, points[last]!, width);
      // Written so that a deviation that is no number keeps its point.
      if (!(error <= worst)) {
        worst = error;
        split = index;
      }
    }
    if (split !== -1) spans.push([first, split], [split, last]);
  }
};

/** How far the ink at `point` is from what a straight line from `start` to `end` draws next to it. */
const deviation = (point: InkPoint, start: InkPoint, end: InkPoint, width: number): number => {
  const dx = end.x - start.x;
  const dy = end.y - start.y;
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((point.x - start.x) * dx + (point.y - start.y) * dy) / square;
  const t = Math.max(0, Math.min(1, along));
  const distance = Math.hypot(point.x - start.x - t * dx, point.y - start.y - t * dy);
  const startPressure = start.pressure ?? 0.5;
  const pressure = startPressure + t * ((end.pressure ?? 0.5) - startPressure);
  return Math.max(distance, Math.abs((point.pressure ?? 0.5) - pressure) * width);
};
