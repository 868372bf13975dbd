import type { CanvasContext } from '../paint/canvas-surface.js';
import { createPixelPen, type PixelPen } from '../paint/pixel-pen.js';
import { TILE_SIZE } from './tile.js';
import type { PixelRect } from './view.js';

/** Up to this scale (device pixels per page unit) most ink is thin lines. */
const DISTANT = 0.5;

/** A canvas for a tile of that scale, opaque. From far away its pixels are where this page can read and write them. */
export function createTileCanvas(scale: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(TILE_SIZE, TILE_SIZE);
  // What it is first asked for decides.
  canvas.getContext('2d', { alpha: false, willReadFrequently: isDistant(scale) });
  return canvas;
}

export function contextOf(canvas: OffscreenCanvas): CanvasContext {
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('An OffscreenCanvas of 256 × 256 pixels has no 2d context.');
  return context;
}

/**
 * What draws thin lines on a tile's canvas; null for near tiles, which may be in a graphics card's memory.
 *
 * @param blank the colour that all of `area` has, where that is known.
 */
export function penFor(
  context: CanvasContext,
  scale: number,
  area: PixelRect,
  blank: string | null = null,
): PixelPen | null {
  return isDistant(scale) ? createPixelPen(context, area, blank) : null;
}

/** A canvas to prepare on what is to be on a tile's, just like that one. */
export interface Scratch {
  at(scale: number): OffscreenCanvas;
  release(): void;
}

export function createScratch(): Scratch {
  let canvas: OffscreenCanvas | null = null;
  let isForDistant = false;
  return {
    at(scale) {
      if (canvas === null || isForDistant !== isDistant(scale)) canvas = createTileCanvas(scale);
      isForDistant = isDistant(scale);
      return canvas;
    },
    release() {
      canvas = null;
    },
  };
}

function isDistant(scale: number): boolean {
  return scale <= DISTANT;
}
