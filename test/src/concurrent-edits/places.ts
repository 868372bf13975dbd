import { type Element, type ElementId, mapPoint, type Point, toPage } from '@inkwire/core';

/** What is on a board, in paint order. */
export type Elements = ReadonlyMap<ElementId, Element>;

export function present(elements: Elements, id: ElementId | null): Element {
  const element = id === null ? undefined : elements.get(id);
  if (element === undefined) throw new Error(`${id} is not on the board.`);
  return element;
}

export const add = ([x, y]: Point, [dx, dy]: Point): Point => [x + dx, y + dy];

/** Where a place in an element's box, 0 to 1 across and along it, is on the page. */
export function within({ position, size, rotation }: Element, [across, along]: Point): Point {
  return mapPoint(toPage({ position, size, rotation }), [across * size[0], along * size[1]]);
}

/** Where a line ends on the page. */
export function endOf(line: Element): Point {
  const end = line.kind === 'arrow' || line.kind === 'line' ? line.points.at(-1) : undefined;
  if (end === undefined) throw new Error(`A ${line.kind} has no end.`);
  return add(line.position, end);
}
