import {
  type Box,
  type DraggedElements,
  type ElementId,
  encodePresence,
  type InkPoint,
  type LiveInk,
  type Point,
  type TextPlace,
  type TrailSample,
} from '@inkwire/core';
import type { Clock } from '../clock.js';
import { createOwnDrag } from './own-drag.js';

/** What this session shows the others, gathered between two frames. */
export interface OwnPresence {
  setCursor(point: Point | null): void;
  setTool(tool: string): void;
  setSelection(ids: readonly ElementId[]): void;
  setViewport(box: Box): void;
  drawLive(ink: LiveInk): void;
  endLive(id: ElementId): void;
  setDrag(drag: DraggedElements | null): void;
  setWriting(place: TextPlace | null): void;
  /** I committed a change of these elements: what I drag among them is let go. */
  commit(ids: readonly ElementId[]): void;
  /** Bytes for the next frame; empty when nothing changed since the one before. */
  take(): Uint8Array;
  /** Somebody came who knows nothing yet: the next frame tells everything. */
  tellAll(): void;
  stop(): void;
}

/** Whoever draws or drags and holds still says so this often, since silence means that they stopped (P2). */
const HEARTBEAT_MS = 2_000;

/** Bounds for one frame, which has to have room for a commit as well. */
const MAX_IDS = 150;
const MAX_POINTS = 400;
const MAX_SAMPLES = 64;

interface Drawing {
  look: Omit<LiveInk, 'points'>;
  readonly points: InkPoint[];
  told: number;
}

/** Takes in how a stroke looks now. Points are only added, and the last one may be pressed harder: no others are read. */
const takeIn = (drawing: Drawing, { points, ...look }: LiveInk): void => {
  const settled = Math.max(Math.min(drawing.points.length, points.length) - 1, 0);
  drawing.look = look;
  drawing.points.length = settled;
  for (const point of points.slice(settled)) drawing.points.push(point);
};

/** @param onChange told whenever there is something for a frame */
export const createOwnPresence = (clock: Clock, onChange: () => void): OwnPresence => {
  const started = clock.now();
  const drawings = new Map<ElementId, Drawing>();
  let trail: TrailSample[] = [];
  let cursor: Point | null = null;
  let gone = false;
  let ended: ElementId[] = [];
  let tool: string | undefined;
  let selection: readonly ElementId[] | undefined;
  let viewport: Box | undefined;
  let writing: TextPlace | null = null;
  const drag = createOwnDrag();
  const dirty = { tool: false, selection: false, viewport: false, writing: false };
  let cancelHeartbeat = (): void => {};
  let cancelViewport = (): void => {};

  const now = (): number => Math.max(0, clock.now() - started);

  const beat = (): void => {
    cancelHeartbeat();
    if (drawings.size === 0 && !drag.active) return;
    cancelHeartbeat = clock.after(HEARTBEAT_MS, () => {
      tellDrag();
      for (const drawing of drawings.values()) drawing.told = Math.max(0, drawing.told - 1);
      onChange();
      beat();
    });
  };

  /** All of it: a receiver who missed the selection could not tell what is dragged. */
  const tellDrag = (): void => {
    if (!drag.active) return;
    drag.tell();
    dirty.selection = selection !== undefined;
  };

  const sample = ([x, y]: Point): void => {
    const last = trail.at(-1);
    const at = now();
    if (last && last.at === at) trail.pop();
    // A pointer that nobody can be told about yet is only worth its latest way.
    if (trail.length === MAX_SAMPLES) trail.shift();
    trail.push({ at, x, y });
  };

  return {
    setCursor: (point) => {
      if (point === null && cursor === null) return;
      if (point) sample(point);
      cursor = point;
      gone = point === null;
      onChange();
    },
    setTool: (name) => {
      if (tool === name) return;
      tool = name;
      dirty.tool = true;
      onChange();
    },
    setSelection: (ids) => {
      selection = ids.slice(0, MAX_IDS);
      dirty.selection = true;
      onChange();
    },
    setViewport: (box) => {
      viewport = box;
      dirty.viewport = true;
      // The screen says so while it paints, which sending must not delay.
      cancelViewport();
      cancelViewport = clock.after(0, onChange);
    },
    setWriting: (place) => {
      writing = place;
      dirty.writing = true;
      onChange();
    },
    drawLive: (ink) => {
      const known = drawings.get(ink.id);
      const drawing = known ?? { look: ink, points: [], told: 0 };
      takeIn(drawing, ink);
      drawings.set(ink.id, drawing);
      if (!known) beat();
      onChange();
    },
    endLive: (id) => {
      const drawing = drawings.get(id);
      if (!drawing) return;
      drawings.delete(id);
      if (drawing.told > 0) ended.push(id);
      onChange();
    },
    setDrag: (dragged) => {
      const begins = dragged !== null && !drag.active;
      drag.set(dragged && { ...dragged, ids: dragged.ids.slice(0, MAX_IDS) });
      if (begins) {
        tellDrag();
        beat();
      }
      if (drag.waits) onChange();
    },
    commit: (ids) => {
      drag.commit(ids);
      if (drag.waits) onChange();
    },
    take: () => {
      const pieces = [...drawings.values()].filter(({ points, told }) => told < points.length);
      const changed = trail.length > 0 || gone || pieces.length > 0 || ended.length > 0 || drag.waits;
      if (!changed && !Object.values(dirty).includes(true)) return new Uint8Array(0);
      const live = pieces.map((drawing) => {
        const from = drawing.told;
        drawing.told = Math.min(drawing.points.length, from + Math.floor(MAX_POINTS / pieces.length));
        return { ...drawing.look, from, points: drawing.points.slice(from, drawing.told) };
      });
      const bytes = encodePresence({
        at: now(),
        trail,
        gone,
        live,
        ended,
        drag: drag.take(selection),
        ...(dirty.tool ? { tool } : {}),
        ...(dirty.selection ? { selection } : {}),
        ...(dirty.viewport ? { viewport } : {}),
        ...(dirty.writing ? { writing } : {}),
      });
      trail = [];
      gone = false;
      ended = [];
      dirty.tool = dirty.selection = dirty.viewport = dirty.writing = false;
      if (drag.waits || pieces.some(({ points, told }) => told < points.length)) onChange();
      return bytes;
    },
    tellAll: () => {
      if (cursor) sample(cursor);
      for (const drawing of drawings.values()) drawing.told = 0;
      dirty.tool = tool !== undefined;
      dirty.selection = selection !== undefined;
      dirty.viewport = viewport !== undefined;
      dirty.writing = writing !== null;
      drag.tell();
      onChange();
    },
    stop: () => {
      cancelHeartbeat();
      cancelViewport();
    },
  };
};
