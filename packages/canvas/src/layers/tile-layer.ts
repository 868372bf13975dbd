import type { Box } from '@inkwire/core';
import type { CanvasContext } from '../paint/canvas-surface.js';
import { forgetOutlines } from '../paint/paint-stroke.js';
import type { Damage } from '../scene/scene.js';
import { createTaskLoop } from './task-loop.js';
import { addToTile, damageTile, isStale, resetContext, type Tile, type TileSource } from './tile.js';
import { createCompositor, type Overpaint } from './tile-compositor.js';
import { type Level, type Place, placeKey, placesUnder, tileAt, tilesReached } from './tile-level.js';
import { type Heading, headingOf, rankFrom } from './tile-order.js';
import { createTilePainter } from './tile-painting.js';
import { type PixelRect, sameView, type View, wholeOf } from './view.js';

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
  /** Whether all of `view` is painted as it is now, at its own scale. */
  shows(view: View): boolean;
  /** Counts what changed: what was drawn at the same one is drawn the same again. */
  readonly revision: number;
  /** Whether the last view is painted at its own scale. */
  readonly complete: boolean;
  /** Whether it wants another frame: the view is incomplete, or its surroundings are. */
  readonly pending: boolean;
  /**
   * Whether the last view shows something in this box that is not painted as it is now. What lies around the view may be
   * late: it is painted when the view is complete.
   */
  isStale(box: Box): boolean;
}

/** A zoom gesture is over when the scale stayed the same for so long (ms); until then tiles are stretched. */
const SETTLE_AFTER = 100;
/** Tiles that are stretched further than this are replaced during the gesture. */
const LARGEST_STRETCH = 1.6;
/** Tiles kept around and behind the view: this many times the view's own. */
const KEEP = 4;
/** What a frame may spend on painting (ms) while something moves: copying it to the screen takes its time as well. */
const MOVING_SLICE = 4;
/** And a frame, or a task between frames, while nothing does: a press is answered in time. */
const STILL_SLICE = 16;
/**
 * A view that rests and is not complete shows what is new in such steps (ms), from the first on: showing takes time from
 * painting. Once half of it is there the steps are twice as long: it may well be complete by then.
 */
const SHOW_EVERY = 200;
/** What lies around a view that rests is painted when the view was complete for so long (ms): first it is to be seen. */
const AROUND_AFTER = 50;

const UNCHANGED: readonly Box[] = [];

/** Tiles of one view, those that are wanted most first. */
interface Wanted {
  readonly level: Level;
  readonly seen: Tile[];
  /** Those around it too. */
  readonly ring: readonly Tile[];
  readonly around: readonly Place[];
}

