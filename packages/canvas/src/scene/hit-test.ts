import type { Element, Point } from '@inkwire/core';
import { isStroke } from '../paint/paint-element.js';
import { strokeCurve } from '../paint/stroke-curve.js';

/**
 * Whether a pointer that moved straight from `from` to `to` came within `reach` page units of the element's ink.
 * Costs the element's points, so ask only for elements whose bounds are near.
 */
export function touches(element: Element, from: Point, to: Point, reach: number): boolean {
  if (!isStroke(element)) return false;
  const { length, x, y } = strokeCurve(element);
  const limit = (reach + element.width / 2) ** 2;
  const a = intoBox(element, from);
  const b = intoBox(element, to);
  let start: Point = [x[0] ?? 0, y[0] ?? 0];
  if (length === 1) return distanceToSegment(start, a, b) <= limit;
  for (let i = 1; i < length; i++) {
    const end: Point = [x[i] ?? 0, y[i] ?? 0];
    if (segmentDistance(a, b, start, end) <= limit) return true;
    start = end;
  }
  return false;
}

/** A page point relative to the top left corner of the element's box before it was turned around its centre. */
function intoBox({ position, size, rotation }: Element, [x, y]: Point): Point {
  const middleX = Math.abs(size[0]) / 2;
  const middleY = Math.abs(size[1]) / 2;
  const dx = x - position[0] - middleX;
  const dy = y - position[1] - middleY;
  const cos = Math.cos(rotation);
  const sin = Math.sin(rotation);
  return [middleX + dx * cos + dy * sin, middleY - dx * sin + dy * cos];
}

/** Squared distance between the segments `ab` and `cd`. */
export function segmentDistance(a: Point, b: Point, c: Point, d: Point): number {
  if (cross(a, b, c, d)) return 0;
  return Math.min(
    distanceToSegment(a, c, d),
    distanceToSegment(b, c, d),
    distanceToSegment(c, a, b),
    distanceToSegment(d, a, b),
  );
}

/** Squared distance of `p` from the segment `ab`. */
function distanceToSegment(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length;
  const t = Math.min(Math.max(along, 0), 1);
  return (p[0] - a[0] - t * dx) ** 2 + (p[1] - a[1] - t * dy) ** 2;
}

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function side(a: Point, b: Point, p: Point): number {
  return Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));
}
