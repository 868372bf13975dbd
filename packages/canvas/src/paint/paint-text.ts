import { type Box, growBox, type Point, pathAlong } from '@inkwire/core';
import { textLayoutOf, type WrittenElement } from './element-text.js';
import type { PaintContext } from './paint-context.js';
import type { Fill, Surface } from './surface.js';
import type { TextLayout, TextPiece } from './text-layout.js';
import { adaptColor } from './theme.js';

/** Letters that are smaller than this on the screen, in device pixels, are drawn as a bar: nobody can read them. */
const LEGIBLE = 2.5;
const BAR = { height: 0.5, opacity: 0.45 };
/** Up to so many lines it is not worth asking which of them can be seen. */
const FEW_LINES = 12;
/** How far lines that belong to text are from its baseline, and how thick, in sizes of the font. */
const UNDERLINE = 0.12;
const STRIKE = -0.28;
const THICKNESS = 0.065;
/** The ground of code reaches this far beyond its letters, in sizes of the font; it is as faint as this. */
const CODE_GROUND = { above: 0.92, below: 0.26, aside: 0.08, opacity: 0.1 };

/** Paints the element's text in its box; `color` is that of letters without one of their own. */
export function paintText(
  surface: Surface,
  element: WrittenElement,
  color: string,
  context: PaintContext,
): void {
  if (element.text.length === 0) return;
  const opacity = element.opacity * context.fade;
  paintLayout(
    surface,
    textLayoutOf(element, context.resources?.measure),
    { color, opacity, blend: 'normal' },
    context,
  );
}

/** Paints a text where its layout says. */
export function paintLayout(
  surface: Surface,
  layout: TextLayout,
  fill: Fill,
  { theme }: Pick<PaintContext, 'theme'>,
): void {
  const { lines, lineHeight } = layout;
  for (const { pieces, baseline, shownEnd, x, width, top } of lines) {
    // Of a long text a tile holds a few lines, and marks of letters reach into the lines above and below.
    const box = growBox({ minX: x, minY: top, maxX: x + width, maxY: top + lineHeight }, lineHeight);
    if (lines.length > FEW_LINES && !surface.shows(box)) continue;
    for (const piece of pieces) {
      if (piece.start >= shownEnd) continue;
      const { color } = piece.format;
      paintPiece(surface, layout, piece, baseline, {
        ...fill,
        color: color === null ? fill.color : adaptColor(color, theme),
      });
    }
  }
}

function paintPiece(
  surface: Surface,
  { text, fontSize }: TextLayout,
  piece: TextPiece,
  baseline: number,
  fill: Fill,
): void {
  const { x, width, font, level, format } = piece;
  const across = (from: number, to: number, beyond = 0): Box => ({
    minX: x - beyond * fontSize,
    minY: baseline + from * fontSize,
    maxX: x + width + beyond * fontSize,
    maxY: baseline + to * fontSize,
  });
  if (format.code) {
    const { above, below, aside, opacity } = CODE_GROUND;
    fillBox(surface, across(-above, below, aside), { ...fill, opacity: fill.opacity * opacity });
  }
  if (font.size * surface.scale < LEGIBLE) {
    fillBox(surface, across(-BAR.height, 0), { ...fill, opacity: fill.opacity * BAR.opacity });
    return;
  }
  const direction = level % 2 === 1 ? 'rtl' : 'ltr';
  surface.fillText({ text: text.slice(piece.start, piece.end), x, y: baseline, direction, font }, fill);
  if (format.underline || format.link !== null)
    fillBox(surface, across(UNDERLINE, UNDERLINE + THICKNESS), fill);
  if (format.strike) fillBox(surface, across(STRIKE, STRIKE + THICKNESS), fill);
}

function fillBox(surface: Surface, { minX, minY, maxX, maxY }: Box, fill: Fill): void {
  const corners: readonly Point[] = [
    [minX, minY],
    [maxX, minY],
    [maxX, maxY],
    [minX, maxY],
  ];
  surface.fillPath(pathAlong(corners, true), fill);
}
