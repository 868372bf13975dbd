import { type Box, boxesMeet, type InkPoint, type LiveInk } from '@inkwire/core';
import { isHairline } from '../paint/hairline.js';
import { inkPolygon, type Outline } from '../paint/ink-outline.js';
import { type InkFigure, paintInk } from '../paint/paint-ink.js';
import type { Surface } from '../paint/surface.js';
import type { Theme } from '../paint/theme.js';
import { union } from '../scene/box.js';
import { createLivePieces, curveOf, inkBox, type LivePieces } from './live-pieces.js';

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
  /** Paints the strokes that reach into `box`; `inPart`: what is outside of it will not be seen. */
  paint(surface: Surface, theme: Theme, box: Box, inPart: boolean): void;
}

interface Shown {
  readonly ink: LiveInk;
  readonly points: readonly InkPoint[];
  readonly box: Box;
  readonly figure: InkFigure;
  readonly pieces: LivePieces;
}

/** Strokes of more points are painted in part where only a part is to be seen. */
const LONG = 192;
const NO_CURVE = curveOf([]);

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
        const pieces = before?.pieces ?? createLivePieces(ink);
        const common = before === undefined ? 0 : commonLength(before.points, points);
        pieces.update(points, common);
        const fresh = inkBox(points, common, ink.width);
        const box = before === undefined ? fresh : union(before.box, fresh);
        const now: Shown = { ink, points, box, figure: liveFigure(ink, points), pieces };
        next.set(ink.id, now);
        damage.push(before === undefined ? now.box : changedBox(before, now, common));
      }
      for (const [id, { box }] of shown) if (!next.has(id)) damage.push(box);
      shown = next;
      return damage;
    },
    reaches(box) {
      for (const stroke of shown.values()) if (boxesMeet(stroke.box, box)) return true;
      return false;
    },
    paint(surface, theme, box, inPart) {
      for (const { ink, points, figure, pieces, box: reached } of shown.values()) {
        const [first] = points;
        if (first === undefined || !boxesMeet(reached, box)) continue;
        surface.place({ position: [first.x, first.y], size: [0, 0], rotation: 0 });
        const part = inPart && points.length > LONG && !isHairline(ink.width, surface.scale);
        const painted = part ? { curve: NO_CURVE, cuts: [], outline: () => pieces.outlineIn(box) } : figure;
        paintInk(surface, painted, ink, [0, 0], theme);
      }
    },
  };
}

/** Ink in full, made when it is needed: most events show only the end of it. */
function liveFigure({ tool, width }: LiveInk, points: readonly InkPoint[]): InkFigure {
  let curve: ReturnType<typeof curveOf> | undefined;
  let outline: Outline | undefined;
  const figure: InkFigure = {
    get curve() {
      curve ??= curveOf(points);
      return curve;
    },
    cuts: [],
    outline() {
      outline ??= [inkPolygon(figure.curve, tool, width)];
      return outline;
    },
  };
  return figure;
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

function changedBox(before: Shown, now: Shown, common: number): Box {
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
