import type { Box, Polyline } from '@inkwire/core';
import { addPoint, createThinning, endLine, restOf } from '../paint/hairline.js';
import type { RawPoint } from '../paint/ink-smoothing.js';
import { union } from '../scene/box.js';
import { boxAround, NOWHERE } from './box-around.js';
import { createPieceIndex, type PieceIndex } from './piece-index.js';

/**
 * A live stroke that is so thin on the screen that it is a plain line: the points of it that can be told apart, found
 * once for every scale. Coordinates are page units from its first point.
 */
export interface LiveHairline {
  /** Takes in points that stay, and how the line ends for now; returns the box around what moves. */
  update(added: readonly RawPoint[], tail: readonly RawPoint[]): Box;
  /** All of it, at `scale` device pixels per page unit: the line that it is when it is committed. */
  whole(scale: number): readonly Polyline[];
  /** Pieces of it that reach into `box`. */
  within(box: Box, scale: number): readonly Polyline[];
}

/** Points from one piece to the next, which begins where it ends. */
const PIECE_LENGTH = 32;

export function createLiveHairline(): LiveHairline {
  const points: RawPoint[] = [];
  let tail: readonly RawPoint[] = [];
  let knownScale = 0;
  let known = 0;
  let thinning = createThinning(1);
  let pieces: PieceIndex<Polyline> = createPieceIndex();
  let pieced = 0;
  /** What was around the line from the last point that stays to its end. */
  let loose = NOWHERE;

  function catchUp(scale: number): void {
    if (scale !== knownScale) {
      knownScale = scale;
      known = 0;
      thinning = createThinning(scale);
      pieces = createPieceIndex();
      pieced = 0;
    }
    for (; known < points.length; known++) {
      const point = points[known];
      if (point !== undefined) addPoint(thinning, point.x, point.y);
    }
    for (; thinning.kept > pieced + PIECE_LENGTH; pieced += PIECE_LENGTH) {
      const piece = thinning.points.slice(2 * pieced, 2 * (pieced + PIECE_LENGTH + 1));
      pieces.add(piece, boxAround(piece));
    }
  }

  /** From the point that stays with that number to the very last one. */
  function lineFrom(first: number): Polyline {
    const rest = restOf(thinning, first);
    for (const { x, y } of tail.slice(0, -1)) addPoint(rest, x, y);
    const last = tail.at(-1) ?? points.at(-1);
    return last === undefined ? new Float64Array(0) : endLine(rest, last.x, last.y);
  }

  /** What may still change: from the last point that stays on. */
  function unsettled(): Polyline {
    const { kept, count } = thinning;
    return thinning.points.slice(2 * Math.max(kept - 1, 0), 2 * count);
  }

  return {
    update(added, next) {
      const before = knownScale > 0 ? unsettled() : flat(points.slice(-1));
      for (const point of added) points.push(point);
      tail = next;
      if (knownScale > 0) catchUp(knownScale);
      const end = boxAround(flat(tail));
      const changed = union(loose, union(boxAround([...before, ...flat(added)]), end));
      loose = union(boxAround(knownScale > 0 ? unsettled() : flat(points.slice(-1))), end);
      return changed;
    },
    whole(scale) {
      catchUp(scale);
      return [lineFrom(0)];
    },
    within(box, scale) {
      catchUp(scale);
      return [...pieces.within(box), lineFrom(pieced)];
    },
  };
}

function flat(points: readonly RawPoint[]): number[] {
  return points.flatMap(({ x, y }) => [x, y]);
}
