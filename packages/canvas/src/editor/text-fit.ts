import {
  type Board,
  type Change,
  type ElementId,
  mapPoint,
  type Point,
  type TextElement,
  toPage,
  turnAround,
  writeRegisters,
} from '@inkwire/core';
import { textLayoutOf } from '../paint/element-text.js';
import { layoutText } from '../paint/text-layout.js';

/** Of the text's box, which part stays where it is when the text grows. */
const ANCHORS = { start: 0, center: 0.5, end: 1 } as const;
/** A box is a little wider than its letters: another machine's fonts may be. */
const SLACK = 1;

/**
 * Makes the box of a text element fit its text; null where it does, or where the element is none. The side that the
 * text is set against stays where it is, turned or not.
 *
 * @param element what the text is to be fitted to, as it will be.
 */
export function fitText(board: Board, id: ElementId, element: TextElement): Change | null {
  const size = fittedSize(element);
  if (size[0] === element.size[0] && size[1] === element.size[1]) return null;
  const position = anchored(element, size);
  const moves = position[0] !== element.position[0] || position[1] !== element.position[1];
  return writeRegisters(board, [
    { id, register: 'size', value: size },
    ...(moves ? [{ id, register: 'position' as const, value: position }] : []),
  ]);
}

function fittedSize(element: TextElement): Point {
  const { text, font, fontSize, align, fit } = element;
  if (fit === 'width') {
    const width = Math.abs(element.size[0]);
    return [element.size[0], quantised(layoutText(text, { font, fontSize, align, width }).contentSize[1])];
  }
  const [width, height] = layoutText(text, { font, fontSize, width: 0, wrap: false }).contentSize;
  return [quantised(width) + SLACK, quantised(height)];
}

/** Boards keep lengths in 64ths. */
function quantised(length: number): number {
  return Math.ceil(length * 64) / 64;
}

function anchored(element: TextElement, [width, height]: Point): Point {
  const part = element.fit === 'width' ? 0 : ANCHORS[sideOf(element)];
  const own: Point = [Math.abs(element.size[0]), Math.abs(element.size[1])];
  const fixed = mapPoint(toPage({ ...element, size: own }), [part * own[0], 0]);
  const toCentre: Point = [(0.5 - part) * Math.abs(width), height / 2];
  const [x, y] = turnAround([fixed[0] + toCentre[0], fixed[1] + toCentre[1]], fixed, element.rotation);
  return [x - Math.abs(width) / 2, y - height / 2];
}

/** Where a text that runs from right to left starts, it is the right side that stays. */
function sideOf(element: TextElement): keyof typeof ANCHORS {
  if (element.align === 'center') return 'center';
  const isRightToLeft = textLayoutOf(element).lines[0]?.direction === 'rtl';
  return (element.align === 'end') === isRightToLeft ? 'start' : 'end';
}
