import type { Box } from '@inkwire/core';
import { type CanvasContext, createCanvasSurface } from '../paint/canvas-surface.js';
import type { Surface } from '../paint/surface.js';
import type { Theme } from '../paint/theme.js';
import { resetContext, TILE_SIZE, type Tile, type TileSource, tileRaster, WHOLE } from './tile.js';
import { createScratch, penFor } from './tile-canvas.js';
import { type Level, placeKey, placesUnder, tileRect } from './tile-level.js';
import { type PixelRect, pageBox, type View } from './view.js';

/** What is painted over the tiles: live ink. */
export interface Overpaint {
  reaches(box: Box): boolean;
  /** Paints what reaches into `box`. */
  paint(surface: Surface, theme: Theme, box: Box): void;
}

/** Copies tiles to the screen. */
export interface Compositor {
  /** Whether painted tiles of `level` cover all of `rect`. */
  covers(level: Level, view: View, rect: PixelRect): boolean;
  /** Copies what `level` has under `rect` of the view, with `over` painted over it. */
  copy(context: CanvasContext, level: Level, view: View, rect: PixelRect, over: Overpaint | null): void;
  /** Gives its memory back. */
  release(): void;
}

/**
 * Live ink is painted on a copy of the tile, and not on the screen: the same path on the same canvas under the same
 * matrix as when it is committed. So both are the same pixels, whatever rasterises them.
 */
export function createCompositor(source: Pick<TileSource, 'theme'>): Compositor {
  const scratch = createScratch();

  /** The part of a tile that is seen, with `over` painted over it; what lies around that part is left from before. */
  function overpainted(tile: Tile, scale: number, part: PixelRect, over: Overpaint): OffscreenCanvas | null {
    const copy = scratch.at(scale);
    const context = copy.getContext('2d', { alpha: false });
    if (context === null) return tile.canvas;
    const { x, y, width, height } = part;
    resetContext(context);
    if (tile.canvas !== null) context.drawImage(tile.canvas, x, y, width, height, x, y, width, height);
    else {
      context.fillStyle = source.theme.paper;
      context.fillRect(x, y, width, height);
    }
    const raster = tileRaster(tile, scale);
    const pen = penFor(context, scale, part);
    over.paint(createCanvasSurface(context, raster, source.theme, pen), source.theme, pageBox(part, raster));
    pen?.lift();
    return copy;
  }

  return {
    release: scratch.release,
    covers: ({ scale, tiles }, view, rect) =>
      placesUnder(rect, view, scale, 0).every((place) => tiles.get(placeKey(place))?.painted),
    copy(context, { scale, tiles }, view, rect, over) {
      for (const place of placesUnder(rect, view, scale, 0)) {
        const tile = tiles.get(placeKey(place));
        const target = tileRect(place, scale, view);
        if (!meets(target, rect)) continue;
        // Stretched tiles are copied whole: parts of them would not meet without a seam.
        const seen = scale === view.scale ? overlap(target, rect) : target;
        const part =
          seen === target
            ? WHOLE
            : { x: seen.x - target.x, y: seen.y - target.y, width: seen.width, height: seen.height };
        const raster = { scale, originX: place.column * TILE_SIZE, originY: place.row * TILE_SIZE };
        const box = pageBox(part, raster);
        const live = over?.reaches(box) ? over : null;
        if (tile?.painted) {
          const image = live === null ? tile.canvas : overpainted(tile, scale, part, live);
          if (image !== null) {
            const { x, y, width, height } = part;
            context.drawImage(image, x, y, width, height, seen.x, seen.y, seen.width, seen.height);
          } else if (over !== null) {
            // An older level may have shown something here that is gone.
            context.fillStyle = source.theme.paper;
            context.fillRect(seen.x, seen.y, seen.width, seen.height);
          }
        } else if (live !== null) {
          paintDirectly(context, seen, view, box, live);
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

function meets(a: PixelRect, b: PixelRect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** What two rectangles share; the same object where that is all of `a`. They meet. */
function overlap(a: PixelRect, b: PixelRect): PixelRect {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return x === a.x && y === a.y && width === a.width && height === a.height ? a : { x, y, width, height };
}
