import type { Board } from '@inkwire/core';
import { createCanvasSurface } from '../paint/canvas-surface.js';
import { type PictureOptions, pictureOf } from './picture.js';

export interface PngOptions extends PictureOptions {
  /** Pixels per page unit. Default 2. */
  readonly scale?: number | undefined;
}

/** Browsers refuse larger canvases: on a side, and in all. */
const LARGEST_SIDE = 16_384;
const LARGEST_AREA = 2 ** 27;

/**
 * The board, or a part of it, as a PNG. Painted by what paints the screen. A picture that would be larger than browsers
 * can make comes at the largest scale that they can.
 */
export async function exportPng(board: Board, options: PngOptions = {}): Promise<Blob> {
  const { box, theme, background, paint } = pictureOf(board, options);
  const scale = possibleScale(box.maxX - box.minX, box.maxY - box.minY, options.scale ?? 2);
  const originX = Math.floor(box.minX * scale);
  const originY = Math.floor(box.minY * scale);
  const width = Math.max(Math.ceil(box.maxX * scale) - originX, 1);
  const height = Math.max(Math.ceil(box.maxY * scale) - originY, 1);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives no canvas to paint the picture on.');
  if (background !== null) {
    context.fillStyle = background;
    context.fillRect(0, 0, width, height);
  }
  paint(createCanvasSurface(context, { scale, originX, originY }, theme));
  return canvas.convertToBlob({ type: 'image/png' });
}

export function possibleScale(width: number, height: number, wanted: number): number {
  const bySide = (LARGEST_SIDE - 2) / Math.max(width, height, 1e-9);
  const byArea = Math.sqrt(LARGEST_AREA / Math.max(width * height, 1e-9));
  return Math.min(wanted, bySide, byArea * 0.99);
}
