import type { Box, Point } from '../geometry.js';

/** The box of no point at all: what {@link uniteBoxes} of none gives. */
export const NO_BOX: Box = {
  minX: Number.POSITIVE_INFINITY,
  minY: Number.POSITIVE_INFINITY,
  maxX: Number.NEGATIVE_INFINITY,
  maxY: Number.NEGATIVE_INFINITY,
};

/** The smallest box that holds them all; {@link NO_BOX} for none. */
export const uniteBoxes = (boxes: Iterable<Box>): Box => {
  let { minX, minY, maxX, maxY } = NO_BOX;
  for (const box of boxes) {
    minX = Math.min(minX, box.minX);
    minY = Math.min(minY, box.minY);
    maxX = Math.max(maxX, box.maxX);
    maxY = Math.max(maxY, box.maxY);
  }
  return { minX, minY, maxX, maxY };
};

/** The smallest box that holds all points; {@link NO_BOX} for none. */
export const boxAround = (points: Iterable<Point>): Box => {
  let { minX, minY, maxX, maxY } = NO_BOX;
  for (const [x, y] of points) {
    minX = Math.min(minX, x);
    minY = Math.min(minY, y);
    maxX = Math.max(maxX, x);
    maxY = Math.max(maxY, y);
  }
  return { minX, minY, maxX, maxY };
};

/** `box` with its edges moved outwards by `by` units. */
export const growBox = ({ minX, minY, maxX, maxY }: Box, by: number): Box => ({
  minX: minX - by,
  minY: minY - by,
  maxX: maxX + by,
  maxY: maxY + by,
});

/** Whether they have a point in common; edges belong to a box. */
export const boxesMeet = (a: Box, b: Box): boolean =>
  a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY;

/** Whether all of `inner` lies in `outer`. */
export const boxHolds = (outer: Box, inner: Box): boolean =>
  inner.minX >= outer.minX &&
  inner.maxX <= outer.maxX &&
  inner.minY >= outer.minY &&
  inner.maxY <= outer.maxY;

/** The corners, clockwise on screen from the top left. */
export const cornersOf = ({ minX, minY, maxX, maxY }: Box): readonly [Point, Point, Point, Point] => [
  [minX, minY],
  [maxX, minY],
  [maxX, maxY],
  [minX, maxY],
];
