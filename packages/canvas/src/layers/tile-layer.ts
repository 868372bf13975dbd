import type { Box } from '@inkwire/core';
import type { CanvasContext } from '../paint/canvas-surface.js';
import { forgetDistantStrokes } from '../paint/hairline-cache.js';
import type { Damage } from '../scene/scene.js';
import { addToTile, damageTile, isStale, resetContext, type Tile, type TileSource } from './tile.js';
import { createCompositor, type Overpaint } from './tile-compositor.js';
import { type Level, type Place, placeKey, placesUnder, tileAt, tilesReached } from './tile-level.js';
import { createTilePainter } from './tile-painting.js';
import type { PixelRect, View } from './view.js';

/** The committed elements as tiles of pixels, which a frame only copies. */
export interface TileLayer {
  /** These parts of the page look different now. */
  damage(parts: readonly Damage[]): void;
  /** Everything looks different now (another theme, a lost context). */
  reset(): void;
  /** Gives its memory back while nobody looks; what is shown next is painted anew. */
  release(): void;
  /**
   * Paints what `view` lacks, what changed before what is new, for as long as a frame may take: less while the view
   * moves or `busy` says that a hand does. Returns what looks different on the page since: boxes, or `'all'`.
   *
   * @param time milliseconds since the page was opened.
   */
  refresh(view: View, time: number, busy: boolean): readonly Box[] | 'all';
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
/** What a frame may spend on painting (ms) while something moves: copying it to the screen takes its time as well. */
const MOVING_BUDGET = 4;
/** And while nothing does: a board that was just opened is there sooner, and a press is answered in time. */
const STILL_BUDGET = 24;

/** A tile ahead comes as early as one that is nearer by so much of its distance. */
const AHEAD = 2;

/** @param now milliseconds from any moment. */
export function createTileLayer(source: TileSource, now = () => performance.now()): TileLayer {
  let level: Level | null = null;
  let older: Level | null = null;
  let seenScale = 0;
  let seenSince = 0;
  let complete = false;
  let pending = false;
  let everything = true;
  const compositor = createCompositor(source);
  const painter = createTilePainter(source);
  let last: View | null = null;

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

  function refresh(view: View, time: number, busy: boolean): readonly Box[] | 'all' {
    const { scale, tiles } = aim(view, time);
    const visible = placesUnder({ x: 0, y: 0, width: view.width, height: view.height }, view, scale, 0);
    const around = placesUnder({ x: 0, y: 0, width: view.width, height: view.height }, view, scale, 1);
    const changed: Box[] = [];
    const wanted: Tile[] = [];
    for (const place of visible) wanted.push(tileAt(tiles, place));
    // What was begun is finished. Then what people see changing, then what is missing: from the middle outwards, and
    // ahead of a view that moves before behind it.
    const heading = headingOf(last, view);
    const moving = last !== null && (last.scale !== view.scale || heading.x !== 0 || heading.y !== 0);
    last = view;
    const end = now() + (moving || busy ? MOVING_BUDGET : STILL_BUDGET);
    const deadline = () => now() >= end;
    const rank = rankFrom(visible, heading);
    wanted.sort(
      (a, b) =>
        Number(b === painter.current) - Number(a === painter.current) ||
        Number(b.painted) - Number(a.painted) ||
        rank(a) - rank(b),
    );
    for (const tile of wanted) {
      if (!isStale(tile)) continue;
      if (changed.length > 0 && deadline()) break;
      const box = painter.paint(tile, scale, deadline);
      if (box === 'paused') break;
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
      for (const place of around.sort((a, b) => rank(a) - rank(b))) {
        const tile = tileAt(tiles, place);
        if (!isStale(tile)) continue;
        if (deadline() || painter.paint(tile, scale, deadline) === 'paused') {
          surrounded = false;
          break;
        }
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
    // Stretched pixels show for the length of a gesture: smoothing them takes longer than all the rest of a frame.
    context.imageSmoothingEnabled = false;
    if (level === null || !compositor.covers(level, view, rect)) {
      context.fillStyle = source.theme.paper;
      context.fillRect(rect.x, rect.y, rect.width, rect.height);
      if (older !== null) compositor.copy(context, older, view, rect, null);
    }
    if (level !== null) compositor.copy(context, level, view, rect, over);
  }

  function reset(): void {
    painter.reset();
    level = null;
    older = null;
    everything = true;
    complete = false;
    pending = true;
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
    reset,
    release() {
      reset();
      compositor.release();
      forgetDistantStrokes();
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

/** Which way the view moves over the page, if its scale is the same. */
function headingOf(before: View | null, now: View): PixelVector {
  if (before === null || before.scale !== now.scale) return { x: 0, y: 0 };
  return { x: Math.sign(now.originX - before.originX), y: Math.sign(now.originY - before.originY) };
}

interface PixelVector {
  readonly x: number;
  readonly y: number;
}

/** How late a place may be painted: the nearer to the middle of `visible`, and the further ahead, the sooner. */
function rankFrom(visible: readonly Place[], heading: PixelVector): (place: Place) => number {
  const middleColumn = ((visible[0]?.column ?? 0) + (visible.at(-1)?.column ?? 0)) / 2;
  const middleRow = ((visible[0]?.row ?? 0) + (visible.at(-1)?.row ?? 0)) / 2;
  return ({ column, row }) => {
    const [x, y] = [column - middleColumn, row - middleRow];
    return Math.abs(x) + Math.abs(y) - AHEAD * (x * heading.x + y * heading.y);
  };
}
