import type { Box, LiveInk } from '@inkwire/core';
import { createInkEdges, type LineCaps, type Seam } from '../paint/ink-edges.js';
import { type Outline, type Polygon, partPolygon, wholePolygon } from '../paint/ink-outline.js';
import type { RawPoint } from '../paint/ink-smoothing.js';
import { union } from '../scene/box.js';
import { boxAround, NOWHERE } from './box-around.js';
import { createPieceIndex } from './piece-index.js';

/**
 * What a live stroke covers, as overlapping pieces of its outline, of which only the last one changes with an event: so
 * an event costs the same however long the stroke is. All coordinates are page units from its first point.
 */
export interface LivePieces {
  /** Takes in points that stay, and how the line ends for now; returns the box of what looks different. */
  update(added: readonly RawPoint[], tail: readonly RawPoint[]): Box;
  /** All that it covers: the polygon that it has when it is committed, to the last bit. */
  whole(): Outline;
  /** The pieces that reach into `box`. */
  within(box: Box): Outline;
}

/** Edges are curves through the middles between corners: a new corner bends what is between so many before it. */
const BENT = 2;
/** Corners that a piece shares with the one before: where a piece ends, it is cut across, and bent otherwise than the whole. */
const SHARED = 6;

const NO_CAPS: LineCaps = { start: [], end: [] };

/** @param measured whether the pressure of the points was measured. */
export function createLivePieces(
  { tool, width }: Pick<LiveInk, 'tool' | 'width'>,
  measured: boolean,
): LivePieces {
  const edges = createInkEdges({ tool, width, measured });
  const settled = createPieceIndex<Polygon>();
  let count = 0;
  let caps = NO_CAPS;
  /** What was around the corners that could still move. */
  let loose = NOWHERE;

  function pieceTo(end: Seam, endCaps: Partial<LineCaps>): Polygon {
    const seam = edges.seams[count - 1];
    if (seam === undefined)
      return partPolygon(edges, { left: 0, right: 0 }, end, { ...endCaps, start: caps.start });
    const from = { left: Math.max(seam.left - SHARED, 0), right: Math.max(seam.right - SHARED, 0) };
    return partPolygon(edges, from, end, endCaps);
  }

  function looseBox({ left, right }: Seam): Box {
    const box = union(
      union(boxAround(edges.left, left - BENT), boxAround(edges.right, right - BENT)),
      boxAround(caps.end),
    );
    return Math.min(left, right) > BENT ? box : union(box, boxAround(caps.start));
  }

  return {
    update(added, tail) {
      for (const { x, y, pressure } of added) edges.add(x, y, pressure);
      const before = edges.settled;
      caps = edges.end(tail);
      for (let seam = edges.seams[count]; seam !== undefined; seam = edges.seams[count]) {
        const piece = pieceTo(seam, {});
        settled.add(piece, boxAround(piece));
        count++;
      }
      const changed = union(loose, looseBox(before));
      loose = looseBox(edges.settled);
      return changed;
    },
    whole: () => [wholePolygon(edges, caps)],
    within(box) {
      const end = { left: edges.left.length / 2, right: edges.right.length / 2 };
      return [...settled.within(box), pieceTo(end, { end: caps.end })];
    },
  };
}