/** @param now milliseconds from any moment. */
export function createTileLayer(source: TileSource, now = () => performance.now()): TileLayer {
  let level: Level | null = null;
  let older: Level | null = null;
  let seenScale = 0;
  let seenSince = 0;
  let complete = false;
  /** Since when it was complete whenever it was shown; null for not. */
  let completeSince: number | null = null;
  let pending = false;
  let everything = true;
  let revision = 0;
  /** Boxes that look different since they were shown: on tiles that were there, and of tiles that were not. */
  const changed: Box[] = [];
  const fresh: Box[] = [];
  let shownAt: number | null = null;
  const compositor = createCompositor(source);
  const painter = createTilePainter(source);
  const tasks = createTaskLoop();
  let last: View | null = null;
  /** The tiles under the last view. */
  let shown: readonly Tile[] = [];

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

  /** Paints what is wanted, as long as there is time; returns whether something is left. */
  function advance({ level, seen, ring }: Wanted, isOver: () => boolean): boolean {
    const { scale } = level;
    // What was begun is finished, and what changes before people's eyes comes first.
    seen.sort(
      (a, b) =>
        Number(b === painter.current) - Number(a === painter.current) ||
        Number(b.painted) - Number(a.painted),
    );
    let count = 0;
    for (const tile of seen) {
      if (!isStale(tile)) continue;
      if (count > 0 && isOver()) return true;
      const wasPainted = tile.painted;
      const box = painter.paint(tile, scale, isOver);
      if (box === 'paused') return true;
      if (box !== null) (wasPainted ? changed : fresh).push(box);
      count++;
    }
    for (const tile of ring) {
      if (!isStale(tile)) continue;
      if (isOver() || painter.paint(tile, scale, isOver) === 'paused') return true;
    }
    return false;
  }

  function slice(length: number): () => boolean {
    const end = now() + length;
    return () => now() >= end;
  }

  /** What `view` shows and what lies around it, in the order in which it is wanted. */
  function wantedIn(view: View, level: Level, heading: Heading, withRing: boolean): Wanted {
    const { scale, tiles } = level;
    const screen = wholeOf(view);
    const visible = placesUnder(screen, view, scale, 0);
    const rank = rankFrom(visible, heading);
    const inOrder = (places: Place[]) =>
      places.sort((a, b) => rank(a) - rank(b)).map((place) => tileAt(tiles, place));
    const around = placesUnder(screen, view, scale, 1);
    return { level, seen: inOrder(visible), ring: withRing ? inOrder(around) : [], around };
  }

  function refresh(view: View, time: number, busy: boolean): readonly Box[] | 'all' {
    // Most frames while something is drawn live: nothing is wanted that is not there.
    if (!pending && !everything && last !== null && sameView(view, last)) return UNCHANGED;
    const heading = headingOf(last, view);
    const moving =
      busy || (last !== null && (last.scale !== view.scale || heading.x !== 0 || heading.y !== 0));
    last = view;
    const level = aim(view, time);
    const settled = level.scale === view.scale;
    const early = completeSince === null || (!moving && time - completeSince < AROUND_AFTER);
    const wanted = wantedIn(view, level, heading, settled && !early);
    const { seen, ring, around } = wanted;
    shown = seen;
    advance(wanted, slice(moving ? MOVING_SLICE : STILL_SLICE));
    const stale = seen.filter(isStale).length;
    complete = settled && stale === 0;
    completeSince = complete ? (completeSince ?? time) : null;
    pending = !complete || early || ring.some(isStale);
    if (complete && older !== null) {
      older = null;
      everything = true;
    }
    if (pending && !moving) tasks.start(() => advance(wanted, slice(STILL_SLICE)));
    else tasks.stop();
    forget(level.tiles, around);
    shownAt ??= time;
    const showEvery = 2 * stale > seen.length ? SHOW_EVERY : 2 * SHOW_EVERY;
    if (!moving && !complete && time - shownAt < showEvery) return takeAll(changed);
    shownAt = time;
    const boxes = [...takeAll(changed), ...takeAll(fresh)];
    if (!everything) return boxes;
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

  function shows(view: View): boolean {
    if (level === null || level.scale !== view.scale) return false;
    for (const place of placesUnder(wholeOf(view), view, view.scale, 0)) {
      const tile = level.tiles.get(placeKey(place));
      if (tile === undefined || isStale(tile)) return false;
    }
    return true;
  }

  function reset(): void {
    revision++;
    tasks.stop();
    painter.reset();
    level = null;
    older = null;
    shown = [];
    everything = true;
    complete = false;
    completeSince = null;
    pending = true;
  }

  return {
    refresh,
    draw,
    shows,
    get revision() {
      return revision;
    },
    damage(parts) {
      revision++;
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
      forgetOutlines();
    },
    get complete() {
      return complete;
    },
    get pending() {
      return pending;
    },
    isStale(box) {
      if (level === null) return true;
      for (const tile of tilesReached(level.tiles, level.scale, box))
        if (isStale(tile) && shown.includes(tile)) return true;
      return false;
    },
  };
}

function takeAll(boxes: Box[]): Box[] {
  return boxes.splice(0, boxes.length);
}
