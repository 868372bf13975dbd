import type { Box, Element, ElementId, Overview } from '@inkwire/core';
import type { CanvasContext, Raster } from '../paint/canvas-surface.js';
import type { PaintResources } from '../paint/paint-context.js';
import type { Theme } from '../paint/theme.js';
import { type PixelRect, pixelsOf, unionRect } from './view.js';

/** Width and height in device pixels. */
export const TILE_SIZE = 256;
/** All of a tile. */
export const WHOLE: PixelRect = { x: 0, y: 0, width: TILE_SIZE, height: TILE_SIZE };

/** What tiles are painted from. */
export interface TileSource {
  /** In paint order. */
  query(box: Box): readonly Element[];
  /** The same to paint them once. */
  overview(box: Box, isThin: (width: number) => boolean): Overview;
  /** Finds what lines are bound to. */
  find(id: ElementId): Element | undefined;
  readonly theme: Theme;
  readonly resources?: PaintResources | undefined;
  /** Multiplies an element's opacity, 0..1. */
  fade(element: Pick<Element, 'id'>): number;
  /** The browser took a tile's pixels away: it has to be painted again. */
  onLost?(): void;
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
  /** The pixels that they lie in. */
  addedIn: PixelRect | null;
  /** Counts what happened to it. */
  version: number;
}

export function createTile(column: number, row: number): Tile {
  return { column, row, canvas: null, painted: false, dirty: WHOLE, added: [], addedIn: null, version: 0 };
}

export function tileRaster(tile: Tile, scale: number): Raster {
  return { scale, originX: tile.column * TILE_SIZE, originY: tile.row * TILE_SIZE };
}

export function isStale(tile: Tile): boolean {
  return tile.dirty !== null || tile.added.length > 0;
}

/** Marks what `box` covers as out of date. */
export function damageTile(tile: Tile, scale: number, box: Box): void {
  const rect = pixelsIn(tile, scale, box);
  if (rect === null) return;
  tile.dirty = joined(joined(tile.dirty, tile.addedIn), rect);
  tile.added = [];
  tile.addedIn = null;
  tile.version++;
}

/** Takes in a new element. */
export function addToTile(tile: Tile, scale: number, box: Box, element: Element): void {
  const rect = pixelsIn(tile, scale, box);
  if (!tile.painted || tile.dirty !== null) damageTile(tile, scale, box);
  else if (rect !== null) {
    tile.added.push(element);
    tile.addedIn = joined(tile.addedIn, rect);
    tile.version++;
  }
}

/** Marks all of a tile as out of date. */
export function spoilTile(tile: Tile): void {
  tile.dirty = WHOLE;
  tile.added = [];
  tile.addedIn = null;
  tile.version++;
}

/** To be called when the tile has been painted. */
export function settleTile(tile: Tile): void {
  tile.painted = true;
  tile.dirty = null;
  tile.added = [];
  tile.addedIn = null;
}

function pixelsIn(tile: Tile, scale: number, box: Box): PixelRect | null {
  return pixelsOf(box, tileRaster(tile, scale), TILE_SIZE, TILE_SIZE);
}

function joined(a: PixelRect | null, b: PixelRect | null): PixelRect | null {
  return a === null || b === null ? (a ?? b) : unionRect(a, b);
}

export function resetContext(context: CanvasContext): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.globalCompositeOperation = 'source-over';
}
