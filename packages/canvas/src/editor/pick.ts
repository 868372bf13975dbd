import {
  type Board,
  type Box,
  boundsOf,
  boxHolds,
  type Element,
  type ElementId,
  figureOf,
  hitsElement,
  invertMatrix,
  type Lasso,
  mapPoint,
  meetsBox,
  meetsLasso,
  type Point,
  toPage,
} from '@inkwire/core';
import { isLocked } from './locked.js';
import type { PointerSample, ToolContext } from './tool.js';

/** How far beside an element a pointer may be and still touch it, CSS pixels. */
const TOLERANCE = { mouse: 5, pen: 6, touch: 14 } as const;

/** Page units. */
const TITLE_HEIGHT = 24;

export type PickContext = Pick<ToolContext, 'board' | 'query' | 'find' | 'zoom'>;

/** The elements that a pointer touches, the topmost first; groups are never touched, their members are. */
export function elementsAt(context: PickContext, { point, device }: PointerSample): Element[] {
  const tolerance = TOLERANCE[device];
  const reach = tolerance / context.zoom;
  const { minX, minY, maxX, maxY } = around(point, reach);
  // The title of a frame is above it.
  const near = context.query({ minX, minY, maxX, maxY: maxY + TITLE_HEIGHT });
  return near
    .filter(
      (element) =>
        hitsElement(element, point, tolerance, context.zoom, context.find) || hitsTitle(element, point),
    )
    .reverse();
}

/**
 * The smallest of the shapes around a point that have no fill: nothing is there to be touched, but it is meant where
 * nothing else can be.
 */
export function hollowAt(context: PickContext, { point }: PointerSample): Element | undefined {
  const area = ({ size }: Element) => Math.abs(size[0] * size[1]);
  return context
    .query(around(point, 0))
    .filter((element) => element.kind === 'shape' && boxContains(element, point))
    .sort((a, b) => area(a) - area(b))[0];
}

/** The elements that touch a box; of frames, those that it holds: what is in them can be selected where they are. */
export function elementsIn(context: PickContext, box: Box): Element[] {
  return context.query(box).filter((element) => {
    if (element.kind === 'frame') return boxHolds(box, boundsOf(element, context.find));
    return meetsBox(figureOf(element, context.find), box);
  });
}

/** The elements that touch what a lasso goes around; of frames, those that it goes around. */
export function elementsInLasso(context: PickContext, lasso: Lasso): Element[] {
  return context.query(lasso.bounds).filter((element) => {
    if (element.kind !== 'frame') return meetsLasso(figureOf(element, context.find), lasso);
    return boxHolds(lasso.bounds, boundsOf(element, context.find));
  });
}

/** What is meant by an element: the outermost group that holds it, of those inside the group that was entered. */
export function promote(board: Board, id: ElementId, within: ElementId | null): ElementId {
  let meant = id;
  for (
    let at = board.get(id)?.parent ?? null;
    at !== null && at !== within;
    at = board.get(at)?.parent ?? null
  ) {
    if (board.get(at)?.kind === 'group') meant = at;
  }
  return meant;
}

/** Whether `group` holds the element, at whatever depth. */
export function isWithin(board: Board, id: ElementId, group: ElementId): boolean {
  for (let at = board.get(id)?.parent ?? null; at !== null; at = board.get(at)?.parent ?? null) {
    if (at === group) return true;
  }
  return false;
}

/** Of elements, what is meant by them, each once, without what is locked. */
export function promoteAll(
  board: Board,
  elements: readonly Element[],
  within: ElementId | null,
): ElementId[] {
  const free = elements.filter(({ id }) => !isLocked(board, id));
  return [...new Set(free.map(({ id }) => promote(board, id, within)))];
}

/** Whether a point lies in an element's box, turned with it. */
export function boxContains(element: Element, point: Point): boolean {
  const [x, y] = boxPoint(element, point);
  return x >= 0 && x <= 1 && y >= 0 && y <= 1;
}

/** Where a point lies in an element's box before rotation: 0 to 1 across it. */
export function boxPoint(element: Element, point: Point): Point {
  const size: Point = [Math.abs(element.size[0]), Math.abs(element.size[1])];
  const inverse = invertMatrix(toPage({ position: element.position, size, rotation: element.rotation }));
  if (inverse === null || size[0] === 0 || size[1] === 0) return [Number.NaN, Number.NaN];
  const [x, y] = mapPoint(inverse, point);
  return [x / size[0], y / size[1]];
}

/** Whether a point is where the title of a frame is, above it. */
export function hitsTitle(element: Element, point: Point): boolean {
  if (element.kind !== 'frame') return false;
  const [across, along] = boxPoint(element, point);
  const above = -along * Math.abs(element.size[1]);
  return across >= 0 && across <= 1 && above >= 0 && above <= TITLE_HEIGHT;
}

function around([x, y]: Point, reach: number): Box {
  return { minX: x - reach, minY: y - reach, maxX: x + reach, maxY: y + reach };
}
