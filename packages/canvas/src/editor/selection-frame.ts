import {
  type Box,
  type Element,
  type ElementId,
  figureBounds,
  type LineElement,
  type Point,
  turnAround,
  uniteBoxes,
} from '@inkwire/core';
import { boundsOfRest, restOf } from '../paint/paint-bounds.js';
import { middleOf } from './transform-elements.js';

/** The box around what is selected, turned with it: its sides are where hands take hold. */
export interface SelectionFrame {
  readonly centre: Point;
  readonly width: number;
  readonly height: number;
  /** Radians, clockwise on screen. */
  readonly angle: number;
}

/**
 * The frame around elements; null around none, and around a line by itself, which is taken by its points.
 *
 * @param elements with what is in their groups and frames.
 * @param find finds what lines are bound to.
 */
export function frameAround(
  elements: readonly Element[],
  find: (id: ElementId) => Element | undefined,
): SelectionFrame | null {
  const [only] = elements;
  if (only !== undefined && elements.length === 1 && hasBox(only)) {
    const [width, height] = only.size;
    return (
      frameAroundRest(only, find) ?? {
        centre: middleOf(only),
        width: Math.abs(width),
        height: Math.abs(height),
        angle: only.rotation,
      }
    );
  }
  if (singleLine(elements) !== null) return null;
  const box = boundsAround(elements, find);
  if (box.minX > box.maxX) return null;
  return {
    centre: [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2],
    width: box.maxX - box.minX,
    height: box.maxY - box.minY,
    angle: 0,
  };
}

/** The box around what is seen of elements, with what is in their groups and frames, wherever they are taken. */
export function boundsAround(
  elements: readonly Element[],
  find: (id: ElementId) => Element | undefined,
): Box {
  return uniteBoxes(withoutFramed(elements).map((element) => boundsOfRest(element, find)));
}

/** Kept for as long as the element is: it is asked for with every move of the pointer. */
const restFrames = new WeakMap<Element, SelectionFrame>();

/** Around what is left of a stroke, turned with it; null where nothing was erased. */
function frameAroundRest(
  element: Element,
  find: (id: ElementId) => Element | undefined,
): SelectionFrame | null {
  const { rotation: angle } = element;
  const known = restFrames.get(element);
  if (known !== undefined) return known;
  const lines = restOf(element, find);
  if (lines === null) return null;
  const middle = middleOf(element);
  const upright = lines.map((line) => {
    const turned = new Float64Array(line.length);
    for (let at = 0; at < line.length; at += 2)
      turned.set(turnAround([line[at] ?? 0, line[at + 1] ?? 0], middle, -angle), at);
    return turned;
  });
  const { minX, minY, maxX, maxY } = figureBounds({ lines: upright, filled: false, reach: 0 });
  const centre = turnAround([(minX + maxX) / 2, (minY + maxY) / 2], middle, angle);
  const frame = { centre, width: maxX - minX, height: maxY - minY, angle };
  restFrames.set(element, frame);
  return frame;
}

/** Without what is in a frame of them: of that nothing is seen outside it. */
function withoutFramed(elements: readonly Element[]): readonly Element[] {
  if (!elements.some(({ kind }) => kind === 'frame')) return elements;
  const byId = new Map(elements.map((element) => [element.id, element]));
  const holder = ({ parent }: Element) => (parent === null ? undefined : byId.get(parent));
  return elements.filter((element) => {
    let held = holder(element);
    while (held !== undefined && held.kind !== 'frame') held = holder(held);
    return held === undefined;
  });
}

/** The line or arrow, if nothing else is there. */
export function singleLine(elements: readonly Element[]): LineElement | null {
  const [only] = elements;
  return elements.length === 1 && (only?.kind === 'line' || only?.kind === 'arrow') ? only : null;
}

/** The point of a frame at `x` and `y` of its sides, -1 to 1 from the left top to the right bottom. */
export function framePoint({ centre, width, height, angle }: SelectionFrame, x: number, y: number): Point {
  return turnAround([centre[0] + (x * width) / 2, centre[1] + (y * height) / 2], centre, angle);
}

function hasBox({ kind }: Element): boolean {
  return kind !== 'group' && kind !== 'line' && kind !== 'arrow';
}
