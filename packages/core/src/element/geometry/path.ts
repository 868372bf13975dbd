import type { Point } from '../geometry.js';
import { type Matrix, mapPoint } from './placement.js';

/** One step of a path: to start anew somewhere, a straight line, or a cubic Bézier curve with its two control points. */
export type PathStep =
  | readonly ['move', to: Point]
  | readonly ['line', to: Point]
  | readonly ['curve', control: Point, control: Point, to: Point];

/** An outline that can be painted, measured and hit. A closed one ends where it began. */
export type Path = readonly PathStep[];

/** A path of straight lines: x0, y0, x1, y1 … A single point is a dot. */
export type Polyline = Float64Array;

export const mapPath = (matrix: Matrix, path: Path): Path =>
  path.map((step): PathStep => {
    if (step[0] === 'curve')
      return ['curve', mapPoint(matrix, step[1]), mapPoint(matrix, step[2]), mapPoint(matrix, step[3])];
    return [step[0], mapPoint(matrix, step[1])];
  });

/** However large a curve is, it is flattened to this many lines at most. */
const MOST_LINES = 256;

/**
 * The polylines, one for each `move`, that lie within `tolerance` units of `path`.
 *
 * A cubic curve with second differences of its control points up to `bend` deviates from n chords by at most
 * `bend · 3/4 / n²` (Sederberg and Parry; see Wang's formula).
 */
export const flattenPath = (path: Path, tolerance = 1 / 8): Polyline[] => {
  const lines: number[][] = [];
  let line: number[] = [];
  for (const step of path) {
    if (step[0] === 'move') {
      line = [...step[1]];
      lines.push(line);
    } else if (step[0] === 'line') line.push(...step[1]);
    else flattenCurve(line, step[1], step[2], step[3], tolerance);
  }
  return lines.map((coordinates) => Float64Array.from(coordinates));
};

const flattenCurve = (
  line: number[],
  [x1, y1]: Point,
  [x2, y2]: Point,
  [x3, y3]: Point,
  tolerance: number,
): void => {
  const x0 = line.at(-2)!;
  const y0 = line.at(-1)!;
  const bend = Math.max(
    Math.hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2),
    Math.hypot(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3),
  );
  const count = Math.max(1, Math.min(MOST_LINES, Math.ceil(Math.sqrt((0.75 * bend) / tolerance))));
  for (let index = 1; index < count; index++) {
    const t = index / count;
    const s = 1 - t;
    const [b0, b1, b2, b3] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    line.push(b0 * x0 + b1 * x1 + b2 * x2 + b3 * x3, b0 * y0 + b1 * y1 + b2 * y2 + b3 * y3);
  }
  line.push(x3, y3);
};

/** The path along `points`; closed where asked. */
export const pathAlong = (points: readonly Point[], closed = false): Path => {
  const [first] = points;
  if (first === undefined) return [];
  const steps = points.map((point, index): PathStep => [index === 0 ? 'move' : 'line', point]);
  return closed ? [...steps, ['line', first]] : steps;
};
