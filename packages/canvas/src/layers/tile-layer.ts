import type { Box } from '@inkwire/core';
import type { CanvasContext } from '../paint/canvas-surface.js';
import type { Damage } from '../scene/scene.js';
import {
  addToTile,
  damageTile,
  isStale,
  paintTile,
  resetContext,
  type Tile,
  type TileSource,
} from './tile.js';
import { createCompositor, type Overpaint } from './tile-compositor.js';
import { type Level, type Place, placeKey, placesUnder, tileAt, tilesReached } from './tile-level.js';
import type { PixelRect, View } from './view.js';

/** The committed elements as tiles of pixels, which a frame only copies. */
export interface TileLayer {
  /** These parts of the page look different now. */
  damage(parts: readonly Damage[]): void;
  /** Everything looks different now (another theme, a lost context). */
  reset(): void;
  /**
   * Paints what `view` lacks, as long as `time` (ms) is not past `deadline`, what changed before what is new.
   * Returns what looks different on the page since: boxes, or `'all'`.
   */
  refresh(view: View, time: number, deadline: () => boolean): readonly Box[] | 'all';
  /**
   * Copies the tiles under `rect` of the view, with `over` painted over them. Never blank: what is not painted yet is
   * stretched from an older scale.
   */
  draw(context: CanvasContext, view: View, rect: PixelRect, over: Overpaint): void;
  /** Whether the last view is painted at its own scale. */
  readonly complete: boolean;
  /** Whether it wants another frame: the view is incomplete, or its surroundings are. */
  readonly pending: boolean;
  /** Whether something in this box is not painted as it is now. */
  isStale(box: Box): boolean;
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
  const compositor = createCompositor(source);

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
    const visible = placesUnder({ x: 0, y: 0, width: view.width, height: view.height }, view, scale, 0);
    const around = placesUnder({ x: 0, y: 0, width: view.width, height: view.height }, view, scale, 1);
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
      if (!isStale(tile)) continue;
      if (changed.length > 0 && deadline()) break;
      const box = paintTile(tile, scale, source);
      if (box !== null) changed.push(box);
    }
    complete = !wanted.some(isStale);
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
        paintTile(tile, scale, source);
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
    const kept = new Set(around.map(placeKey));
    for (const key of tiles.keys()) {
      if (tiles.size <= limit) return;
      // Maps keep the order of insertion: the oldest go first.
      if (!kept.has(key)) tiles.delete(key);
    }
  }

  function draw(context: CanvasContext, view: View, rect: PixelRect, over: Overpaint): void {
    resetContext(context);
    context.fillStyle = source.theme.paper;
    context.fillRect(rect.x, rect.y, rect.width, rect.height);
    if (older !== null) compositor.copy(context, older, view, rect, null);
    if (level !== null) compositor.copy(context, level, view, rect, over);
  }

  return {
    refresh,
    draw,
    damage(parts) {
      if (level !== null) {
        const { scale, tiles } = level;
        for (const { box, added } of parts) {
          for (const tile of tilesReached(tiles, scale, box)) {
            if (added === null) damageTile(tile, scale, box);
            else addToTile(tile, scale, box, added);
          }
        }
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
      for (const tile of tilesReached(level.tiles, level.scale, box)) if (isStale(tile)) return true;
      return false;
    },
  };
}
