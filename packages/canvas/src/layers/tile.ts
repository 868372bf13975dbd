import type { Box, Element, ElementId } from '@inkwire/core';
import { type CanvasContext, createCanvasSurface, type Raster } from '../paint/canvas-surface.js';
import type { PaintResources } from '../paint/paint-context.js';
import { paintElement } from '../paint/paint-element.js';
import type { Theme } from '../paint/theme.js';
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
  query(box: Box): readonly Element[];
  /** Finds what lines are bound to. */
  find(id: ElementId): Element | undefined;
  readonly theme: Theme;
  readonly resources?: PaintResources | undefined;
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
  /** New elements, which perhaps only have to be painted over what is there. */
  added: Element[];
}

export function createTile(column: number, row: number): Tile {
  return { column, row, canvas: null, painted: false, dirty: WHOLE, added: [] };
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

/** Takes in a new element. */
export function addToTile(tile: Tile, scale: number, box: Box, element: Element): void {
  if (tile.painted && tile.dirty === null) tile.added.push(element);
  else damageTile(tile, scale, box);
}

/** Paints what is out of date, and returns it as a box on the page (null if nothing was). */
export function paintTile(tile: Tile, scale: number, source: TileSource): Box | null {
  if (!isStale(tile)) return null;
  const raster = tileRaster(tile, scale);
  const all = source.query(pageBox(WHOLE, raster));
  const rect = tile.dirty === null && isOnTop(tile.added, all) ? null : (tile.dirty ?? WHOLE);
  const partly = tile.canvas !== null && all.length > PAINT_WHOLE_UP_TO;
  const area = rect === null || partly ? rect : WHOLE;
  const box = pageBox(area ?? WHOLE, raster);
  if (all.length === 0) tile.canvas = null;
  else {
    const fresh = tile.canvas === null;
    const context = contextOf(tile);
    if (context === null) return null;
    if (area !== null) paintArea(context, area, raster, area === WHOLE ? all : source.query(box), source);
    else {
      // What somebody just drew is the topmost: it is painted over what is there, as it was while it was drawn.
      if (fresh) paintArea(context, WHOLE, raster, [], source);
      paintAll(context, raster, tile.added, source);
    }
  }
  tile.painted = true;
  tile.dirty = null;
  tile.added = [];
  return box;
}

/** Whether `added` are the last of `all`, in its order once sorted so. */
function isOnTop(added: Element[], all: readonly Element[]): boolean {
  const top = all.slice(-added.length);
  const places = new Map(top.map((element, place) => [element, place]));
  if (!added.every((element) => places.has(element))) return false;
  added.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  return true;
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
  paintAll(context, raster, elements, source);
  context.restore();
}

function paintAll(
  context: CanvasContext,
  raster: Raster,
  elements: readonly Element[],
  source: TileSource,
): void {
  const { theme, find, resources } = source;
  const surface = createCanvasSurface(context, raster, theme);
  for (const element of elements) {
    const fade = source.fade(element);
    if (fade > 0) paintElement(surface, element, { theme, find, fade, resources });
  }
}

export function resetContext(context: CanvasContext): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.globalCompositeOperation = 'source-over';
}
