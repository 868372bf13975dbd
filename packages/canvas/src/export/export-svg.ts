import type { Board } from '@inkwire/core';
import { boardOf } from './board-file.js';
import { boardMetadata } from './embedded-board.js';
import { short } from './path-data.js';
import { type PictureOptions, pictureOf } from './picture.js';
import { loadImages } from './picture-images.js';
import { createSvgSurface } from './svg-surface.js';

export interface SvgOptions extends PictureOptions {
  /** CSS pixels per page unit. Default 1. */
  readonly scale?: number | undefined;
}

/**
 * The board, or a part of it, as an SVG document that needs nothing from elsewhere but fonts. Painted by what paints the
 * screen. Unless told otherwise the board is in it: `openPicture` finds it.
 */
export async function exportSvg(board: Board, options: SvgOptions = {}): Promise<string> {
  const { scale = 1, embed = true } = options;
  if (!(scale > 0 && Number.isFinite(scale))) throw new RangeError(`scale must be above 0, not ${scale}.`);
  const { box, theme, background, elements, paint } = pictureOf(board, options);
  const surface = createSvgSurface(theme);
  paint(surface, await loadImages(elements, null, options));
  const [x, y, width, height] = [box.minX, box.minY, box.maxX - box.minX, box.maxY - box.minY].map(short);
  const size = `width="${short((box.maxX - box.minX) * scale)}" height="${short((box.maxY - box.minY) * scale)}"`;
  const metadata = embed ? [await boardMetadata(boardOf(board, elements))] : [];
  const paper =
    background === null
      ? []
      : [`<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${background}"/>`];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="${x} ${y} ${width} ${height}">`,
    ...metadata,
    ...paper,
    surface.markup,
    '</svg>',
    '',
  ].join('\n');
}
