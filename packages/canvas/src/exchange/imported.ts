import {
  type Box,
  boxAround,
  type NewElement,
  type NewGroup,
  type NewLine,
  type Point,
  uniteBoxes,
} from '@inkwire/core';
import type { Remark } from './remarks.js';

/** What a file or the clipboard holds, ready to become elements of a board. */
export interface Imported {
  /** With ids of their own; in paint order, at the places where they were. */
  readonly elements: readonly NewElement[];
  /** What could not be taken over as it was. */
  readonly remarks: readonly Remark[];
}

type Placed = Exclude<NewElement, NewGroup>;

const isPlaced = (element: NewElement): element is Placed => element.kind !== 'group';
const isLine = (element: Placed): element is NewLine => element.kind === 'line' || element.kind === 'arrow';

function boundsOf(element: Placed): Box {
  if (element.kind === 'stroke') return boxAround(element.points.map(({ x, y }) => [x, y]));
  if (isLine(element)) return boxAround(element.points);
  const [x, y] = element.position;
  return { minX: x, minY: y, maxX: x + Math.abs(element.size[0]), maxY: y + Math.abs(element.size[1]) };
}

/** The box around new elements, before any of them is turned; null if none has an extent. */
export function boundsOfNew(elements: readonly NewElement[]): Box | null {
  const boxes = elements.filter(isPlaced).map(boundsOf);
  return boxes.length === 0 ? null : uniteBoxes(boxes);
}

/** The elements moved by page units. */
export function movedNew(elements: readonly NewElement[], dx: number, dy: number): NewElement[] {
  return elements.map((element): NewElement => {
    if (!isPlaced(element)) return element;
    if (element.kind === 'stroke')
      return {
        ...element,
        points: element.points.map((point) => ({ ...point, x: point.x + dx, y: point.y + dy })),
      };
    if (isLine(element))
      return { ...element, points: element.points.map(([x, y]): Point => [x + dx, y + dy]) };
    return { ...element, position: [element.position[0] + dx, element.position[1] + dy] };
  });
}
