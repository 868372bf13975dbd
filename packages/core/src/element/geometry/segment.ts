/** Distances and crossings of straight segments, on bare coordinates: they run for every point of every stroke. */

/** The squared distance of (px, py) from the segment a–b. */
export const squaredDistance = (
  px: number,
  py: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): number => {
  const dx = bx - ax;
  const dy = by - ay;
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((px - ax) * dx + (py - ay) * dy) / square;
  const t = Math.max(0, Math.min(1, along));
  const x = px - ax - t * dx;
  const y = py - ay - t * dy;
  return x * x + y * y;
};

/** Twice the signed area of the triangle a b c. */
const turn = (ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

/** Whether the segments a–b and c–d cross; segments that only touch, or lie on one line, need not count. */
export const cross = (
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean =>
  turn(ax, ay, bx, by, cx, cy) * turn(ax, ay, bx, by, dx, dy) < 0 &&
  turn(cx, cy, dx, dy, ax, ay) * turn(cx, cy, dx, dy, bx, by) < 0;

/** The squared distance between the segments a–b and c–d; 0 where they cross. */
export const squaredGap = (
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): number =>
  cross(ax, ay, bx, by, cx, cy, dx, dy)
    ? 0
    : Math.min(
        squaredDistance(ax, ay, cx, cy, dx, dy),
        squaredDistance(bx, by, cx, cy, dx, dy),
        squaredDistance(cx, cy, ax, ay, bx, by),
        squaredDistance(dx, dy, ax, ay, bx, by),
      );

/** How far along a–b (0..1) it crosses c–d; Infinity where it does not, or runs parallel to it. */
export const crossingPart = (
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): number => {
  const start = turn(cx, cy, dx, dy, ax, ay);
  const end = turn(cx, cy, dx, dy, bx, by);
  const apart = turn(ax, ay, bx, by, cx, cy) * turn(ax, ay, bx, by, dx, dy) > 0;
  return start === end || start * end > 0 || apart ? Number.POSITIVE_INFINITY : start / (start - end);
};

/**
 * What the edge a–b adds to the number of times a closed line winds around (px, py): 1, -1 or 0. The sum over all
 * edges is not 0 where the point is inside.
 */
export const winding = (px: number, py: number, ax: number, ay: number, bx: number, by: number): number => {
  if (ay <= py) return by > py && turn(ax, ay, bx, by, px, py) > 0 ? 1 : 0;
  return by <= py && turn(ax, ay, bx, by, px, py) < 0 ? -1 : 0;
};
