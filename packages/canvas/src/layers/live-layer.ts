import { type Box, boxesMeet, type InkPoint, type LiveInk } from '@inkwire/core';
import { inkPolygon, type Outline } from '../paint/ink-outline.js';
import { type InkFigure, paintInk } from '../paint/paint-ink.js';
import type { Surface } from '../paint/surface.js';
import type { Theme } from '../paint/theme.js';
import { union } from '../scene/box.js';

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
  /** Paints the strokes that reach into `box`. */
  paint(surface: Surface, theme: Theme, box: Box): void;
}

interface Shown {
  readonly ink: LiveInk;
  readonly points: readonly InkPoint[];
  readonly box: Box;
  readonly figure: InkFigure;
}

export function createLiveLayer(): LiveLayer {
  let shown = new Map<string, Shown>();

  return {
    update(strokes) {
      const damage: Box[] = [];
      const next = new Map<string, Shown>();
      for (const { ink, predicted } of strokes) {
        const points = [...ink.points, ...predicted];
        if (points.length === 0) continue;
        const before = shown.get(ink.id);
        if (before !== undefined && samePoints(before.points, points)) {
          next.set(ink.id, before);
          continue;
        }
        const now: Shown = {
          ink,
          points,
          box: inkBox(points, 0, ink.width),
          figure: liveFigure(ink, points),
        };
        next.set(ink.id, now);
        damage.push(before === undefined ? now.box : changedBox(before, now));
      }
      for (const [id, { box }] of shown) if (!next.has(id)) damage.push(box);
      shown = next;
      return damage;
    },
    reaches(box) {
      for (const stroke of shown.values()) if (boxesMeet(stroke.box, box)) return true;
      return false;
    },
    paint(surface, theme, box) {
      for (const { ink, points, figure, box: reached } of shown.values()) {
        const [first] = points;
        if (first === undefined || !boxesMeet(reached, box)) continue;
        surface.place({ position: [first.x, first.y], size: [0, 0], rotation: 0 });
        paintInk(surface, figure, ink, [0, 0], theme);
      }
    },
  };
}

function liveFigure({ tool, width }: LiveInk, points: readonly InkPoint[]): InkFigure {
  const hasPressure = points.some((point) => point.pressure !== undefined);
  const curve = {
    length: points.length,
    x: points.map((point) => point.x),
    y: points.map((point) => point.y),
    pressure: hasPressure ? points.map((point) => point.pressure ?? 0.5) : null,
  };
  let outline: Outline | undefined;
  return {
    curve,
    cuts: [],
    outline() {
      outline ??= [inkPolygon(curve, tool, width)];
      return outline;
    },
  };
}

/** Whether nothing was added. Points only ever grow at the end, where prediction and playback also move. */
function samePoints(before: readonly InkPoint[], now: readonly InkPoint[]): boolean {
  return before.length === now.length && commonLength(before, now) === now.length;
}

/** How far from the end points are compared: prediction and playback move no more of them. */
const UNSETTLED = 64;

function commonLength(before: readonly InkPoint[], now: readonly InkPoint[]): number {
  const end = Math.min(before.length, now.length);
  for (let i = Math.max(0, end - UNSETTLED); i < end; i++) {
    const a = before[i];
    const b = now[i];
    if (a?.x !== b?.x || a?.y !== b?.y || a?.pressure !== b?.pressure) return i;
  }
  return end;
}

/** The outline looks ahead and back a little, so some points before the first new one move as well. */
const TAIL_POINTS = 12;
const TAIL_WIDTHS = 3;
/** The pressure at the start is an average of this many points. */
const HEAD_POINTS = 16;

function changedBox(before: Shown, now: Shown): Box {
  const common = commonLength(before.points, now.points);
  if (common <= HEAD_POINTS) return union(before.box, now.box);
  let from = common - 1;
  let length = 0;
  while (from > 0 && (common - from < TAIL_POINTS || length < TAIL_WIDTHS * now.ink.width)) {
    const a = now.points[from];
    const b = now.points[from - 1];
    if (a === undefined || b === undefined) break;
    length += Math.hypot(a.x - b.x, a.y - b.y);
    from--;
  }
  return union(inkBox(before.points, from, before.ink.width), inkBox(now.points, from, now.ink.width));
}

function inkBox(points: readonly InkPoint[], from: number, width: number): Box {
  let minX = Number.POSITIVE_INFINITY;
  let minY = Number.POSITIVE_INFINITY;
  let maxX = Number.NEGATIVE_INFINITY;
  let maxY = Number.NEGATIVE_INFINITY;
  for (let i = from; i < points.length; i++) {
    const point = points[i];
    if (point === undefined) continue;
    minX = Math.min(minX, point.x);
    minY = Math.min(minY, point.y);
    maxX = Math.max(maxX, point.x);
    maxY = Math.max(maxY, point.y);
  }
  return { minX: minX - width, minY: minY - width, maxX: maxX + width, maxY: maxY + width };
}
