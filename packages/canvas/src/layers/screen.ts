import type { Box, Element, ElementId, Participant } from '@inkwire/core';
import type { Scene } from '../scene/scene.js';
import { createLiveLayer, type LiveStroke } from './live-layer.js';
import { createPreviewLayer } from './preview-layer.js';
import type { TileSource } from './tile.js';
import type { Overpaint } from './tile-compositor.js';
import type { TileLayer } from './tile-layer.js';
import { type PixelRect, pixelsOf, sameView, type View } from './view.js';

/** The one canvas that people see: tiles copied, live ink painted over them, and only where something changed. */
export interface Screen {
  /** Shows `view` with what is `above` the tiles; `damage` is what the tiles changed since the last call. */
  compose(view: View, above: Above, damage: readonly Box[] | 'all'): void;
  /** Gives the canvas's memory back; the next call shows everything anew. */
  release(): void;
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

export function createScreen(canvas: HTMLCanvasElement, tiles: TileLayer, source: TileSource): Screen {
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
  let shown: View | null = null;
  // Without pixels it is black. It has its place and size all the same: for a canvas that comes later a browser sets up
  // all of its layers anew.
  canvas.style.opacity = '0';

  function paint(rect: PixelRect, view: View, over: Overpaint): void {
    if (context === null) return;
    context.save();
    context.beginPath();
    context.rect(rect.x, rect.y, rect.width, rect.height);
    context.clip();
    tiles.draw(context, view, rect, over);
    context.restore();
  }

  return {
    compose(view, { strokes, elements, find }, damage) {
      const liveDamage = [...live.update(strokes), ...previews.update(elements, find)];
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
      const whole = isResized || damage === 'all' || shown === null || !sameView(view, shown);
      shown = view;
      const boxes = damage === 'all' ? [] : [...damage, ...liveDamage];
      if (whole || boxes.length > MOST_RECTANGLES) {
        paint({ x: 0, y: 0, width: view.width, height: view.height }, view, inWhole);
        return;
      }
      for (const box of boxes) {
        const rect = pixelsOf(box, view, view.width, view.height);
        if (rect !== null) paint(rect, view, inPart);
      }
    },
    release() {
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
