/** A point as the pointer gave it, relative to the first one, in units of {@link LINE_SIZE}; pressure 0..1. */
export interface RawPoint {
  readonly x: number;
  readonly y: number;
  readonly pressure: number | undefined;
}

/** A point of the smoothed line, relative to its first one, in units of {@link LINE_SIZE}. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  /** From the one before. */
  readonly distance: number;
  /** From the first one, along the line. */
  readonly length: number;
  /** Unit vector back to the one before; of the first point, that of the second. */
  readonly backX: number;
  readonly backY: number;
}

/** How far the smoothed line has come. */
export interface LineTip {
  readonly x: number;
  readonly y: number;
  readonly length: number;
  /** Whether it has left the surroundings of its first point. */
  readonly begun: boolean;
}

/** Lines are made with a diameter of so many units, so that they look the same however fine they are drawn. */
export const LINE_SIZE = 8;
export const FIRST_TIP: LineTip = { x: 0, y: 0, length: 0, begun: false };

const FIRST_PRESSURE = 0.25;
const DEFAULT_PRESSURE = 0.5;

export function firstPoint(pressure = FIRST_PRESSURE): LinePoint {
  return { x: 0, y: 0, pressure, distance: 0, length: 0, backX: 0, backY: 0 };
}

/**
 * Lets the line go on towards a point, as far as `pursuit` (0..1) says. Returns where its tip is then, and the point
 * that this adds to it, if any.
 *
 */
export function follow(
  tip: LineTip,
  x: number,
  y: number,
  pressure = DEFAULT_PRESSURE,
  pursuit = 1,
): { readonly tip: LineTip; readonly point: LinePoint | null } {
  const isLast = pursuit === 1;
  const nextX = isLast ? x : tip.x + (x - tip.x) * pursuit;
  const nextY = isLast ? y : tip.y + (y - tip.y) * pursuit;
  const [dx, dy] = [tip.x - nextX, tip.y - nextY];
  if (dx === 0 && dy === 0) return { tip, point: null };
  const distance = Math.hypot(dx, dy);
  const length = tip.length + distance;
  const begun = tip.begun || isLast || length >= LINE_SIZE;
  // Where a pen is put down it trembles.
  if (!begun) return { tip: { ...tip, length }, point: null };
  const point = {
    x: nextX,
    y: nextY,
    pressure,
    distance,
    length,
    backX: dx / distance,
    backY: dy / distance,
  };
  return { tip: { x: nextX, y: nextY, length, begun }, point };
}

/** A line of one or two points as one of more, along which its width can change; others as they are. */
export function spreadOut(points: readonly RawPoint[]): readonly RawPoint[] {
  const [first, second, third] = points;
  if (first === undefined || third !== undefined) return points;
  if (second === undefined) return [first, { ...first, x: first.x + 1, y: first.y + 1 }];
  const at = (part: number) => ({
    x: first.x + (second.x - first.x) * part,
    y: first.y + (second.y - first.y) * part,
    pressure: undefined,
  });
  return [first, at(0.25), at(0.5), at(0.75), at(1)];
}
