import type { Box, Element, ElementId, Participant } from '@inkwire/core';
import type { CanvasContext } from '../paint/canvas-surface.js';
import type { Scene } from '../scene/scene.js';
import { createLiveLayer, type LiveStroke } from './live-layer.js';
import { createPreviewLayer } from './preview-layer.js';
import { createSheet } from './sheet.js';
import type { TileSource } from './tile.js';
import type { Overpaint } from './tile-compositor.js';
import type { TileLayer } from './tile-layer.js';
import { growView, type PixelRect, pixelsOf, sameView, showsAll, type View, wholeOf } from './view.js';

/**
 * What people see: tiles copied, live ink painted over them, and only where something changed. A view that moves is
 * shown on a sheet that holds what lies around it, too: most of its frames only move that.
 */
export interface Screen {
  compose(frame: ScreenFrame): void;
  /** Whether the view moved a moment ago: when it rests, another frame is wanted, in which the canvas shows it. */
  readonly moving: boolean;
  /** Gives its memory back, but for that of the canvas. */
  rest(): void;
  /** Gives all of its memory back; the next call shows everything anew. */
  release(): void;
}

/** One picture. */
export interface ScreenFrame {
  readonly view: View;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  /** Milliseconds since the page was opened. */
  readonly time: number;
  readonly above: Above;
  /** What the tiles changed since the last call. */
  readonly damage: readonly Box[] | 'all';
}

/** What is drawn over the tiles. */
export interface Above {
  readonly strokes: readonly LiveStroke[];
  /** Elements in somebody's hands, in paint order. */
  readonly elements: readonly Element[];
  /** Finds what lines are bound to. */
  readonly find: (id: ElementId) => Element | undefined;
}

/** More rectangles than this cost more than one copy of everything. */
const MOST_RECTANGLES = 24;
/** Device pixels around a moving view that are shown on its sheet: less than the row of tiles that is painted ahead. */
const AROUND = 128;
/** The canvas shows a view again that has not moved for so long (ms). */
const RESTS_AFTER = 200;

/** @param onRest the view has stopped moving: a frame is wanted. */
export function createScreen(
  canvas: HTMLCanvasElement,
  tiles: TileLayer,
  source: TileSource,
  onRest: () => void,
): Screen {
  // Opaque: the browser need not blend the board with what is behind it.
  const context = canvas.getContext('2d', { alpha: false });
  const live = createLiveLayer();
  const previews = createPreviewLayer(source);
  const reaches = (box: Box): boolean => live.reaches(box) || previews.reaches(box);
  const { between, paintAll } = previews;
  const inWhole: Overpaint = {
    ...{ reaches, between, paintAll },
    paint(surface, theme, box) {
      previews.paint(surface, theme, box);
      live.paint(surface, theme, box);
    },
  };
  const inPart: Overpaint = {
    ...{ reaches, between, paintAll },
    paint(surface, theme, box) {
      previews.paint(surface, theme, box);
      live.paintPart(surface, theme, box);
    },
  };
  const sheet = createSheet(canvas);
  const window = canvas.ownerDocument.defaultView;
  let resting: number | undefined;
  let shown: View | null = null;
  let movedAt = Number.NEGATIVE_INFINITY;
  /** When it could not slide, since something else changed or was not painted yet. */
  let disturbedAt = Number.NEGATIVE_INFINITY;
  /** What the tiles were when the sheet was painted. */
  let revision = 0;
  // Without pixels it is black. It has its place and size all the same: for a canvas that comes later a browser sets up
  // all of its layers anew.
  canvas.style.opacity = '0';

  function paint(target: CanvasContext | null, view: View, rect: PixelRect, over: Overpaint): void {
    if (target === null) return;
    target.save();
    target.beginPath();
    target.rect(rect.x, rect.y, rect.width, rect.height);
    target.clip();
    tiles.draw(target, view, rect, over);
    target.restore();
  }

  function paintWhole(target: CanvasContext | null, view: View): void {
    paint(target, view, wholeOf(view), inWhole);
  }

  function paintBoxes(target: CanvasContext | null, view: View, boxes: readonly Box[]): void {
    if (boxes.length > MOST_RECTANGLES) {
      paintWhole(target, view);
      return;
    }
    for (const box of boxes) {
      const rect = pixelsOf(box, view, view.width, view.height);
      if (rect !== null) paint(target, view, rect, inPart);
    }
  }

  /** Moves the sheet, which is painted anew when what it shows is no more than what is seen; returns whether it can. */
  function slide(view: View, pixelRatio: number): boolean {
    if (sheet.part === null || revision !== tiles.revision || !showsAll(sheet.part, view)) {
      const part = growView(view, AROUND);
      if (!tiles.shows(part) || !sheet.show(part, (target) => paintWhole(target, part))) return false;
      revision = tiles.revision;
    }
    sheet.place(view, pixelRatio);
    return true;
  }

  function putAway(): void {
    window?.clearTimeout(resting);
    sheet.hide();
  }

  return {
    compose({ view, pixelRatio, time, above, damage }) {
      const liveDamage = [...live.update(above.strokes), ...previews.update(above.elements, above.find)];
      if (view.width === 0 || view.height === 0) return;
      const isResized = canvas.width !== view.width || canvas.height !== view.height;
      if (isResized) {
        canvas.width = view.width;
        canvas.height = view.height;
      }
      if (shown === null) {
        if (damage !== 'all' && damage.length === 0 && liveDamage.length === 0) return;
        canvas.style.opacity = '';
      }
      const isMoved = shown !== null && !sameView(view, shown);
      const isElsewhere = isMoved && !isResized && view.scale === shown?.scale;
      if (isElsewhere) movedAt = time;
      const whole = isMoved || isResized || shown === null || damage === 'all' || sheet.part !== null;
      shown = view;
      const boxes = damage === 'all' ? [] : [...damage, ...liveDamage];
      const slides = isElsewhere || (sheet.part !== null && time - movedAt < RESTS_AFTER);
      if (damage === 'all' || boxes.length > 0) disturbedAt = time;
      if (slides && time - disturbedAt >= RESTS_AFTER) {
        if (slide(view, pixelRatio)) {
          window?.clearTimeout(resting);
          resting = window?.setTimeout(onRest, movedAt + RESTS_AFTER - time);
          return;
        }
        disturbedAt = time;
      }
      putAway();
      if (whole) paintWhole(context, view);
      else paintBoxes(context, view, boxes);
    },
    get moving() {
      return sheet.part !== null;
    },
    rest: putAway,
    release() {
      putAway();
      canvas.width = 0;
      canvas.height = 0;
    },
  };
}

/**
 * The others' strokes that still have to be drawn live: those whose element has not come, or is not painted yet. So a
 * stroke is never missing for a frame, and never there twice (P2).
 */
export function othersStrokes(
  others: readonly Participant[],
  isPainted: (id: ElementId) => boolean,
): LiveStroke[] {
  const strokes: LiveStroke[] = [];
  for (const { liveInk } of others) {
    for (const ink of liveInk) if (!isPainted(ink.id)) strokes.push({ ink, predicted: [] });
  }
  return strokes;
}

/** Whether an element is on the board and its tiles show it. */
export function paintedIn(scene: Scene, tiles: TileLayer): (id: ElementId) => boolean {
  return (id) => {
    const box = scene.boundsOf(id);
    return box !== null && !tiles.isStale(box);
  };
}
