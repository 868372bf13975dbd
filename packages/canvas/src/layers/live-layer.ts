import { type Box, boxesMeet, type InkPoint, type LiveInk } from '@inkwire/core';
import type { Surface } from '../paint/surface.js';
import type { Theme } from '../paint/theme.js';
import { createLiveLine, type LiveLine } from './live-line.js';

/** A stroke being drawn, by me or by somebody else. */
export interface LiveStroke {
  readonly ink: LiveInk;
  /** Where the pointer will probably be next: shown, never committed. */
  readonly predicted: readonly InkPoint[];
}

/** The strokes that are being drawn right now, over the committed elements. */
export interface LiveLayer {
  /** Takes in how the strokes look now; returns the boxes on the page that look different since the last call. */
  update(strokes: readonly LiveStroke[]): Box[];
  /** Whether a stroke may reach into this box of the page. */
  reaches(box: Box): boolean;
  /** Paints the strokes that reach into `box`, all of them: as they are painted when they are committed. */
  paint(surface: Surface, theme: Theme, box: Box): void;
  /** Paints what reaches into `box`, of which nothing more is to be seen: a long stroke costs no more than a short one. */
  paintPart(surface: Surface, theme: Theme, box: Box): void;
}

export function createLiveLayer(): LiveLayer {
  let lines = new Map<string, LiveLine>();

  function within(box: Box): LiveLine[] {
    return [...lines.values()].filter((line) => boxesMeet(line.box, box));
  }

  return {
    update(strokes) {
      const damage: Box[] = [];
      const next = new Map<string, LiveLine>();
      for (const { ink, predicted } of strokes) {
        if (ink.points.length + predicted.length === 0) continue;
        const line = lines.get(ink.id) ?? createLiveLine(ink);
        const changed = line.update(ink, predicted);
        if (changed !== null) damage.push(changed);
        next.set(ink.id, line);
      }
      for (const [id, { box }] of lines) if (!next.has(id)) damage.push(box);
      lines = next;
      return damage;
    },
    reaches: (box) => within(box).length > 0,
    paint(surface, theme, box) {
      for (const line of within(box)) line.paint(surface, theme);
    },
    paintPart(surface, theme, box) {
      for (const line of within(box)) line.paintPart(surface, theme, box);
    },
  };
}
