import { cssFont, type Font } from './font.js';

/** The width of a piece of text in page units. */
export type Measure = (text: string, font: Font) => number;

/** More widths than this are forgotten at once: a board of long texts would keep them all. */
const MOST_WIDTHS = 50_000;
/** Longer pieces than this, in UTF-16 units, seldom come twice. */
const LONGEST_KEPT = 64;

interface MeasuredFont {
  readonly name: string;
  readonly widths: Map<string, number>;
}

const byName = new Map<string, MeasuredFont>();
/** Naming a font takes longer than finding a width: a layout asks for a few fonts very often. */
let byFont = new WeakMap<Font, MeasuredFont>();
let count = 0;
let context: OffscreenCanvasRenderingContext2D | null | undefined;
let shownFont = '';

/** Measures by the fonts of this machine, in a window or a worker; where there are none (Node), by a guess. */
export const measureText: Measure = (text, font) => {
  context ??= createContext();
  if (context === null) return guessWidth(text, font);
  const { name, widths } = measuredFont(font);
  if (text.length > LONGEST_KEPT) return measureOn(context, text, name);
  let width = widths.get(text);
  if (width === undefined) {
    width = measureOn(context, text, name);
    widths.set(text, width);
    if (++count > MOST_WIDTHS) forgetWidths();
  }
  return width;
};

/** Fonts have arrived: what was measured without them is wrong. */
export function forgetWidths(): void {
  byName.clear();
  byFont = new WeakMap();
  count = 0;
  shownFont = '';
}

function measuredFont(font: Font): MeasuredFont {
  let measured = byFont.get(font);
  if (measured === undefined) {
    const name = cssFont(font);
    measured = byName.get(name) ?? { name, widths: new Map() };
    byName.set(name, measured);
    byFont.set(font, measured);
  }
  return measured;
}

function measureOn(measuring: OffscreenCanvasRenderingContext2D, text: string, font: string): number {
  if (shownFont !== font) {
    measuring.font = font;
    shownFont = font;
  }
  return measuring.measureText(text).width;
}

function createContext(): OffscreenCanvasRenderingContext2D | null {
  if (typeof OffscreenCanvas === 'undefined') return null;
  const created = new OffscreenCanvas(1, 1).getContext('2d');
  if (created !== null) setPrecision(created);
  return created;
}

/** Letters stand where the font wants them at every zoom, and not where the pixels of one size are. */
export function setPrecision(context: { textRendering?: CanvasTextRendering }): void {
  context.textRendering = 'geometricPrecision';
}

const WIDE =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Extended_Pictographic}/u;

function guessWidth(text: string, { size, bold = false }: Font): number {
  let width = 0;
  for (const sign of text) width += WIDE.test(sign) ? 1 : 0.52;
  return width * size * (bold ? 1.06 : 1);
}
