import type { Board, Box } from '@inkwire/core';
import { createCanvasSurface } from '../paint/canvas-surface.js';
import { boardOf } from './board-file.js';
import { embedInPng } from './embedded-board.js';
import { ExportError } from './export-error.js';
import { type PictureOptions, pictureOf } from './picture.js';
import { loadImages } from './picture-images.js';

export interface PngOptions extends PictureOptions {
  /** Pixels per page unit. Default: 2, or what browsers can make of a picture that is too large for that. */
  readonly scale?: number | undefined;
}

/** Browsers refuse larger canvases: on a side, and in all. */
const LARGEST_SIDE = 16_384;
const LARGEST_AREA = 2 ** 27;
const DEFAULT_SCALE = 2;

/**
 * The board, or a part of it, as a PNG. Painted by what paints the screen, when all its pictures are there. Unless told
 * otherwise the board is in it: `openPicture` finds it.
 *
 * Rejects with `ExportError` of code `too-large` at a scale at which browsers cannot make the picture.
 */
export async function exportPng(board: Board, options: PngOptions = {}): Promise<Blob> {
  const { embed = true } = options;
  const { box, theme, background, elements, paint } = pictureOf(board, options);
  const scale = checkedScale(box, options.scale);
  const originX = Math.floor(box.minX * scale);
  const originY = Math.floor(box.minY * scale);
  const width = Math.max(Math.ceil(box.maxX * scale) - originX, 1);
  const height = Math.max(Math.ceil(box.maxY * scale) - originY, 1);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) {
    throw new ExportError('unsupported', 'This browser gives no canvas to paint the picture on.');
  }
  const images = await loadImages(elements, scale, options);
  if (background !== null) {
    context.fillStyle = background;
    context.fillRect(0, 0, width, height);
  }
  paint(createCanvasSurface(context, { scale, originX, originY }, theme), images);
  images.destroy();
  const png = await canvas.convertToBlob({ type: 'image/png' });
  if (!embed) return png;
  const bytes = new Uint8Array(await png.arrayBuffer());
  const whole = await embedInPng(bytes, boardOf(board, elements));
  return new Blob([whole], { type: 'image/png' });
}

function checkedScale({ minX, minY, maxX, maxY }: Box, wanted: number | undefined): number {
  const [width, height] = [maxX - minX, maxY - minY];
  const largest = largestScale(width, height);
  if (wanted === undefined) return Math.min(DEFAULT_SCALE, largest);
  if (!(wanted > 0 && Number.isFinite(wanted))) throw new RangeError(`scale must be above 0, not ${wanted}.`);
  if (wanted <= largest) return wanted;
  throw new ExportError(
    'too-large',
    `At scale ${wanted} the picture would have ${Math.ceil(width * wanted)} × ${Math.ceil(height * wanted)} pixels, ` +
      `and browsers make no more than ${LARGEST_SIDE} on a side and ${LARGEST_AREA} in all: ` +
      `export less of the board, or at most at scale ${largest.toPrecision(3)}.`,
  );
}

/** The largest scale at which browsers can make a picture of so many page units. */
export function largestScale(width: number, height: number): number {
  // Edges that lie between pixels take one more on either side.
  const bySide = (LARGEST_SIDE - 2) / Math.max(width, height, 1e-9);
  const byArea = Math.sqrt(LARGEST_AREA / Math.max(width * height, 1e-9)) * 0.99;
  return Math.min(bySide, byArea);
}
