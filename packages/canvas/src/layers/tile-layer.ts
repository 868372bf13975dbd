import type { Box } from '@inkwire/core';
import type { CanvasContext } from '../paint/canvas-surface.js';
import { createTile, damageTile, paintTile, TILE_SIZE, type Tile, type TileSource } from './tile.js';
import { type PixelRect, pageBox, type View } from './view.js';

/** The committed elements as tiles of pixels, which a frame only copies. */
export interface TileLayer {
  /** The elements in these boxes look different now. */
  damage(boxes: readonly Box[]): void;
  /** Everything looks different now (another theme, a lost context). */
  reset(): void;
  /**
   * Paints what `view` lacks, as long as `time` (ms) is not past `deadline`, what changed before what is new.
   * Returns what looks different on the page since: boxes, or `'all'`.
   */
  refresh(view: View, time: number, deadline: () => boolean): readonly Box[] | 'all';
  /** Copies the tiles under `rect` of the view. Never blank: what is not painted yet is stretched from an older scale. */
  draw(context: CanvasContext, view: View, rect: PixelRect): void;
  /** Whether the last view is painted at its own scale. */
  readonly complete: boolean;
  /** Whether it wants another frame: the view is incomplete, or its surroundings are. */
  readonly pending: boolean;
  /** Whether something in this box is not painted as it is now. */
  isStale(box: Box): boolean;
}

interface Level {
  readonly scale: number;
  readonly tiles: Map<string, Tile>;
}

/** A zoom gesture is over when the scale stayed the same for so long (ms); until then tiles are stretched. */
const SETTLE_AFTER = 100;
/** Tiles that are stretched further than this are replaced during the gesture. */
const LARGEST_STRETCH = 1.6;
/** Tiles kept around and behind the view: this many times the view's own. */
const KEEP = 4;

export function createTileLayer(source: TileSource): TileLayer {
  let level: Level | null = null;
  let older: Level | null = null;
  let seenScale = 0;
  let seenSince = 0;
  let complete = false;
  let pending = false;
  let everything = true;

  function aim(view: View, time: number): Level {
    if (view.scale !== seenScale) {
      seenScale = view.scale;
      seenSince = time;
    }
    if (level !== null && level.scale !== view.scale) {
      const stretch = Math.max(view.scale / level.scale, level.scale / view.scale);
      if (stretch > LARGEST_STRETCH || time - seenSince >= SETTLE_AFTER) {
        if (complete || older === null) older = level;
        level = null;
        everything = true;
      }
    }
    level ??= { scale: view.scale, tiles: new Map() };
    return level;
  }

  function refresh(view: View, time: number, deadline: () => boolean): readonly Box[] | 'all' {
    const { scale, tiles } = aim(view, time);
    const visible = tilesUnder({ x: 0, y: 0, width: view.width, height: view.height }, view, scale, 0);
    const around = tilesUnder({ x: 0, y: 0, width: view.width, height: view.height }, view, scale, 1);
    const changed: Box[] = [];
    const wanted: Tile[] = [];
    for (const place of visible) wanted.push(tileAt(tiles, place));
    // What people see changing comes first, then what is missing from the middle outwards.
    const middleColumn = (visible[0]?.column ?? 0) + (visible.at(-1)?.column ?? 0);
    const middleRow = (visible[0]?.row ?? 0) + (visible.at(-1)?.row ?? 0);
    const distance = (tile: Tile) =>
      Math.abs(2 * tile.column - middleColumn) + Math.abs(2 * tile.row - middleRow);
    wanted.sort((a, b) => Number(b.painted) - Number(a.painted) || distance(a) - distance(b));
    for (const tile of wanted) {
      if (tile.dirty === null) continue;
      if (changed.length > 0 && deadline()) break;
      const box = paintTile(tile, scale, source);
      if (box !== null) changed.push(box);
    }
    complete = wanted.every((tile) => tile.dirty === null);
    const settled = scale === view.scale;
    if (complete && settled && older !== null) {
      older = null;
      everything = true;
    }
    let surrounded = complete && settled;
    if (surrounded) {
      for (const place of around) {
        if (deadline()) {
          surrounded = false;
          break;
        }
        const tile = tileAt(tiles, place);
        if (tile.dirty !== null) paintTile(tile, scale, source);
      }
    }
    complete &&= settled;
    pending = !complete || !surrounded;
    forget(tiles, around);
    if (!everything) return changed;
    everything = false;
    return 'all';
  }

  function forget(tiles: Map<string, Tile>, around: readonly Place[]): void {
    const limit = around.length * KEEP;
    if (tiles.size <= limit) return;
    const kept = new Set(around.map(keyOf));
    for (const key of tiles.keys()) {
      if (tiles.size <= limit) return;
      // Maps keep the order of insertion: the oldest go first.
      if (!kept.has(key)) tiles.delete(key);
    }
  }

  function draw(context: CanvasContext, view: View, rect: PixelRect): void {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.globalCompositeOperation = 'source-over';
    context.fillStyle = source.theme.paper;
    context.fillRect(rect.x, rect.y, rect.width, rect.height);
    if (older !== null) copy(context, older, view, rect, source.theme.paper);
    if (level !== null) copy(context, level, view, rect, older === null ? null : source.theme.paper);
  }

  return {
    refresh,
    draw,
    damage(boxes) {
      for (const { scale, tiles } of [level, older].filter((each) => each !== null)) {
        for (const box of boxes) for (const tile of reached(tiles, scale, box)) damageTile(tile, scale, box);
      }
      complete = false;
      pending = true;
    },
    reset() {
      level = null;
      older = null;
      everything = true;
      complete = false;
      pending = true;
    },
    get complete() {
      return complete;
    },
    get pending() {
      return pending;
    },
    isStale(box) {
      if (level === null) return true;
      for (const tile of reached(level.tiles, level.scale, box)) if (tile.dirty !== null) return true;
      return false;
    },
  };
}

