import type { Box, Element, PlainStroke } from '@inkwire/core';
import { type CanvasContext, createCanvasSurface, type Raster } from '../paint/canvas-surface.js';
import { isHairline } from '../paint/hairline.js';
import { paintElement } from '../paint/paint-element.js';
import {
  isStale,
  resetContext,
  settleTile,
  spoilTile,
  type Tile,
  type TileSource,
  tileRaster,
  WHOLE,
} from './tile.js';
import { contextOf, createScratch, createTileCanvas, penFor } from './tile-canvas.js';
import { type PixelRect, pageBox } from './view.js';

/** Paints tiles, one at a time, in steps of an element or a few: a tile that holds much is painted over several frames. */
export interface TilePainter {
  /** The tile that is being painted. */
  readonly current: Tile | null;
  /**
   * Paints what is out of date of `tile`, until that is done or `isOver` says so after a step. What is painted does
   * not show before it is done. Returns the part of the page that looks different now (null if none does), or `'paused'`.
   */
  paint(tile: Tile, scale: number, isOver: () => boolean): Box | null | 'paused';
  /** Forgets the tile that is being painted, and gives back what it was painted on. */
  reset(): void;
}

interface Job {
  readonly tile: Tile;
  readonly scale: number;
  /** What the tile was when this began. */
  readonly version: number;
  readonly steps: Iterator<undefined, Box | null>;
}

/** So many elements are painted without looking at the time; more of them on a canvas of their own, to be exchanged. */
const AT_ONCE = 48;
/** A tile that changes faster than it is painted is painted in one go after so many attempts. */
const MOST_ATTEMPTS = 3;

/** After so much work it looks at the time: distant strokes take less of it than looking does. */
const LOOK_AFTER = 2_048;

export function createTilePainter(source: TileSource): TilePainter {
  let job: Job | null = null;
  let attempts = 0;
  const scratch = createScratch();

  function* steps(tile: Tile, scale: number): Iterator<undefined, Box | null> {
    const raster = tileRaster(tile, scale);
    const added = tile.dirty === null ? elementsOnTop(tile, source.query(pageBox(WHOLE, raster))) : null;
    if (added !== null && tile.canvas !== null) {
      const brush = createBrush(contextOf(tile.canvas), raster, source, WHOLE);
      for (const element of added) brush.paint(element);
      brush.lift();
      return finished(tile, pageBox(tile.addedIn ?? WHOLE, raster));
    }
    const area = tile.dirty ?? tile.addedIn ?? WHOLE;
    const box = pageBox(area, raster);
    const inPart = tile.canvas === null || area === WHOLE ? null : source.query(box);
    if (tile.canvas !== null && inPart !== null && inPart.length <= AT_ONCE) {
      // The same paths on as large a canvas as ever, unclipped: what is copied is what painting all of it would give.
      const prepared = scratch.at(scale);
      const brush = brushOnPaper(prepared, raster, source, area);
      for (const element of inPart) brush.paint(element);
      brush.lift();
      const context = contextOf(tile.canvas);
      resetContext(context);
      const { x, y, width, height } = area;
      context.drawImage(prepared, x, y, width, height, x, y, width, height);
      return finished(tile, box);
    }
    const all = source.overview(pageBox(WHOLE, raster), (width) => isHairline(width, scale));
    if (all.length === 0) {
      tile.canvas = null;
    } else {
      const canvas = createTileCanvas(scale);
      // A driver that restarts may take the pixels of tiles and leave those of the screen.
      canvas.addEventListener('contextrestored', () => {
        spoilTile(tile);
        source.onLost?.();
      });
      const brush = brushOnPaper(canvas, raster, source, WHOLE);
      let unlooked = 0;
      for (let index = 0; index < all.length; index++) {
        const element = all.at(index);
        if (element === null) continue;
        brush.paint(element);
        unlooked += workOf(element, scale);
        if (unlooked < LOOK_AFTER) continue;
        unlooked = 0;
        yield;
      }
      brush.lift();
      tile.canvas = canvas;
    }
    return finished(tile, box);
  }

  return {
    get current() {
      return job?.tile ?? null;
    },
    paint(tile, scale, isOver) {
      if (!isStale(tile)) return null;
      if (job === null || job.tile !== tile || job.version !== tile.version) {
        attempts = job?.tile === tile ? attempts + 1 : 1;
        job = { tile, scale, version: tile.version, steps: steps(tile, scale) };
      }
      for (;;) {
        const { done, value } = job.steps.next();
        if (done) {
          job = null;
          return value;
        }
        if (attempts < MOST_ATTEMPTS && isOver()) return 'paused';
      }
    },
    reset() {
      job = null;
      scratch.release();
    },
  };
}

/** For a distant stroke the bytes of its ink, of which about 50 are painted in a microsecond. */
function workOf(element: Element | PlainStroke, scale: number): number {
  if (element.kind !== 'stroke' || !isHairline(element.width, scale)) return LOOK_AFTER;
  return 'ink' in element ? element.ink.length : element.inkSpan.end - element.inkSpan.start;
}

function finished(tile: Tile, box: Box): Box {
  settleTile(tile);
  return box;
}

/** The tile's new elements in paint order, if they are the topmost of `all`: they only have to be painted over it. */
function elementsOnTop({ added }: Tile, all: readonly Element[]): readonly Element[] | null {
  const top = all.slice(-added.length);
  const fresh = new Set(added);
  return top.length === fresh.size && top.every((element) => fresh.has(element)) ? top : null;
}

/** Paints elements on a canvas, one over the other. */
interface Brush {
  paint(element: Element | PlainStroke): void;
  /** To be called at the end: before that, not all may be there. */
  lift(): void;
}

/** @param area what is of interest of the canvas. */
function createBrush(
  context: CanvasContext,
  raster: Raster,
  source: TileSource,
  area: PixelRect,
  blank: string | null = null,
): Brush {
  const { theme, find, resources } = source;
  const pen = penFor(context, raster.scale, area, blank);
  const surface = createCanvasSurface(context, raster, theme, pen);
  return {
    paint(element) {
      const fade = source.fade(element);
      if (fade > 0) paintElement(surface, element, { theme, find, fade, resources });
    },
    lift: () => pen?.lift(),
  };
}

/** The same on blank paper. */
function brushOnPaper(canvas: OffscreenCanvas, raster: Raster, source: TileSource, area: PixelRect): Brush {
  const { paper } = source.theme;
  const context = contextOf(canvas);
  resetContext(context);
  context.fillStyle = paper;
  context.fillRect(area.x, area.y, area.width, area.height);
  return createBrush(context, raster, source, area, paper);
}
