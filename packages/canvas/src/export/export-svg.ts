import type { Board } from '@inkwire/core';
import type { Font } from '../paint/surface.js';
import { type PictureOptions, pictureOf } from './picture.js';
import { createSvgSurface } from './svg-surface.js';

/**
 * The board, or a part of it, as an SVG document: one page unit is one CSS pixel. Painted by what paints the screen.
 *
 * @param measure the width of text in page units. Default: by the fonts of this browser.
 */
export function exportSvg(
  board: Board,
  options: PictureOptions = {},
  measure: (text: string, font: Font) => number = measureHere(),
): string {
  const { box, theme, background, paint } = pictureOf(board, options);
  const [width, height] = [box.maxX - box.minX, box.maxY - box.minY];
  const surface = createSvgSurface(theme, measure);
  paint(surface);
  const paper =
    background === null
      ? ''
      : `<rect x="${box.minX}" y="${box.minY}" width="${width}" height="${height}" fill="${background}"/>\n`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${box.minX} ${box.minY} ${width} ${height}">
${paper}${surface.markup}
</svg>
`;
}

function measureHere(): (text: string, font: Font) => number {
  let context: OffscreenCanvasRenderingContext2D | null = null;
  return (text, { family, size }) => {
    context ??= new OffscreenCanvas(1, 1).getContext('2d');
    if (context === null) return text.length * size * 0.5;
    context.font = `${size}px ${family}`;
    return context.measureText(text).width;
  };
}
