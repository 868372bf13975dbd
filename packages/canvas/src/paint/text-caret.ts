import type { Box, Point } from '@inkwire/core';
import type { TextLayout, TextLine, TextPiece } from './text-layout.js';

/** A place between two characters of a text. */
export interface TextPosition {
  /** UTF-16 units from the text's start. */
  readonly index: number;
  /** Where a line breaks without a line feed, one index is in two places: true for the end of the line before. */
  readonly upstream: boolean;
}

/** Where a caret stands, in the units and from the origin of its layout. */
export interface Caret {
  readonly x: number;
  readonly top: number;
  readonly height: number;
  /** Which of the layout's lines it is on. */
  readonly line: number;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** How much of a selected line feed shows, in heights of a line. */
const FEED = 0.25;

/** The number of the line that `index` is on. An index outside the text counts as its nearest end. */
export function lineAt({ lines }: TextLayout, index: number, upstream = false): number {
  let found = 0;
  for (let i = 1; i < lines.length; i++) {
    const { start } = lines[i] as TextLine;
    if (upstream && start === (lines[i - 1] as TextLine).end ? start < index : start <= index) found = i;
    else break;
  }
  return found;
}

/** Where the caret stands before the character at `index`. */
export function caretAt(layout: TextLayout, index: number, upstream = false): Caret {
  const number = lineAt(layout, index, upstream);
  const line = layout.lines[number] as TextLine;
  return {
    x: caretX(layout, line, Math.min(Math.max(index, line.start), line.end)),
    top: line.top,
    height: layout.lineHeight,
    line: number,
  };
}

/** The index whose caret is nearest to a point: on the line at its height, the first or last where it is beyond them. */
export function indexAt(layout: TextLayout, [x, y]: Point): TextPosition {
  const { lines, lineHeight } = layout;
  const top = lines[0]?.top ?? 0;
  const number = Math.min(Math.max(Math.floor((y - top) / lineHeight), 0), lines.length - 1);
  const line = lines[number] as TextLine;
  const isBroken = lines[number + 1]?.start === line.end;
  // Behind a broken line, the caret stands at its last letter, not behind spaces that nobody sees.
  const last = isBroken ? line.shownEnd : line.end;
  let index = line.start;
  let nearest = Number.POSITIVE_INFINITY;
  for (const stop of caretStops(layout.text, line.start, last)) {
    const distance = Math.abs(caretX(layout, line, stop) - x);
    if (distance < nearest) [index, nearest] = [stop, distance];
  }
  return { index, upstream: isBroken && index === line.end };
}

/** The boxes behind the characters from index `from` to `to`, from line to line, on each from left to right. */
export function selectionBoxes(layout: TextLayout, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (const [number, line] of layout.lines.entries()) {
    if (line.start >= to) break;
    const next = layout.lines[number + 1];
    const minY = line.top;
    const maxY = line.top + layout.lineHeight;
    for (const piece of line.pieces) {
      const start = Math.max(piece.start, from);
      const end = Math.min(piece.end, to);
      if (start >= end) continue;
      const [a, b] = [xWithin(layout, piece, start), xWithin(layout, piece, end)];
      boxes.push({ minX: Math.min(a, b), minY, maxX: Math.max(a, b), maxY });
    }
    const holdsFeed = next !== undefined && next.start > line.end && from <= line.end && to > line.end;
    if (!holdsFeed) continue;
    const width = FEED * layout.lineHeight;
    const x = caretX(layout, line, line.end);
    const [minX, maxX] = line.direction === 'rtl' ? [x - width, x] : [x, x + width];
    boxes.push({ minX, minY, maxX, maxY });
  }
  return boxes;
}

/** The piece of text under a point, whose format may hold a link; null beside the letters. */
export function pieceAt({ lines, lineHeight }: TextLayout, [x, y]: Point): TextPiece | null {
  const line = lines.find(({ top }) => y >= top && y < top + lineHeight);
  return line?.pieces.find((piece) => x >= piece.x && x < piece.x + piece.width) ?? null;
}

/** Where a caret can stand from `start` to `end`: between characters as people see them. */
function* caretStops(text: string, start: number, end: number): Iterable<number> {
  for (const { index } of graphemes.segment(text.slice(start, end))) yield start + index;
  yield end;
}

function caretX(layout: TextLayout, line: TextLine, index: number): number {
  let before: TextPiece | undefined;
  for (const piece of line.pieces) {
    if (index >= piece.start && index < piece.end) return xWithin(layout, piece, index);
    if (piece.end === index) before = piece;
  }
  if (before !== undefined) return xWithin(layout, before, index);
  return line.direction === 'rtl' ? line.x + line.width : line.x;
}

/** Where the caret stands at an index of a piece, whose own end counts. */
function xWithin({ text, measure }: TextLayout, piece: TextPiece, index: number): number {
  const { start, end, x, width, level, font } = piece;
  const part = index <= start ? 0 : index >= end ? width : measure(text.slice(start, index), font);
  return level % 2 === 1 ? x + width - part : x + part;
}
