import { type Lettering, plainText } from '@inkwire/core';
import type { Fill, Font, Placement, Surface, TextLine } from './surface.js';
import { type BrokenLine, breakLines } from './text-layout.js';

/** How text sits in its box. */
export interface TextBox {
  readonly vertical: 'start' | 'center' | 'end';
  /** Page units between the text and the box's edges. */
  readonly padding: number;
  /** Whether lines break at the box's width. */
  readonly wrap: boolean;
  /** Whether text that is too long for the box is set smaller. */
  readonly shrink: boolean;
}

const FAMILIES: Readonly<Record<Lettering['font'], string>> = {
  hand: '"Segoe Print", "Bradley Hand", "Comic Neue", "Comic Sans MS", cursive',
  sans: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  serif: 'Charter, Georgia, "Times New Roman", serif',
  mono: 'ui-monospace, "Cascadia Code", Menlo, Consolas, monospace',
};
/** Text is set no smaller than this to fit its box, in page units. */
const SMALLEST_SIZE = 4;
const SHRINK = 0.94;
/** In sizes of the font. */
const LINE_HEIGHT = 1.3;
const ASCENT = 0.98;

/** Sets the element's text in its box; every run looks the same. */
export function paintText(
  surface: Surface,
  element: Lettering & Placement,
  { vertical, padding, wrap, shrink }: TextBox,
  fill: Fill,
): void {
  const text = plainText(element.text);
  if (text === '') return;
  const width = Math.abs(element.size[0]) - 2 * padding;
  const height = Math.abs(element.size[1]) - 2 * padding;
  const { font, broken } = set(
    surface,
    text,
    element,
    shrink ? height : Number.POSITIVE_INFINITY,
    wrap ? width : null,
  );
  const spare = height - broken.length * LINE_HEIGHT * font.size;
  const top = padding + (vertical === 'start' ? 0 : vertical === 'center' ? spare / 2 : spare);
  const lines = broken.map((line, i): TextLine => {
    const right = (element.align === 'end') !== (line.direction === 'rtl');
    const room = width - line.width;
    const indent = element.align === 'center' ? room / 2 : right ? room : 0;
    return {
      text: line.text,
      x: padding + indent,
      y: top + (i * LINE_HEIGHT + ASCENT) * font.size,
      direction: line.direction,
    };
  });
  surface.fillText(lines, font, fill);
}

/** Breaks text at its font's size, or at the largest smaller one at which it fits into `height`. */
function set(
  surface: Surface,
  text: string,
  { font: family, fontSize }: Lettering,
  height: number,
  width: number | null,
): { readonly font: Font; readonly broken: readonly BrokenLine[] } {
  for (let size = fontSize; ; size *= SHRINK) {
    const font: Font = { family: FAMILIES[family], size };
    const limit = width === null ? Number.POSITIVE_INFINITY : Math.max(width, size);
    const broken = breakLines(text, limit, (part) => surface.measureText(part, font));
    if (broken.length * LINE_HEIGHT * size <= height || size * SHRINK < SMALLEST_SIZE)
      return { font, broken };
  }
}
