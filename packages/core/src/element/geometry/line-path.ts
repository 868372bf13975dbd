import type { Box, Point } from '../geometry.js';
import type { RegisterValue } from '../register.js';
import { type ElbowEnd, elbowRoute, type Side } from './elbow-route.js';
import { type Figure, figureBounds, outlineCrossing } from './figure.js';
import { type Path, type PathStep, pathAlong } from './path.js';

export type Routing = RegisterValue<'routing'>;

/** How far an arrow's tip stays from what it points at, and an elbow from what it goes around, units. */
const GAP = 4;
const CLEARANCE = 20;

/**
 * The path of a line or arrow on the page, through `points`.
 *
 * A straight line goes from point to point, a curve bends smoothly through them, an elbow takes only horizontal and
 * vertical ways between them and goes around what its ends are bound to.
 *
 * @param points at least two, page units. A bound end is the place on its element that it aims at.
 * @param start what the first point is bound to: the line begins at the outline of that, a little apart.
 * @param end what the last point is bound to.
 */
export const linePath = (
  points: readonly Point[],
  routing: Routing,
  start: Figure | null = null,
  end: Figure | null = null,
): Path => {
  if (points.length < 2) return pathAlong(points);
  if (routing === 'elbow') return elbowPath(points, start, end);
  const trimmed = trim(points, start, end);
  return routing === 'curve' ? curveThrough(trimmed) : pathAlong(trimmed);
};

/** With its bound ends where the outlines are. Elements that leave no room between them are joined from end to end. */
const trim = (points: readonly Point[], start: Figure | null, end: Figure | null): readonly Point[] => {
  for (const gap of [GAP, 0]) {
    const trimmed = [...points];
    if (start !== null) trimmed[0] = boundEnd(points[0]!, points[1]!, start, gap);
    if (end !== null) trimmed[points.length - 1] = boundEnd(points.at(-1)!, points.at(-2)!, end, gap);
    if (points.length > 2 || isAhead(points, trimmed)) return trimmed;
  }
  return points;
};

/** Whether a line of two points still goes the way it went. */
const isAhead = (points: readonly Point[], trimmed: readonly Point[]): boolean => {
  const way = (axis: 0 | 1): number =>
    (points[1]![axis] - points[0]![axis]) * (trimmed[1]![axis] - trimmed[0]![axis]);
  return way(0) + way(1) > 0;
};

/** Where a line that comes from `from` and aims at `anchor` ends: `gap` outside the outline; from within, there. */
const boundEnd = (anchor: Point, from: Point, figure: Figure, gap: number): Point => {
  const part = outlineCrossing(figure, from, anchor);
  if (part === null) return anchor;
  const [dx, dy] = [anchor[0] - from[0], anchor[1] - from[1]];
  const back = (gap + figure.reach) / Math.hypot(dx, dy);
  const t = Math.max(0, part - back);
  return [from[0] + t * dx, from[1] + t * dy];
};

const elbowPath = (points: readonly Point[], start: Figure | null, end: Figure | null): Path => {
  const route: Point[] = [];
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1]!, points[index]!];
    const leg = elbowRoute(
      index === 1 ? elbowEnd(from, to, start) : { point: from },
      index === points.length - 1 ? elbowEnd(to, from, end) : { point: to },
      CLEARANCE,
    );
    route.push(...(index === 1 ? leg : leg.slice(1)));
  }
  return pathAlong(route);
};

/** An elbow leaves its target straight through the side that looks towards `other`. */
const elbowEnd = (point: Point, other: Point, target: Figure | null): ElbowEnd => {
  if (target === null) return { point };
  const box = figureBounds(target);
  const side = sideTowards(box, other);
  const outside: Record<Side, Point> = {
    left: [box.minX - CLEARANCE, point[1]],
    right: [box.maxX + CLEARANCE, point[1]],
    top: [point[0], box.minY - CLEARANCE],
    bottom: [point[0], box.maxY + CLEARANCE],
  };
  return { point: boundEnd(point, outside[side], target, GAP), side, box };
};

const sideTowards = (box: Box, [x, y]: Point): Side => {
  const right = x - (box.minX + box.maxX) / 2;
  const down = y - (box.minY + box.maxY) / 2;
  // Measured in the box's own proportions, so that a wide box is left downwards by what lies below it.
  if (Math.abs(right) * (box.maxY - box.minY) >= Math.abs(down) * (box.maxX - box.minX))
    return right < 0 ? 'left' : 'right';
  return down < 0 ? 'top' : 'bottom';
};

/** Cubic curves that touch at each point: there the line runs parallel to the chord of the neighbours. */
const curveThrough = (points: readonly Point[]): Path => {
  if (points.length === 2) return pathAlong(points);
  const tangents = points.map((_, index) => tangentAt(points, index));
  const steps: PathStep[] = [['move', points[0]!]];
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1]!, points[index]!];
    const third = Math.hypot(to[0] - from[0], to[1] - from[1]) / 3;
    const leave = ahead(from, tangents[index - 1]!, third);
    const arrive = ahead(to, tangents[index]!, -third);
    // The ends have no neighbour to tell a direction: they look at the control point next to them.
    const last = index === points.length - 1;
    steps.push(['curve', index === 1 ? middle(from, arrive) : leave, last ? middle(to, leave) : arrive, to]);
  }
  return steps;
};

const tangentAt = (points: readonly Point[], index: number): Point => {
  const before = points[Math.max(0, index - 1)]!;
  const after = points[Math.min(points.length - 1, index + 1)]!;
  const [dx, dy] = [after[0] - before[0], after[1] - before[1]];
  const length = Math.hypot(dx, dy);
  return length === 0 ? [0, 0] : [dx / length, dy / length];
};

const ahead = ([x, y]: Point, [dx, dy]: Point, distance: number): Point => [
  x + dx * distance,
  y + dy * distance,
];
const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
