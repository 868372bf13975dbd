import { type Box, boxesMeet, type InkPoint, type LiveInk } from '@inkwire/core';
import { inkPolygon, type Outline, type Polygon } from '../paint/ink-outline.js';

/**
 * A long live stroke as overlapping pieces, of which only the last one changes with an event: what an event costs does
 * not depend on the stroke's length. The pieces follow the outline of the whole within a fraction of a pixel.
 */
export interface LivePieces {
  /** Takes in the points as they are now; those before `common` are the same as the last time. */
  update(points: readonly InkPoint[], common: number): void;
  /** What the stroke covers in `box` of the page, in page units from its first point. */
  outlineIn(box: Box): Outline;
}

interface Piece {
  readonly box: Box;
  readonly polygon: Polygon;
}

/** Points that a piece adds. */
const LENGTH = 32;
/** Points before them that it begins with: by then, width and course are those of the whole stroke. */
const LEAD = 48;
/** Points after them that it reaches into the next one. */
const REACH = 8;

export function createLivePieces({ tool, width }: Pick<LiveInk, 'tool' | 'width'>): LivePieces {
  let pieces: Piece[] = [];
  let points: readonly InkPoint[] = [];

  function pieceOf(index: number): Piece {
    const from = Math.max(index * LENGTH - LEAD, 0);
    const part = points.slice(from, (index + 1) * LENGTH + REACH);
    const [first, start] = [points[0], part[0]];
    const polygon = inkPolygon(curveOf(part), tool, width);
    if (first !== undefined && start !== undefined) {
      for (let i = 0; i < polygon.length; i += 2) {
        polygon[i] = (polygon[i] ?? 0) + start.x - first.x;
        polygon[i + 1] = (polygon[i + 1] ?? 0) + start.y - first.y;
      }
    }
    // Its beginning is painted by the piece before it.
    return { box: inkBox(part, Math.max(index * LENGTH - REACH - from, 0), width), polygon };
  }

  return {
    update(next, common) {
      points = next;
      const kept = Math.max(Math.floor((common - REACH) / LENGTH), 0);
      if (kept < pieces.length) pieces = pieces.slice(0, kept);
    },
    outlineIn(box) {
      const count = Math.max(Math.ceil((points.length - REACH) / LENGTH), 1);
      while (pieces.length < count) pieces.push(pieceOf(pieces.length));
      return pieces.filter((piece) => boxesMeet(piece.box, box)).map((piece) => piece.polygon);
    },
  };
}

/** Points as ink, one array for each axis. */
export function curveOf(points: readonly InkPoint[]) {
  const hasPressure = points.some((point) => point.pressure !== undefined);
  return {
    length: points.length,
    x: points.map((point) => point.x),
    y: points.map((point) => point.y),
    pressure: hasPressure ? points.map((point) => point.pressure ?? 0.5) : null,
  };
}

/** The box around what the points from `from` on paint. */
export function inkBox(points: readonly InkPoint[], from: number, width: number): Box {
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
