import type { Box, Element } from '@inkwire/core';
import { type CanvasContext, createCanvasSurface, type Raster } from '../paint/canvas-surface.js';
import { paintElement } from '../paint/paint-element.js';
import type { Theme } from '../paint/theme.js';
import { type PixelRect, pageBox, pixelsOf, unionRect } from './view.js';

/** Width and height in device pixels. */
export const TILE_SIZE = 256;

/** What tiles are painted from. */
export interface TileSource {
  query(box: Box): Element[];
  readonly theme: Theme;
  /** Multiplies an element's opacity, 0..1. */
  fade(element: Element): number;
}

/** A square of committed elements at one scale, kept as pixels. */
export interface Tile {
  readonly column: number;
  readonly row: number;
  /** null while it was never painted, and when there is nothing on it. */
  canvas: OffscreenCanvas | null;
  /** The pixels that are out of date; null when it is right. */
  dirty: PixelRect | null;
  painted: boolean;
}

export function createTile(column: number, row: number): Tile {
  return {
    column,
    row,
    canvas: null,
    dirty: { x: 0, y: 0, width: TILE_SIZE, height: TILE_SIZE },
    painted: false,
  };
}

export function tileRaster(tile: Tile, scale: number): Raster {
  return { scale, originX: tile.column * TILE_SIZE, originY: tile.row * TILE_SIZE };
}

/** Marks what `box` covers as out of date. */
export function damageTile(tile: Tile, scale: number, box: Box): void {
  const rect = pixelsOf(box, tileRaster(tile, scale), TILE_SIZE, TILE_SIZE);
  if (rect !== null) tile.dirty = tile.dirty === null ? rect : unionRect(tile.dirty, rect);
}

/** Paints the part that is out of date, and returns it as a box on the page (null if nothing was). */
export function paintTile(tile: Tile, scale: number, source: TileSource): Box | null {
  const rect = tile.dirty;
  if (rect === null) return null;
  const raster = tileRaster(tile, scale);
  const box = pageBox(rect, raster);
  const elements = source.query(box);
  const whole = rect.width === TILE_SIZE && rect.height === TILE_SIZE;
  if (elements.length === 0 && (whole || tile.canvas === null)) {
    tile.canvas = null;
  } else {
    const fresh = tile.canvas === null;
    tile.canvas ??= new OffscreenCanvas(TILE_SIZE, TILE_SIZE);
    const context = tile.canvas.getContext('2d', { alpha: false });
    if (context === null) return null;
    const area = fresh ? { x: 0, y: 0, width: TILE_SIZE, height: TILE_SIZE } : rect;
    paintArea(context, area, raster, elements, source);
  }
  tile.dirty = null;
  tile.painted = true;
  return box;
}

function paintArea(
  context: CanvasContext,
  rect: PixelRect,
  raster: Raster,
  elements: readonly Element[],
  source: TileSource,
): void {
  context.save();
  context.beginPath();
  context.rect(rect.x, rect.y, rect.width, rect.height);
  context.clip();
  context.fillStyle = source.theme.paper;
  context.fillRect(rect.x, rect.y, rect.width, rect.height);
  const surface = createCanvasSurface(context, raster, source.theme);
  for (const element of elements) paintElement(surface, element, source.theme, source.fade(element));
  context.restore();
}
