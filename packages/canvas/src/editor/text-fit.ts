import {
  type Board,
  type Change,
  type Element,
  type LineElement,
  mapPoint,
  type Point,
  type TextElement,
  toPage,
  turnAround,
  writeRegisters,
} from '@inkwire/core';
import { textLayoutOf } from '../paint/element-text.js';
import { labelSizeFor } from '../paint/line-label.js';
import { layoutText } from '../paint/text-layout.js';

/** Of the text's box, which part stays where it is when the text grows. */
const ANCHORS = { start: 0, center: 0.5, end: 1 } as const;
/** A box is a little wider than its letters: another machine's fonts may be. */
const SLACK = 1;

/**
 * Makes the box that was made for a text fit it again: a text element's own, in which the side that the text is set against
 * stays where it is, or that of a line's label. Null where it does, and where texts fit themselves to their element.
 *
 * @param element as it will be.
 */
export function fitWritten(board: Board, element: Element): Change | null {
  if (element.kind === 'text') return fitText(board, element);
  return element.kind === 'line' || element.kind === 'arrow' ? fitLabel(board, element) : null;
}

function fitLabel(board: Board, line: LineElement): Change | null {
  const size = labelSizeFor(line);
  if (size[0] === line.labelSize[0] && size[1] === line.labelSize[1]) return null;
  return writeRegisters(board, [{ id: line.id, register: 'labelSize', value: size }]);
}

function fitText(board: Board, element: TextElement): Change | null {
  const { id } = element;
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
