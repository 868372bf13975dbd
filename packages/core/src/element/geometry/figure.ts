import type { Box, Point } from '../geometry.js';
import { boxesMeet, boxHolds, cornersOf, growBox, NO_BOX } from './box.js';
import type { Lasso } from './lasso.js';
import type { Polyline } from './path.js';
import { crossingPart, squaredDistance, squaredGap, winding } from './segment.js';

/** What an element covers of the page, for whoever asks what lies where. */
export interface Figure {
  /** Page units. Closed ones end where they began. */
  readonly lines: readonly Polyline[];
  /** What the lines enclose belongs to the figure. */
  readonly filled: boolean;
  /** The outline of something solid that stands on the lines, closed: the text of an arrow. */
  readonly label?: Polyline | undefined;
  /** Half the width of the lines, units. */
  readonly reach: number;
}

/** The box around a figure, the width of its lines included; one without a point has none, which meets nothing. */
export const figureBounds = ({ lines, label, reach }: Figure): Box => {
  let { minX, minY, maxX, maxY } = NO_BOX;
  for (const line of label === undefined ? lines : [...lines, label])
    for (let index = 0; index < line.length; index += 2) {
      const x = line[index]!;
      const y = line[index + 1]!;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
  return growBox({ minX, minY, maxX, maxY }, reach);
};

/** How far a point is from a figure, in units; 0 on it, Infinity where it has no point. */
export const distanceTo = (figure: Figure, [x, y]: Point): number => {
  if (isSolidAt(figure, x, y)) return 0;
  let nearest = Number.POSITIVE_INFINITY;
  eachSegment(figure, (ax, ay, bx, by) => {
    nearest = Math.min(nearest, squaredDistance(x, y, ax, ay, bx, by));
    return false;
  });
  return Math.max(0, Math.sqrt(nearest) - figure.reach);
};

/**
 * Whether a pointer at `point` (page units) touches a figure.
 *
 * @param tolerance how far beside it may be, screen pixels.
 * @param zoom screen pixels per unit.
 */
export const hits = (figure: Figure, point: Point, tolerance: number, zoom: number): boolean => {
  const [x, y] = point;
  const limit = figure.reach + tolerance / zoom;
  if (isSolidAt(figure, x, y)) return true;
  return eachSegment(figure, (ax, ay, bx, by) => squaredDistance(x, y, ax, ay, bx, by) <= limit * limit);
};

/** Whether a figure and a box have a point in common. */
export const meetsBox = (figure: Figure, box: Box): boolean => {
  if (!boxesMeet(figureBounds(figure), box)) return false;
  const { minX, minY, maxX, maxY } = box;
  const corners = cornersOf(box);
  const limit = figure.reach * figure.reach;
  const met = eachSegment(figure, (ax, ay, bx, by) => {
    if (ax >= minX && ax <= maxX && ay >= minY && ay <= maxY) return true;
    return corners.some(([cx, cy], index) => {
      const [dx, dy] = corners[(index + 1) % 4]!;
      return squaredGap(ax, ay, bx, by, cx, cy, dx, dy) <= limit;
    });
  });
  return met || isSolidAt(figure, minX, minY);
};

/** Whether all of a figure lies in a box. */
export const insideBox = (figure: Figure, box: Box): boolean =>
  hasPoints(figure) && boxHolds(box, figureBounds(figure));

/** Whether a figure and what a lasso encloses have a point in common. */
export const meetsLasso = (figure: Figure, lasso: Lasso): boolean => {
  if (!boxesMeet(figureBounds(figure), lasso.bounds)) return false;
  const met = eachSegment(
    figure,
    (ax, ay, bx, by) => lasso.holds(ax, ay) || lasso.near(ax, ay, bx, by, figure.reach),
  );
  return met || isSolidAt(figure, lasso.first[0], lasso.first[1]);
};

/** Whether all of a figure lies within a lasso. */
export const insideLasso = (figure: Figure, lasso: Lasso): boolean =>
  hasPoints(figure) &&
  boxHolds(lasso.bounds, figureBounds(figure)) &&
  !eachSegment(
    figure,
    (ax, ay, bx, by) =>
      !lasso.holds(ax, ay) || !lasso.holds(bx, by) || lasso.near(ax, ay, bx, by, figure.reach),
  );

/**
 * How far along the way from `from` to `to` (0..1) it first crosses a figure's lines; null when it starts inside the
 * figure or crosses none.
 */
export const outlineCrossing = (figure: Figure, [fromX, fromY]: Point, [toX, toY]: Point): number | null => {
  if (encloses(figure, fromX, fromY)) return null;
  let first = Number.POSITIVE_INFINITY;
  eachSegment(figure, (ax, ay, bx, by) => {
    first = Math.min(first, crossingPart(fromX, fromY, toX, toY, ax, ay, bx, by));
    return false;
  });
  return first === Number.POSITIVE_INFINITY ? null : first;
};

const hasPoints = ({ lines }: Figure): boolean => lines.some(({ length }) => length > 0);

const isSolidAt = (figure: Figure, x: number, y: number): boolean =>
  (figure.filled && encloses(figure, x, y)) ||
  (figure.label !== undefined && encloses({ lines: [figure.label] }, x, y));

const encloses = ({ lines }: Pick<Figure, 'lines'>, x: number, y: number): boolean => {
  let turns = 0;
  for (const line of lines)
    for (let index = 0; index + 3 < line.length; index += 2)
      turns += winding(x, y, line[index]!, line[index + 1]!, line[index + 2]!, line[index + 3]!);
  return turns !== 0;
};

/** Whether `test` is true of any segment; a dot is a segment without length. */
const eachSegment = (
  { lines, label }: Figure,
  test: (ax: number, ay: number, bx: number, by: number) => boolean,
): boolean => {
  for (const line of label === undefined ? lines : [...lines, label]) {
    if (line.length === 2 && test(line[0]!, line[1]!, line[0]!, line[1]!)) return true;
    for (let index = 0; index + 3 < line.length; index += 2)
      if (test(line[index]!, line[index + 1]!, line[index + 2]!, line[index + 3]!)) return true;
  }
  return false;
};
