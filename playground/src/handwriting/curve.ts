/** A point that the pen passes; at a corner it turns sharply. */
export interface Knot {
  readonly x: number;
  readonly y: number;
  readonly corner: boolean;
}

export interface PathPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * The smooth line through `knots`, as points at most about `step` apart: a centripetal Catmull-Rom spline, which
 * makes no loops of its own between knots that lie close together. Corners end one spline and begin the next.
 */
export function pathThrough(knots: readonly Knot[], step: number): PathPoint[] {
  const first = knots[0];
  if (!first) return [];
  const path: PathPoint[] = [{ x: first.x, y: first.y }];
  let start = 0;
  for (let index = 1; index < knots.length; index += 1) {
    if (!knots[index]!.corner && index < knots.length - 1) continue;
    appendSpline(path, knots.slice(start, index + 1), step);
    start = index;
  }
  return path;
}

function appendSpline(path: PathPoint[], knots: readonly PathPoint[], step: number): void {
  for (let index = 0; index + 1 < knots.length; index += 1) {
    const from = knots[index]!;
    const to = knots[index + 1]!;
    const before = knots[index - 1] ?? mirrored(to, from);
    const after = knots[index + 2] ?? mirrored(from, to);
    const count = Math.max(1, Math.ceil(distance(from, to) / step));
    for (let part = 1; part <= count; part += 1) {
      path.push(splinePoint(before, from, to, after, part / count));
    }
  }
}

/** Barry and Goldman's pyramid with knots spaced by the square root of the distance. */
function splinePoint(a: PathPoint, b: PathPoint, c: PathPoint, d: PathPoint, at: number): PathPoint {
  const ta = 0;
  const tb = ta + spacing(a, b);
  const tc = tb + spacing(b, c);
  const td = tc + spacing(c, d);
  const t = tb + (tc - tb) * at;
  const ab = between(a, b, ta, tb, t);
  const bc = between(b, c, tb, tc, t);
  const cd = between(c, d, tc, td, t);
  return between(between(ab, bc, ta, tc, t), between(bc, cd, tb, td, t), tb, tc, t);
}

function between(from: PathPoint, to: PathPoint, start: number, end: number, t: number): PathPoint {
  const share = (t - start) / (end - start);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function spacing(from: PathPoint, to: PathPoint): number {
  return Math.max(Math.sqrt(distance(from, to)), 1e-3);
}

function mirrored(point: PathPoint, around: PathPoint): PathPoint {
  return { x: 2 * around.x - point.x, y: 2 * around.y - point.y };
}

export function distance(from: PathPoint, to: PathPoint): number {
  return Math.hypot(to.x - from.x, to.y - from.y);
}
