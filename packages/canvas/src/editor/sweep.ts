import { distanceTo, type Element, type ElementId, erasedRanges, figureOf, type Point } from '@inkwire/core';

/**
 * Whether a pointer that moved straight from `from` to `to` came within `reach` page units of what the element covers.
 * Costs the element's points, so ask only for elements whose bounds are near.
 *
 * @param find finds what lines are bound to.
 */
export function sweeps(
  element: Element,
  from: Point,
  to: Point,
  reach: number,
  find: (id: ElementId) => Element | undefined,
): boolean {
  const figure = figureOf(element, find);
  if (figure.filled && distanceTo(figure, to) <= reach) return true;
  return figure.lines.some((line) => erasedRanges(line, from, to, reach + figure.reach).length > 0);
}
