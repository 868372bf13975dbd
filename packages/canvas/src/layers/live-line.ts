import { type Box, growBox, type InkPoint, type LiveInk, type Point } from '@inkwire/core';
import { isHairline } from '../paint/hairline.js';
import type { Outline } from '../paint/ink-outline.js';
import type { RawPoint } from '../paint/ink-smoothing.js';
import { paintHairlines, paintInk } from '../paint/paint-ink.js';
import { drawnPressure } from '../paint/pen-tilt.js';
import type { Surface } from '../paint/surface.js';
import type { Theme } from '../paint/theme.js';
import { union } from '../scene/box.js';
import { NOWHERE } from './box-around.js';
import { createLiveHairline, type LiveHairline } from './live-hairline.js';
import { createLivePieces, type LivePieces } from './live-pieces.js';

/** One stroke that is being drawn. */
export interface LiveLine {
  /** What it covers on the page, or a little more. */
  readonly box: Box;
  /**
   * Takes in how it looks now; returns the box on the page that looks different, null where none does.
   *
   * @param predicted where the pointer will probably be next: shown, and never committed.
   */
  update(ink: LiveInk, predicted: readonly InkPoint[]): Box | null;
  /** Paints all of it, just as it is painted when it is committed. */
  paint(surface: Surface, theme: Theme): void;
  /** Paints what of it reaches into `box`. */
  paintPart(surface: Surface, theme: Theme, box: Box): void;
}

/** Of what is known already, so many points at the end are compared: playback changes no more of them. */
const UNSETTLED = 64;

export function createLiveLine(first: LiveInk): LiveLine {
  let ink = first;
  let start: Point = [0, 0];
  let measured = false;
  /** The points that were taken in, and those after them that may still change. */
  let taken: InkPoint[] = [];
  let tail: readonly InkPoint[] = [];
  let pieces: LivePieces = createLivePieces(ink, measured);
  let hairline: LiveHairline = createLiveHairline();
  let box = NOWHERE;

  function begin({ x, y }: InkPoint = { x: 0, y: 0 }): void {
    start = [x, y];
    taken = [];
    pieces = createLivePieces(ink, measured);
    hairline = createLiveHairline();
  }

  function relative(point: InkPoint): RawPoint {
    const pressure = measured ? drawnPressure(point) : undefined;
    return { x: point.x - start[0], y: point.y - start[1], pressure };
  }

  function onPage({ minX, minY, maxX, maxY }: Box): Box {
    const [x, y] = start;
    return { minX: minX + x, minY: minY + y, maxX: maxX + x, maxY: maxY + y };
  }

  return {
    get box() {
      return box;
    },
    update(next, predicted) {
      ink = next;
      const { points } = ink;
      // The last point may be pressed harder yet.
      const settled = Math.max(points.length - 1, 0);
      const rest = [...points.slice(settled), ...predicted];
      let added = points.slice(taken.length, settled);
      const isMeasured = measured || [...added, ...rest].some(({ pressure }) => pressure !== undefined);
      const goesOn = isMeasured === measured && settled >= taken.length && startsWith(points, taken);
      if (goesOn && added.length === 0 && isSame(rest, tail)) return null;
      const isNew = !goesOn || taken.length === 0;
      if (isNew) {
        measured = isMeasured;
        begin(points[0] ?? predicted[0]);
        added = points.slice(0, settled);
      }
      for (const point of added) taken.push(point);
      tail = rest;
      const [addedHere, tailHere] = [added.map(relative), tail.map(relative)];
      const outlined = pieces.update(addedHere, tailHere);
      const lined = growBox(hairline.update(addedHere, tailHere), ink.width);
      const changed = onPage(union(outlined, lined));
      const before = box;
      box = union(box, changed);
      return isNew ? union(before, changed) : changed;
    },
    paint(surface, theme) {
      surface.place({ position: start, size: [0, 0], rotation: 0 });
      const { width } = ink;
      if (isHairline(width, surface.scale))
        paintHairlines(surface, hairline.whole(surface.scale), ink, [0, 0], theme);
      else paintInk(surface, pieces.whole(), ink, [0, 0], theme);
    },
    paintPart(surface, theme, { minX, minY, maxX, maxY }) {
      const [x, y] = start;
      const part = { minX: minX - x, minY: minY - y, maxX: maxX - x, maxY: maxY - y };
      if (isHairline(ink.width, surface.scale)) {
        surface.place({ position: start, size: [0, 0], rotation: 0 });
        const reach = growBox(part, ink.width);
        paintHairlines(surface, hairline.within(reach, surface.scale), ink, [0, 0], theme);
        return;
      }
      const outline = pieces.within(part);
      // Where a line crosses itself again and again, most of what its pieces cover lies beyond the box. A curve that is
      // cut runs a little otherwise: those that reach into the box are whole.
      const margin = Math.ceil(longestEdge(outline) * surface.scale) / surface.scale;
      const size: Point = [maxX - minX + 2 * margin, maxY - minY + 2 * margin];
      surface.clip([{ id: ink.id, position: [minX - margin, minY - margin], size, rotation: 0 }]);
      surface.place({ position: start, size: [0, 0], rotation: 0 });
      paintInk(surface, outline, ink, [0, 0], theme);
      surface.clip([]);
    },
  };
}

/** No curve of the outline is longer or wider than this: it leads from the middle of one edge to that of the next. */
function longestEdge(outline: Outline): number {
  let longest = 0;
  for (const polygon of outline) {
    let x = polygon[polygon.length - 2] ?? 0;
    let y = polygon[polygon.length - 1] ?? 0;
    for (let i = 0; i < polygon.length; i += 2) {
      const [nextX, nextY] = [polygon[i] ?? 0, polygon[i + 1] ?? 0];
      longest = Math.max(longest, Math.abs(nextX - x), Math.abs(nextY - y));
      x = nextX;
      y = nextY;
    }
  }
  return longest;
}

function startsWith(points: readonly InkPoint[], known: readonly InkPoint[]): boolean {
  for (let i = Math.max(0, known.length - UNSETTLED); i < known.length; i++)
    if (!isSamePoint(points[i], known[i])) return false;
  return true;
}

function isSame(a: readonly InkPoint[], b: readonly InkPoint[]): boolean {
  return a.length === b.length && a.every((point, i) => isSamePoint(point, b[i]));
}

function isSamePoint(a: InkPoint | undefined, b: InkPoint | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const { x, y, pressure, tiltX, tiltY } = a;
  return (
    a === b || (x === b.x && y === b.y && pressure === b.pressure && tiltX === b.tiltX && tiltY === b.tiltY)
  );
}
