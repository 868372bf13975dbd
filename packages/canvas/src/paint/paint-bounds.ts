import {
  type Box,
  boundsOf,
  boxAround,
  type Element,
  type ElementId,
  figureBounds,
  figureOf,
  growBox,
  labelOf,
  mapPoint,
  overhangOf,
  type Point,
  type Polyline,
  type TextElement,
  toPage,
  uniteBoxes,
} from '@inkwire/core';
import { textLayoutOf } from './element-text.js';

/**
 * How far paint may reach beyond the bounds that the board knows, in page units: the heads of arrows do, the titles of
 * frames, and the shadows of sticky notes. Large letters reach further, of which the board knows.
 */
export const LARGEST_OVERREACH = 24;

const FRAME_TITLE_REACH = 22;
const STICKY_SHADOW_REACH = 12;
/** Half the line around what cannot be shown. */
const PLACEHOLDER_REACH = 1;

/** The box that all paint of an element lies in; null for what paints nothing. */
export function paintBounds(element: Element, find: (id: ElementId) => Element | undefined): Box | null {
  const box = boundsOf(element, find);
  if (box.minX > box.maxX) return null;
  const text = unmeasuredText(element, find);
  return growBox(text === null ? box : uniteBoxes([box, letterBox(text)]), overreach(element));
}

const restBounds = new WeakMap<Element, Box>();

/** As core's `boundsOf`, but of a stroke around what is left of it when parts were erased. Kept as long as the element is. */
export function boundsOfRest(element: Element, find: (id: ElementId) => Element | undefined): Box {
  if (element.kind !== 'stroke' || element.cuts.length === 0) return boundsOf(element, find);
  let bounds = restBounds.get(element);
  if (bounds === undefined) {
    const lines = restOf(element, find);
    bounds =
      lines === null ? boundsOf(element, find) : figureBounds({ lines, filled: false, reach: element.width });
    restBounds.set(element, bounds);
  }
  return bounds;
}

/** The lines on the page that are left of a stroke; null where nothing was erased, or all of it. */
export function restOf(
  element: Element,
  find: (id: ElementId) => Element | undefined,
): readonly Polyline[] | null {
  if (element.kind !== 'stroke' || element.cuts.length === 0) return null;
  const { lines } = figureOf(element, find);
  return lines.length === 0 ? null : lines;
}

/** The text whose box nobody has measured: its own box says nothing of where its letters are. */
function unmeasuredText(element: Element, find: (id: ElementId) => Element | undefined): TextElement | null {
  if (element.kind === 'text') return isMeasured(element.size) ? null : element;
  if (element.kind !== 'line' && element.kind !== 'arrow') return null;
  return element.text.length === 0 || isMeasured(element.labelSize) ? null : labelOf(element, find);
}

function isMeasured([width, height]: Point): boolean {
  return width !== 0 && height !== 0;
}

function letterBox(text: TextElement): Box {
  const { lines, contentSize } = textLayoutOf(text);
  const left = Math.min(...lines.map((line) => line.x));
  const right = Math.max(...lines.map((line) => line.x + line.width));
  const top = lines[0]?.top ?? 0;
  const bottom = top + contentSize[1];
  const size = [Math.abs(text.size[0]), Math.abs(text.size[1])] as const;
  const onPage = toPage({ position: text.position, size, rotation: text.rotation });
  const corners: Point[] = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  return boxAround(corners.map((corner) => mapPoint(onPage, corner)));
}

function overreach(element: Element): number {
  switch (element.kind) {
    case 'line':
    case 'arrow':
      return element.startHead !== 'none' || element.endHead !== 'none' || element.text.length > 0
        ? Math.max(LARGEST_OVERREACH, overhangOf(element))
        : 0;
    case 'frame':
      return element.title === '' ? 1 : FRAME_TITLE_REACH;
    case 'sticky':
      return Math.max(STICKY_SHADOW_REACH, overhangOf(element));
    case 'shape':
    case 'text':
      return overhangOf(element);
    case 'image':
    case 'custom':
    case 'unknown':
      return PLACEHOLDER_REACH;
    default:
      return 0;
  }
}