interface Place {
  readonly column: number;
  readonly row: number;
}

function keyOf({ column, row }: Place): string {
  return `${column},${row}`;
}

function tileAt(tiles: Map<string, Tile>, place: Place): Tile {
  const key = keyOf(place);
  let tile = tiles.get(key);
  if (tile === undefined) {
    tile = createTile(place.column, place.row);
    tiles.set(key, tile);
  }
  return tile;
}

/** The existing tiles that `box` reaches. */
function* reached(tiles: Map<string, Tile>, scale: number, box: Box): Iterable<Tile> {
  const step = TILE_SIZE / scale;
  const margin = 1 / scale;
  const left = Math.floor((box.minX - margin) / step);
  const right = Math.floor((box.maxX + margin) / step);
  const top = Math.floor((box.minY - margin) / step);
  const bottom = Math.floor((box.maxY + margin) / step);
  const inside = ({ column, row }: Place) => column >= left && column <= right && row >= top && row <= bottom;
  if ((right - left + 1) * (bottom - top + 1) > tiles.size) {
    for (const tile of tiles.values()) if (inside(tile)) yield tile;
    return;
  }
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const tile = tiles.get(keyOf({ column, row }));
      if (tile !== undefined) yield tile;
    }
  }
}

/** The places of a level under `rect` of the view, row by row, with `margin` tiles around. */
function tilesUnder(rect: PixelRect, view: View, scale: number, margin: number): Place[] {
  const box = pageBox(rect, view);
  const step = TILE_SIZE / scale;
  const places: Place[] = [];
  const bottom = Math.floor(box.maxY / step) + margin;
  const right = Math.floor(box.maxX / step) + margin;
  for (let row = Math.floor(box.minY / step) - margin; row <= bottom; row++) {
    for (let column = Math.floor(box.minX / step) - margin; column <= right; column++) {
      places.push({ column, row });
    }
  }
  return places;
}

function copy(
  context: CanvasContext,
  { scale, tiles }: Level,
  view: View,
  rect: PixelRect,
  paper: string | null,
): void {
  const stretch = view.scale / scale;
  for (const place of tilesUnder(rect, view, scale, 0)) {
    const tile = tiles.get(keyOf(place));
    if (tile === undefined || !tile.painted) continue;
    // Edges are rounded, not sizes: neighbours meet without a seam at any stretch.
    const x = Math.round(tile.column * TILE_SIZE * stretch) - view.originX;
    const y = Math.round(tile.row * TILE_SIZE * stretch) - view.originY;
    const width = Math.round((tile.column + 1) * TILE_SIZE * stretch) - view.originX - x;
    const height = Math.round((tile.row + 1) * TILE_SIZE * stretch) - view.originY - y;
    if (tile.canvas !== null) context.drawImage(tile.canvas, x, y, width, height);
    else if (paper !== null) {
      context.fillStyle = paper;
      context.fillRect(x, y, width, height);
    }
  }
}
