import type { Box, Point } from '../geometry.js';
import { growBox } from './box.js';

/** A side of an element, and the direction in which a line leaves through it. */
export type Side = 'left' | 'right' | 'top' | 'bottom';

/** One end of an elbow line. */
export interface ElbowEnd {
  readonly point: Point;
  /** Where the line leaves its element. Absent: it may begin in any direction. */
  readonly side?: Side | undefined;
  /** The element that the end is bound to; the line goes around it. */
  readonly box?: Box | undefined;
}

/** A bend costs as much as a detour of this many clearances. */
const BEND_COST = 2;

/** Of ways that cost the same, the one that bends in the middle is the calm one. */
const OFF_MIDDLE_COST = 1 / 1024;

const SIDES: readonly Side[] = ['left', 'right', 'top', 'bottom'];
const STEPS: Record<Side, Point> = { left: [-1, 0], right: [1, 0], top: [0, -1], bottom: [0, 1] };
const OPPOSITE: Record<Side, Side> = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' };

/**
 * The points of a line of horizontal and vertical pieces from `start` to `end`: few bends, then short, and `clearance`
 * units from the elements that it is bound to where there is room.
 *
 * It is the cheapest way through the grid of all lines that matter: through both ends, halfway between them, and
 * around the two elements.
 */
export const elbowRoute = (start: ElbowEnd, end: ElbowEnd, clearance: number): Point[] => {
  const from = stub(start, clearance);
  const to = stub(end, clearance);
  const boxes = [start.box, end.box].filter((box) => box !== undefined);
  const around = boxes.map((box) => growBox(box, clearance));
  const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const grid = {
    xs: ascending([from[0], to[0], middle[0], ...around.flatMap(({ minX, maxX }) => [minX, maxX])]),
    ys: ascending([from[1], to[1], middle[1], ...around.flatMap(({ minY, maxY }) => [minY, maxY])]),
    bendCost: clearance * BEND_COST,
    middle,
  };
  const way = { from, leave: start.side, to, arrive: end.side };
  // Where the elements overlap there may be no way around them; then the line crosses them.
  const route = cheapestWay({ ...grid, boxes }, way) ?? cheapestWay({ ...grid, boxes: [] }, way) ?? [];
  return withoutPassed([start.point, ...route, end.point]);
};

/** Where the line may bend first, having left its element. */
const stub = ({ point: [x, y], side, box }: ElbowEnd, clearance: number): Point => {
  const around = growBox(box ?? { minX: x, minY: y, maxX: x, maxY: y }, clearance);
  if (side === 'left') return [Math.min(x, around.minX), y];
  if (side === 'right') return [Math.max(x, around.maxX), y];
  if (side === 'top') return [x, Math.min(y, around.minY)];
  if (side === 'bottom') return [x, Math.max(y, around.maxY)];
  return [x, y];
};

const ascending = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** No line goes through their insides. */
  readonly boxes: readonly Box[];
  readonly bendCost: number;
  readonly middle: Point;
}

interface Way {
  readonly from: Point;
  readonly leave: Side | undefined;
  readonly to: Point;
  readonly arrive: Side | undefined;
}

/** A place of the grid, and the cheapest way found to it. */
interface Place {
  readonly column: number;
  readonly row: number;
  /** The direction in which the line came. */
  readonly side: Side | undefined;
  readonly cost: number;
  readonly before: Place | null;
  /** It is the goal, and the bend into the element is paid for too. */
  readonly arrived: boolean;
}

/** Dijkstra's search, over 49 places and four directions at most. Null where the boxes leave no way. */
const cheapestWay = (grid: Grid, { from, leave, to, arrive }: Way): Point[] | null => {
  const { xs, ys, bendCost } = grid;
  const [column, row] = [xs.indexOf(from[0]), ys.indexOf(from[1])];
  const open: Place[] = [{ column, row, side: leave, cost: 0, before: null, arrived: false }];
  const done = new Set<string>();
  for (let place = takeCheapest(open); place !== undefined; place = takeCheapest(open)) {
    if (place.arrived) return pointsTo(place, grid);
    const key = `${place.column} ${place.row} ${place.side}`;
    if (done.has(key)) continue;
    done.add(key);
    if (xs[place.column] === to[0] && ys[place.row] === to[1]) {
      const bends = place.side !== undefined && arrive !== undefined && place.side !== OPPOSITE[arrive];
      open.push({ ...place, cost: place.cost + (bends ? bendCost : 0), arrived: true });
    }
    open.push(...neighbours(place, grid));
  }
  return null;
};

const neighbours = (place: Place, { xs, ys, boxes, bendCost, middle }: Grid): Place[] => {
  const [fromX, fromY] = [xs[place.column]!, ys[place.row]!];
  const offMiddle = Math.abs(fromX - middle[0]) + Math.abs(fromY - middle[1]);
  return SIDES.flatMap((side) => {
    const [column, row] = [place.column + STEPS[side][0], place.row + STEPS[side][1]];
    const [x, y] = [xs[column], ys[row]];
    if (x === undefined || y === undefined || (place.side && side === OPPOSITE[place.side])) return [];
    if (boxes.some((box) => enters(box, fromX, fromY, x, y))) return [];
    const bend = place.side === undefined || place.side === side ? 0 : bendCost + offMiddle * OFF_MIDDLE_COST;
    const cost = place.cost + Math.abs(x - fromX) + Math.abs(y - fromY) + bend;
    return [{ column, row, side, cost, before: place, arrived: false }];
  });
};

const takeCheapest = (open: Place[]): Place | undefined => {
  let cheapest = 0;
  open.forEach((place, index) => {
    if (place.cost < open[cheapest]!.cost) cheapest = index;
  });
  return open.splice(cheapest, 1)[0];
};

const pointsTo = (last: Place, { xs, ys }: Grid): Point[] => {
  const points: Point[] = [];
  for (let place: Place | null = last; place !== null; place = place.before)
    points.unshift([xs[place.column]!, ys[place.row]!]);
  return points;
};

/** Whether the horizontal or vertical line a–b goes through the inside of a box. */
const enters = ({ minX, minY, maxX, maxY }: Box, ax: number, ay: number, bx: number, by: number): boolean =>
  Math.max(ax, bx) > minX && Math.min(ax, bx) < maxX && Math.max(ay, by) > minY && Math.min(ay, by) < maxY;

/** Without the points that the line goes straight through, or stays at. */
const withoutPassed = (points: readonly Point[]): Point[] => {
  const kept: Point[] = [];
  for (const point of points) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last !== undefined && last[0] === point[0] && last[1] === point[1]) continue;
    const straight = (axis: 0 | 1): boolean =>
      before?.[axis] === last?.[axis] && last?.[axis] === point[axis];
    if (before !== undefined && (straight(0) || straight(1))) kept.pop();
    kept.push(point);
  }
  return kept;
};
