import type { Box, Element } from '@inkwire/core';
import { type CanvasContext, createCanvasSurface, type Raster } from '../paint/canvas-surface.js';
import { paintElement } from '../paint/paint-element.js';
import type { Theme } from '../paint/theme.js';
import { comparePaintOrder } from '../scene/paint-order.js';
import { type PixelRect, pageBox, pixelsOf, unionRect } from './view.js';

/** Width and height in device pixels. */
export const TILE_SIZE = 256;
const WHOLE: PixelRect = { x: 0, y: 0, width: TILE_SIZE, height: TILE_SIZE };

/**
 * Up to so many elements a tile is painted anew as a whole: then its pixels do not depend on how it came about.
 * Beyond, only the part that changed is, whose antialiasing may differ by a shade from the same ink painted unclipped.
 */
const PAINT_WHOLE_UP_TO = 120;

/** What tiles are painted from. */
export interface TileSource {
  /** In paint order. */
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
  painted: boolean;
  /** The pixels that are out of date; null when none are. */
  dirty: PixelRect | null;
  /** The topmost of the elements that were painted. */
  top: Element | null;
  /** Elements that only have to be painted over what is there. */
  added: Element[];
}

export function createTile(column: number, row: number): Tile {
  return { column, row, canvas: null, painted: false, dirty: WHOLE, top: null, added: [] };
}

export function tileRaster(tile: Tile, scale: number): Raster {
  return { scale, originX: tile.column * TILE_SIZE, originY: tile.row * TILE_SIZE };
}

export function isStale(tile: Tile): boolean {
  return tile.dirty !== null || tile.added.length > 0;
}

/** Marks what `box` covers as out of date. */
export function damageTile(tile: Tile, scale: number, box: Box): void {
  const rect = pixelsOf(box, tileRaster(tile, scale), TILE_SIZE, TILE_SIZE);
  if (rect !== null) tile.dirty = tile.dirty === null ? rect : unionRect(tile.dirty, rect);
}

/** Takes in a new element: over what is there if it is the topmost, as what somebody just drew is. */
export function addToTile(tile: Tile, scale: number, box: Box, element: Element): void {
  const top = tile.added.at(-1) ?? tile.top;
  const above = top === null || comparePaintOrder(element, top) > 0;
  if (tile.painted && tile.dirty === null && above) tile.added.push(element);
  else damageTile(tile, scale, box);
}

/** Paints what is out of date, and returns it as a box on the page (null if nothing was). */
export function paintTile(tile: Tile, scale: number, source: TileSource): Box | null {
  const raster = tileRaster(tile, scale);
  if (tile.dirty === null) return paintAdded(tile, raster, source);
  const all = source.query(pageBox(WHOLE, raster));
  const partly = tile.canvas !== null && all.length > PAINT_WHOLE_UP_TO;
  const rect = partly ? tile.dirty : WHOLE;
  const box = pageBox(rect, raster);
  if (all.length === 0) tile.canvas = null;
  else {
    const context = contextOf(tile);
    if (context === null) return null;
    paintArea(context, rect, raster, partly ? source.query(box) : all, source);
  }
  tile.top = all.at(-1) ?? null;
  tile.painted = true;
  tile.dirty = null;
  tile.added = [];
  return box;
}

function paintAdded(tile: Tile, raster: Raster, source: TileSource): Box | null {
  if (tile.added.length === 0) return null;
  const fresh = tile.canvas === null;
  const context = contextOf(tile);
  if (context === null) return null;
  if (fresh) paintArea(context, WHOLE, raster, [], source);
  const surface = createCanvasSurface(context, raster, source.theme);
  for (const element of tile.added) paintElement(surface, element, source.theme, source.fade(element));
  tile.top = tile.added.at(-1) ?? tile.top;
  tile.added = [];
  return pageBox(WHOLE, raster);
}

function contextOf(tile: Tile): CanvasContext | null {
  tile.canvas ??= new OffscreenCanvas(TILE_SIZE, TILE_SIZE);
  return tile.canvas.getContext('2d', { alpha: false });
}

function paintArea(
  context: CanvasContext,
  rect: PixelRect,
  raster: Raster,
  elements: readonly Element[],
  source: TileSource,
): void {
  context.save();
  resetContext(context);
  if (rect !== WHOLE) {
    context.beginPath();
    context.rect(rect.x, rect.y, rect.width, rect.height);
    context.clip();
  }
  context.fillStyle = source.theme.paper;
  context.fillRect(rect.x, rect.y, rect.width, rect.height);
  const surface = createCanvasSurface(context, raster, source.theme);
  for (const element of elements) paintElement(surface, element, source.theme, source.fade(element));
  context.restore();
}

export function resetContext(context: CanvasContext): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.globalCompositeOperation = 'source-over';
}
