import type { Box, ElementId, Participant } from '@inkwire/core';
import type { Scene } from '../scene/scene.js';
import { createLiveLayer, type LiveStroke } from './live-layer.js';
import type { TileLayer } from './tile-layer.js';
import { type PixelRect, pixelsOf, type View } from './view.js';

/** The one canvas that people see: tiles copied, live ink painted over them, and only where something changed. */
export interface Screen {
  /** Shows `view` with these live strokes; `damage` is what the tiles changed since the last call. */
  compose(view: View, strokes: readonly LiveStroke[], damage: readonly Box[] | 'all'): void;
}

/** More rectangles than this cost more than one copy of everything. */
const MOST_RECTANGLES = 24;

export function createScreen(canvas: HTMLCanvasElement, tiles: TileLayer): Screen {
  // Opaque: the browser need not blend the board with what is behind it.
  const context = canvas.getContext('2d', { alpha: false });
  const live = createLiveLayer();
  let shown: View | null = null;

  function paint(rect: PixelRect, view: View): void {
    if (context === null) return;
    context.save();
    context.beginPath();
    context.rect(rect.x, rect.y, rect.width, rect.height);
    context.clip();
    tiles.draw(context, view, rect, live);
    context.restore();
  }

  return {
    compose(view, strokes, damage) {
      const liveDamage = live.update(strokes);
      if (view.width === 0 || view.height === 0) return;
      let whole = damage === 'all' || shown === null || !sameView(view, shown);
      if (canvas.width !== view.width || canvas.height !== view.height) {
        canvas.width = view.width;
        canvas.height = view.height;
        whole = true;
      }
      shown = view;
      const boxes = damage === 'all' ? [] : [...damage, ...liveDamage];
      if (whole || boxes.length > MOST_RECTANGLES) {
        paint({ x: 0, y: 0, width: view.width, height: view.height }, view);
        return;
      }
      for (const box of boxes) {
        const rect = pixelsOf(box, view, view.width, view.height);
        if (rect !== null) paint(rect, view);
      }
    },
  };
}

function sameView(a: View, b: View): boolean {
  return a.scale === b.scale && a.originX === b.originX && a.originY === b.originY;
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
