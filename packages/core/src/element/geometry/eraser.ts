import type { Point } from '../geometry.js';
import { type Range, uniteRanges } from '../ranges.js';
import type { Polyline } from './path.js';

/**
 * The parts of a line that an eraser touches on its straight way from `from` to `to`.
 *
 * Positions along the line are point indices, with fractions between points. A line of one point is erased as [0, 0].
 *
 * @param line in the same coordinates as the eraser.
 * @param radius of the eraser; the line's own width, if it matters, added by the caller.
 */
export const erasedRanges = (line: Polyline, from: Point, to: Point, radius: number): readonly Range[] => {
  const ranges: Range[] = [];
  const last = line.length / 2 - 1;
  for (let index = 0; index < Math.max(1, last); index++) {
    const next = Math.min(index + 1, last);
    const part = insideCapsule(
      [line[2 * index]!, line[2 * index + 1]!],
      [line[2 * next]!, line[2 * next + 1]!],
      from,
      to,
      radius,
    );
    if (part !== null) ranges.push(last === 0 ? [0, 0] : [index + part[0], index + part[1]]);
  }
  return uniteRanges(ranges);
};

/**
 * What is left of a line with `length` points after `cuts`, in order along it.
 *
 * @param cuts in ascending order and apart, as `uniteRanges` gives them.
 */
export const remainingRanges = (length: number, cuts: readonly Range[]): Range[] => {
  if (length === 0 || (length === 1 && cuts.length > 0)) return [];
  if (cuts.length === 0) return [[0, length - 1]];
  const remaining: Range[] = [];
  let begin = 0;
  for (const [from, to] of cuts) {
    if (from > begin) remaining.push([begin, Math.min(from, length - 1)]);
    begin = Math.max(begin, to);
    if (begin >= length - 1) return remaining;
  }
  remaining.push([begin, length - 1]);
  return remaining;
};

/** The piece of a line within a range; its ends lie on the line, between points if need be. */
export const slicePolyline = (line: Polyline, [from, to]: Range): Polyline => {
  const first = Math.floor(from) + 1;
  const last = Math.ceil(to) - 1;
  const piece = [...pointAt(line, from)];
  for (let index = first; index <= last; index++) piece.push(line[2 * index]!, line[2 * index + 1]!);
  if (to > from) piece.push(...pointAt(line, to));
  return Float64Array.from(piece);
};

const pointAt = (line: Polyline, position: number): Point => {
  const index = Math.min(Math.floor(position), line.length / 2 - 1);
  const next = Math.min(index + 1, line.length / 2 - 1);
  const t = position - index;
  const [x, y] = [line[2 * index]!, line[2 * index + 1]!];
  return [x + t * (line[2 * next]! - x), y + t * (line[2 * next + 1]! - y)];
};

/**
 * The part [from, to] of the segment a–b, 0 to 1, that lies within `radius` of the segment p–q; null for none.
 *
 * What is within reach of a segment is convex, so the part is one piece. It is the union of what lies in the two discs
 * around p and q and in the rectangle between them.
 */
const insideCapsule = (a: Point, b: Point, p: Point, q: Point, radius: number): Range | null => {
  const parts = [insideDisc(a, b, p, radius), insideDisc(a, b, q, radius), insideStrip(a, b, p, q, radius)];
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const part of parts) {
    if (part === null) continue;
    from = Math.min(from, part[0]);
    to = Math.max(to, part[1]);
  }
  return from <= to ? [from, to] : null;
};

const insideDisc = (a: Point, b: Point, centre: Point, radius: number): Range | null => {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const [x, y] = [a[0] - centre[0], a[1] - centre[1]];
  const apart = x * x + y * y - radius * radius;
  if (length === 0) return apart <= 0 ? [0, 1] : null;
  // Along the unit vector: the square of a very short segment would be nothing.
  const along = (x * (b[0] - a[0])) / length + (y * (b[1] - a[1])) / length;
  const root = along * along - apart;
  if (root < 0) return null;
  return clip((-along - Math.sqrt(root)) / length, (-along + Math.sqrt(root)) / length);
};

/** Within the rectangle of p–q widened to both sides by `radius`. */
const insideStrip = (a: Point, b: Point, p: Point, q: Point, radius: number): Range | null => {
  const length = Math.hypot(q[0] - p[0], q[1] - p[1]);
  if (length === 0) return null;
  const [alongX, alongY] = [(q[0] - p[0]) / length, (q[1] - p[1]) / length];
  const along = (point: Point): number => (point[0] - p[0]) * alongX + (point[1] - p[1]) * alongY;
  const across = (point: Point): number => (point[1] - p[1]) * alongX - (point[0] - p[0]) * alongY;
  const lengthwise = between(along(a), along(b), 0, length);
  const crosswise = between(across(a), across(b), -radius, radius);
  if (lengthwise === null || crosswise === null) return null;
  return clip(Math.max(lengthwise[0], crosswise[0]), Math.min(lengthwise[1], crosswise[1]));
};

/** The part, 0 to 1, of the way from `start` to `end` that lies between two bounds. */
const between = (start: number, end: number, least: number, most: number): Range | null => {
  if (start === end) return start >= least && start <= most ? [0, 1] : null;
  const [enter, leave] = [(least - start) / (end - start), (most - start) / (end - start)];
  return clip(Math.min(enter, leave), Math.max(enter, leave));
};

const clip = (from: number, to: number): Range | null => {
  const range: Range = [Math.max(0, from), Math.min(1, to)];
  return range[0] <= range[1] ? range : null;
};
