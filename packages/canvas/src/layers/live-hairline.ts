import type { Box, Polyline } from '@inkwire/core';
import { canBeToldApart } from '../paint/hairline.js';
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
  /** `[x0, y0, x1, y1, …]` */
  let kept: number[] = [];
  let pieces: PieceIndex<Polyline> = createPieceIndex();
  let pieced = 0;
  /** What was around the line from the last point that stays to its end. */
  let loose = NOWHERE;

  function keep(line: number[], { x, y }: RawPoint): void {
    const [lastX, lastY] = [line[line.length - 2], line[line.length - 1]];
    const isFirst = lastX === undefined || lastY === undefined;
    if (isFirst || canBeToldApart(x - lastX, y - lastY, knownScale)) line.push(x, y);
  }

  function catchUp(scale: number): void {
    if (scale !== knownScale) {
      knownScale = scale;
      known = 0;
      kept = [];
      pieces = createPieceIndex();
      pieced = 0;
    }
    for (; known < points.length; known++) {
      const point = points[known];
      if (point !== undefined) keep(kept, point);
    }
    for (; kept.length / 2 > pieced + PIECE_LENGTH; pieced += PIECE_LENGTH) {
      const piece = Float64Array.from(kept.slice(2 * pieced, 2 * (pieced + PIECE_LENGTH + 1)));
      pieces.add(piece, boxAround(piece));
    }
  }

  /** From the kept point with that number to the very last one, which counts wherever it is. */
  function lineFrom(first: number): Polyline {
    const line = kept.slice(2 * first);
    for (const point of tail.slice(0, -1)) keep(line, point);
    const last = tail.at(-1);
    if (last !== undefined) line.push(last.x, last.y);
    return Float64Array.from(line);
  }

  function lastThatStays(): number[] {
    return kept.length > 0 ? kept.slice(-2) : flat(points.slice(-1));
  }

  return {
    update(added, next) {
      const before = lastThatStays();
      for (const point of added) points.push(point);
      tail = next;
      if (knownScale > 0) catchUp(knownScale);
      const end = boxAround(flat(tail));
      const changed = union(loose, union(boxAround([...before, ...flat(added)]), end));
      loose = union(boxAround(lastThatStays()), end);
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
