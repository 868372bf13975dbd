import type { Font } from './font.js';
import { unbreakablePieces } from './line-break.js';
import { type FormatSpan, spansWithin, type TextFormat } from './text-format.js';
import type { Measure } from './text-measure.js';

/** A text and what its width depends on. */
export interface BreakableText {
  readonly text: string;
  readonly spans: readonly FormatSpan[];
  readonly fontOf: (format: TextFormat) => Font;
  readonly measure: Measure;
}

/** A line of a paragraph: from `start` to `end` of the text, of which the spaces after `shownEnd` hang over the edge. */
export interface BrokenLine {
  readonly start: number;
  readonly end: number;
  readonly shownEnd: number;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Breaks the paragraph between `start` and `end` wherever a line would become wider than `maxWidth`: between words
 * where that is possible, between characters where a word is wider than a line by itself. Spaces at the end of a line
 * take no room, and where nothing breaks a line they stay.
 */
export function breakParagraph(
  source: BreakableText,
  start: number,
  end: number,
  maxWidth: number,
): { readonly lines: readonly BrokenLine[]; readonly breaksWords: boolean } {
  if (maxWidth === Number.POSITIVE_INFINITY) {
    return { lines: [{ start, end, shownEnd: end }], breaksWords: false };
  }
  const lines: BrokenLine[] = [];
  let breaksWords = false;
  let from = start;
  let at = start;
  let width = 0;

  function finish(to: number): void {
    lines.push({ start: from, end: to, shownEnd: from + source.text.slice(from, to).trimEnd().length });
    from = to;
    width = 0;
  }

  for (const piece of unbreakablePieces(source.text.slice(start, end))) {
    const word = piece.trimEnd();
    const wordWidth = widthOf(source, at, at + word.length);
    if (at > from && width + wordWidth > maxWidth) finish(at);
    if (wordWidth > maxWidth) {
      for (const { segment } of graphemes.segment(word)) {
        const own = widthOf(source, at, at + segment.length);
        if (at > from && width + own > maxWidth) {
          finish(at);
          breaksWords = true;
        }
        width += own;
        at += segment.length;
      }
    } else {
      width += wordWidth;
      at += word.length;
    }
    const next = at + piece.length - word.length;
    width += widthOf(source, at, next);
    at = next;
  }
  lines.push({ start: from, end, shownEnd: from + source.text.slice(from, end).trimEnd().length });
  return { lines, breaksWords };
}

function widthOf({ text, spans, fontOf, measure }: BreakableText, start: number, end: number): number {
  let width = 0;
  for (const span of spansWithin(spans, start, end)) {
    width += measure(text.slice(span.start, span.end), fontOf(span.format));
  }
  return width;
}
