import type { Box } from '@inkwire/core';
import { createTile, TILE_SIZE, type Tile } from './tile.js';
import type { PixelRect, View } from './view.js';

/** The tiles of one scale (device pixels per page unit). */
export interface Level {
  readonly scale: number;
  readonly tiles: Map<string, Tile>;
}

/** Where a tile is in the grid of its level. */
export interface Place {
  readonly column: number;
  readonly row: number;
}

export function placeKey({ column, row }: Place): string {
  return `${column},${row}`;
}

/** The tile at `place`, made if it is not there. */
export function tileAt(tiles: Map<string, Tile>, place: Place): Tile {
  const key = placeKey(place);
  let tile = tiles.get(key);
  if (tile === undefined) {
    tile = createTile(place.column, place.row);
    tiles.set(key, tile);
  }
  return tile;
}

/** The existing tiles that painting in `box` may change. */
export function* tilesReached(tiles: Map<string, Tile>, scale: number, box: Box): Iterable<Tile> {
  const step = TILE_SIZE / scale;
  // Antialiasing reaches a pixel further.
  const margin = 1 / scale;
  const left = Math.floor((box.minX - margin) / step);
  const right = Math.floor((box.maxX + margin) / step);
  const top = Math.floor((box.minY - margin) / step);
  const bottom = Math.floor((box.maxY + margin) / step);
  if ((right - left + 1) * (bottom - top + 1) > tiles.size) {
    for (const tile of tiles.values()) {
      const { column, row } = tile;
      if (column >= left && column <= right && row >= top && row <= bottom) yield tile;
    }
    return;
  }
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const tile = tiles.get(placeKey({ column, row }));
      if (tile !== undefined) yield tile;
    }
  }
}

/** The places of a level under `rect` of the view, row by row, with `margin` tiles around. */
export function placesUnder(rect: PixelRect, view: View, scale: number, margin: number): Place[] {
  const step = (TILE_SIZE * view.scale) / scale;
  const left = rect.x + view.originX;
  const top = rect.y + view.originY;
  const right = Math.ceil((left + rect.width) / step) + margin;
  const bottom = Math.ceil((top + rect.height) / step) + margin;
  const places: Place[] = [];
  for (let row = Math.floor(top / step) - margin; row < bottom; row++) {
    for (let column = Math.floor(left / step) - margin; column < right; column++) {
      places.push({ column, row });
    }
  }
  return places;
}

/** The pixels of the view that a tile covers. Edges are rounded, not sizes: neighbours meet without a seam. */
export function tileRect({ column, row }: Place, scale: number, view: View): PixelRect {
  const step = (TILE_SIZE * view.scale) / scale;
  const x = Math.round(column * step) - view.originX;
  const y = Math.round(row * step) - view.originY;
  return {
    x,
    y,
    width: Math.round((column + 1) * step) - view.originX - x,
    height: Math.round((row + 1) * step) - view.originY - y,
  };
}
