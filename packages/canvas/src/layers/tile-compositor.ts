import type { Box } from '@inkwire/core';
import { type CanvasContext, createCanvasSurface } from '../paint/canvas-surface.js';
import type { Surface } from '../paint/surface.js';
import type { Theme } from '../paint/theme.js';
import { resetContext, TILE_SIZE, type Tile, type TileSource, tileRaster } from './tile.js';
import { type Level, placeKey, placesUnder, tileRect } from './tile-level.js';
import { type PixelRect, pageBox, type View } from './view.js';

/** What is painted over the tiles: live ink. */
export interface Overpaint {
  reaches(box: Box): boolean;
  paint(surface: Surface, theme: Theme, box: Box): void;
}

/** Copies tiles to the screen. */
export interface Compositor {
  /** Copies what `level` has under `rect` of the view, with `over` painted over it. */
  copy(context: CanvasContext, level: Level, view: View, rect: PixelRect, over: Overpaint | null): void;
}

/**
 * Live ink is painted on a copy of the tile, and not on the screen: the same path on the same canvas under the same
 * matrix as when it is committed. So both are the same pixels, whatever rasterises them.
 */
export function createCompositor(source: Pick<TileSource, 'theme'>): Compositor {
  let scratch: OffscreenCanvas | null = null;

  function overpainted(tile: Tile, scale: number, box: Box, over: Overpaint): OffscreenCanvas | null {
    scratch ??= new OffscreenCanvas(TILE_SIZE, TILE_SIZE);
    const context = scratch.getContext('2d', { alpha: false });
    if (context === null) return tile.canvas;
    resetContext(context);
    if (tile.canvas !== null) context.drawImage(tile.canvas, 0, 0);
    else {
      context.fillStyle = source.theme.paper;
      context.fillRect(0, 0, TILE_SIZE, TILE_SIZE);
    }
    over.paint(createCanvasSurface(context, tileRaster(tile, scale), source.theme), source.theme, box);
    return scratch;
  }

  return {
    copy(context, { scale, tiles }, view, rect, over) {
      for (const place of placesUnder(rect, view, scale, 0)) {
        const tile = tiles.get(placeKey(place));
        const target = tileRect(place, scale, view);
        const raster = { scale, originX: place.column * TILE_SIZE, originY: place.row * TILE_SIZE };
        const box = pageBox({ x: 0, y: 0, width: TILE_SIZE, height: TILE_SIZE }, raster);
        const live = over?.reaches(box) ? over : null;
        if (tile?.painted) {
          const image = live === null ? tile.canvas : overpainted(tile, scale, box, live);
          if (image !== null) {
            context.drawImage(image, target.x, target.y, target.width, target.height);
          } else if (over !== null) {
            // An older level may have shown something here that is gone.
            context.fillStyle = source.theme.paper;
            context.fillRect(target.x, target.y, target.width, target.height);
          }
        } else if (live !== null) {
          paintDirectly(context, target, view, box, live);
        }
      }
    },
  };

  /** Over a tile that is not painted yet, whatever is shown there meanwhile. */
  function paintDirectly(
    context: CanvasContext,
    target: PixelRect,
    view: View,
    box: Box,
    over: Overpaint,
  ): void {
    context.save();
    context.beginPath();
    context.rect(target.x, target.y, target.width, target.height);
    context.clip();
    over.paint(createCanvasSurface(context, view, source.theme), source.theme, box);
    context.restore();
  }
}
