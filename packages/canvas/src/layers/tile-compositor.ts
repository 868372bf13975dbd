import type { Box } from '@inkwire/core';
import { type CanvasContext, createCanvasSurface, type Raster } from '../paint/canvas-surface.js';
import type { Surface } from '../paint/surface.js';
import type { Theme } from '../paint/theme.js';
import { resetContext, TILE_SIZE, type Tile, type TileSource, tileRaster, WHOLE } from './tile.js';
import { contextOf, createScratch, penFor } from './tile-canvas.js';
import { type Level, placeKey, placesUnder, tileRect } from './tile-level.js';
import { type PixelRect, pageBox, pixelsOf, type View } from './view.js';

/** What is painted over the tiles: live ink, and what is in somebody's hands. */
export interface Overpaint {
  reaches(box: Box): boolean;
  /** The parts of `box` where something lies between elements of the tiles. */
  between(box: Box): readonly Box[];
  /** Paints, on paper, the elements of the tiles that reach into `box` and what lies between them. */
  paintAll(surface: Surface, theme: Theme, box: Box): void;
  /** Paints what reaches into `box` and lies over all that the tiles show. */
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
  const fresh = createScratch();

  /** Paints on blank paper what is under `area`. */
  function paintFresh(raster: Raster, area: PixelRect, over: Overpaint): OffscreenCanvas {
    const { theme } = source;
    const canvas = fresh.at(raster.scale);
    const context = contextOf(canvas);
    resetContext(context);
    context.fillStyle = theme.paper;
    context.fillRect(area.x, area.y, area.width, area.height);
    const pen = penFor(context, raster.scale, area, theme.paper);
    over.paintAll(createCanvasSurface(context, raster, theme, pen), theme, pageBox(area, raster));
    pen?.lift();
    return canvas;
  }

  /** The part of a tile that is seen, with `over` painted over it; what lies around that part is left from before. */
  function overpainted(tile: Tile, scale: number, part: PixelRect, over: Overpaint): OffscreenCanvas | null {
    const copy = scratch.at(scale);
    const context = copy.getContext('2d', { alpha: false });
    if (context === null) return tile.canvas;
    const { x, y, width, height } = part;
    resetContext(context);
    if (tile.canvas !== null) copyPixels(context, tile.canvas, part, part);
    else {
      context.fillStyle = source.theme.paper;
      context.fillRect(x, y, width, height);
    }
    const raster = tileRaster(tile, scale);
    for (const box of over.between(pageBox(part, raster))) {
      const area = pixelsOf(box, raster, TILE_SIZE, TILE_SIZE);
      if (area !== null) copyPixels(context, paintFresh(raster, area, over), area, area);
    }
    const pen = penFor(context, scale, part);
    over.paint(createCanvasSurface(context, raster, source.theme, pen), source.theme, pageBox(part, raster));
    pen?.lift();
    return copy;
  }

  return {
    release() {
      scratch.release();
      fresh.release();
    },
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
          if (image !== null) copyPixels(context, image, part, seen);
          else if (over !== null) {
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
    clipTo(context, target);
    const { theme } = source;
    const surface = createCanvasSurface(context, view, theme);
    for (const part of over.between(box)) {
      const area = pixelsOf(part, view, view.width, view.height);
      if (area === null) continue;
      context.save();
      clipTo(context, area);
      context.fillStyle = theme.paper;
      context.fillRect(area.x, area.y, area.width, area.height);
      over.paintAll(surface, theme, part);
      context.restore();
    }
    over.paint(surface, theme, box);
    context.restore();
  }
}

function clipTo(context: CanvasContext, { x, y, width, height }: PixelRect): void {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}

function copyPixels(context: CanvasContext, image: OffscreenCanvas, from: PixelRect, to: PixelRect): void {
  context.drawImage(image, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height);
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
