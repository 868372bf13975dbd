import type { Board } from '@inkwire/core';
import { type Measure, measureText } from '../paint/text-measure.js';
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
  measure: Measure = measureText,
): string {
  const { box, theme, background, paint } = pictureOf(board, options, measure);
  const [width, height] = [box.maxX - box.minX, box.maxY - box.minY];
  const surface = createSvgSurface(theme);
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
