import type { Lettering, TextRun } from '@inkwire/core';
import { directionOf, visualOrder } from './bidi.js';
import { FAMILIES, type Font } from './font.js';
import { type BreakableText, breakParagraph } from './paragraph.js';
import { formatSpans, spansWithin, type TextFormat } from './text-format.js';
import { type Measure, measureText } from './text-measure.js';

/** A stretch of a line that has one font and one direction, and so is drawn at once. */
export interface TextPiece {
  /** Where it begins and ends in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Its left edge, whatever its direction. */
  readonly x: number;
  readonly width: number;
  /** Odd from right to left. */
  readonly level: number;
  readonly format: TextFormat;
  readonly font: Font;
}

/** A line of text as it stands on the board. */
export interface TextLine {
  readonly start: number;
  /** Behind its last character: spaces that hang over the edge belong to the line, the line feed after it does not. */
  readonly end: number;
  /** Behind its last character that is no space at a broken line's end: what is drawn ends here. */
  readonly shownEnd: number;
  readonly direction: 'ltr' | 'rtl';
  readonly x: number;
  readonly width: number;
  readonly top: number;
  readonly baseline: number;
  /** From left to right; those of hanging spaces included. */
  readonly pieces: readonly TextPiece[];
}

/**
 * Where the letters of a text stand, in page units from the top left corner of whatever it is set in. There is always a
 * line, if only an empty one.
 */
export interface TextLayout {
  readonly text: string;
  /** From top to bottom. */
  readonly lines: readonly TextLine[];
  /** The size that it is set in, which may be smaller than that of its element. */
  readonly fontSize: number;
  readonly lineHeight: number;
  /** Of the longest line, and of all lines together. */
  readonly contentSize: readonly [width: number, height: number];
  /** Whether a word had to be broken because it is longer than a line. */
  readonly breaksWords: boolean;
  /** What it was measured by: carets are. */
  readonly measure: Measure;
}

export interface TextLayoutOptions {
  readonly font: Lettering['font'];
  /** Page units. */
  readonly fontSize: number;
  /** Default `start`: left in a paragraph that runs from left to right. */
  readonly align?: Lettering['align'];
  /** Lines lie between 0 and this, in page units. */
  readonly width: number;
  /** Whether lines break at `width`. Default true. */
  readonly wrap?: boolean;
  /** Where the first line begins. Default [0, 0]. */
  readonly origin?: readonly [x: number, y: number];
  /** Default: by the fonts of this machine. */
  readonly measure?: Measure | undefined;
}

/** In sizes of the font. */
export const LINE_HEIGHT = 1.3;
const ASCENT = 0.98;
/** Type with letters of one width looks larger than its neighbours. */
const CODE_SIZE = 0.92;

const PARAGRAPH_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;

/** Sets text in lines. */
export function layoutText(runs: readonly TextRun[], options: TextLayoutOptions): TextLayout {
  const { fontSize, width, wrap = true, origin = [0, 0], measure = measureText } = options;
  const text = runs.map(({ insert }) => insert).join('');
  const source: BreakableText = { text, spans: formatSpans(runs), fontOf: fontsOf(options), measure };
  const lineHeight = LINE_HEIGHT * fontSize;
  const lines: TextLine[] = [];
  let breaksWords = false;
  let widest = 0;
  for (const [start, end] of paragraphs(text)) {
    const { base, levels } = directionOf(text.slice(start, end));
    const broken = breakParagraph(
      source,
      start,
      end,
      wrap ? Math.max(width, fontSize) : Number.POSITIVE_INFINITY,
    );
    breaksWords ||= broken.breaksWords;
    for (const { start: from, end: to, shownEnd } of broken.lines) {
      const levelAt = (index: number) =>
        index >= shownEnd ? (base === 'rtl' ? 1 : 0) : (levels?.[index - start] ?? 0);
      const shown = piecesOf(source, from, shownEnd, levelAt);
      const hanging = piecesOf(source, shownEnd, to, levelAt);
      const lineWidth = shown.reduce((sum, piece) => sum + piece.width, 0);
      widest = Math.max(widest, lineWidth);
      const x = origin[0] + indent(options.align ?? 'start', base, width - lineWidth);
      const top = origin[1] + lines.length * lineHeight;
      lines.push({
        start: from,
        end: to,
        shownEnd,
        direction: base,
        x,
        width: lineWidth,
        top,
        baseline: top + ASCENT * fontSize,
        pieces: place(shown, hanging, base, x),
      });
    }
  }
  return {
    text,
    lines,
    fontSize,
    lineHeight,
    contentSize: [widest, lines.length * lineHeight],
    breaksWords,
    measure,
  };
}

function* paragraphs(text: string): Iterable<readonly [start: number, end: number]> {
  let start = 0;
  for (const { index, 0: feed } of text.matchAll(PARAGRAPH_END)) {
    yield [start, index];
    start = index + feed.length;
  }
  yield [start, text.length];
}

function indent(align: Lettering['align'], direction: 'ltr' | 'rtl', room: number): number {
  if (align === 'center') return room / 2;
  return (align === 'end') === (direction === 'ltr') ? room : 0;
}

function fontsOf({ font, fontSize }: TextLayoutOptions): (format: TextFormat) => Font {
  const fonts = new Map<TextFormat, Font>();
  return (format) => {
    let found = fonts.get(format);
    if (found === undefined) {
      const { bold, italic, code } = format;
      found = code
        ? { family: FAMILIES.mono, size: fontSize * CODE_SIZE, bold, italic }
        : { family: FAMILIES[font], size: fontSize, bold, italic };
      fonts.set(format, found);
    }
    return found;
  };
}

type Unplaced = Omit<TextPiece, 'x'>;

/** The pieces of `text` from `start` to `end` that have one format and one level, in the order of the text. */
function piecesOf(
  { text, spans, fontOf, measure }: BreakableText,
  start: number,
  end: number,
  levelAt: (index: number) => number,
): Unplaced[] {
  const pieces: Unplaced[] = [];
  for (const span of spansWithin(spans, start, end)) {
    let from = span.start;
    while (from < span.end) {
      const level = levelAt(from);
      let to = from + 1;
      while (to < span.end && levelAt(to) === level) to++;
      const font = fontOf(span.format);
      pieces.push({
        start: from,
        end: to,
        width: measure(text.slice(from, to), font),
        level,
        format: span.format,
        font,
      });
      from = to;
    }
  }
  return pieces;
}

/** Puts pieces side by side from `x` on; spaces that hang over stand behind the line's end, outside. */
function place(
  shown: readonly Unplaced[],
  hanging: readonly Unplaced[],
  direction: 'ltr' | 'rtl',
  x: number,
): TextPiece[] {
  let left = x;
  if (direction === 'rtl') for (const { width } of hanging) left -= width;
  const before = direction === 'rtl' ? [...hanging].reverse() : [];
  const after = direction === 'ltr' ? hanging : [];
  return [...before, ...visualOrder(shown), ...after].map((piece) => {
    const placed = { ...piece, x: left };
    left += piece.width;
    return placed;
  });
}
