import { caretAt, indexAt, lineAt } from '../paint/text-caret.js';
import type { TextLayout } from '../paint/text-layout.js';

/** The index a line above or below, as near as possible to `x`; at the first or last line, the text's end. */
export function verticalIndex(layout: TextLayout, index: number, by: -1 | 1, x: number): number {
  const line = lineAt(layout, index) + by;
  const target = layout.lines[line];
  if (target === undefined) return by < 0 ? 0 : layout.text.length;
  return indexAt(layout, [x, target.top + layout.lineHeight / 2]).index;
}

/** Where the caret at `index` stands across the line. */
export function caretX(layout: TextLayout, index: number): number {
  return caretAt(layout, index).x;
}

/** The first or last index of the line that `index` is on. */
export function lineEdge(layout: TextLayout, index: number, edge: 'start' | 'end'): number {
  const number = lineAt(layout, index);
  const line = layout.lines[number];
  if (line === undefined) return index;
  if (edge === 'start') return line.start;
  // At the end of a broken line the next one begins: its last letter is what can be stood behind.
  return layout.lines[number + 1]?.start === line.end ? line.shownEnd : line.end;
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The word, or what lies between words, around `index`. */
export function wordAround(text: string, index: number): readonly [start: number, end: number] {
  // Long texts are segmented around the place only, from line feed to line feed.
  const [from, to] = paragraphAround(text, index);
  const piece = words.segment(text.slice(from, to)).containing(Math.max(Math.min(index, to - 1) - from, 0));
  return piece === undefined ? [from, to] : [from + piece.index, from + piece.index + piece.segment.length];
}

/** The paragraph around `index`, without its line feed. */
export function paragraphAround(text: string, index: number): readonly [start: number, end: number] {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  const end = text.indexOf('\n', index);
  return [start, end < 0 ? text.length : end];
}
