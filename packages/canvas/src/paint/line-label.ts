import type { Box, LineElement, Pair, TextElement } from '@inkwire/core';
import { textLayoutOf } from './element-text.js';
import { layoutText } from './text-layout.js';
import type { Measure } from './text-measure.js';

/** The label of a line breaks where it is wider than so many sizes of its font. */
const WIDEST = 12;
/** A box is a little wider than its letters: another machine's fonts may be. Page units. */
const SLACK = 1;
/** Page units between the letters of a label and the line that they stand on. */
const CLEARANCE = 5;

/** The box that a line's label needs, to be kept with the line: none where it says nothing. */
export function labelSizeFor({
  text,
  font,
  fontSize,
}: Pick<LineElement, 'text' | 'font' | 'fontSize'>): Pair {
  if (text.length === 0) return [0, 0];
  const { contentSize } = layoutText(text, { font, fontSize, width: WIDEST * fontSize });
  return [quantised(contentSize[0]) + SLACK, quantised(contentSize[1])];
}

/** Boards keep lengths in 64ths. */
function quantised(length: number): number {
  return Math.ceil(length * 64) / 64;
}

/** What a line leaves free for its label, on the page. */
export function gapOf(label: TextElement, measure?: Measure): Box {
  const { lines, contentSize } = textLayoutOf(label, measure);
  const [x, y] = label.position;
  const left = Math.min(...lines.map((line) => line.x));
  const right = Math.max(...lines.map((line) => line.x + line.width));
  const top = lines[0]?.top ?? 0;
  return {
    minX: x + left - CLEARANCE,
    minY: y + top,
    maxX: x + right + CLEARANCE,
    maxY: y + top + contentSize[1],
  };
}
