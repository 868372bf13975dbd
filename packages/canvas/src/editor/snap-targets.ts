import { type Box, boundsOf, type Element, type ElementId, type Point, withContents } from '@inkwire/core';
import { seenThroughFrames } from '../scene/seen-bounds.js';
import { type Snap, type SnapLines, snapBox, snapToGrid } from './snap.js';
import type { ToolContext } from './tool.js';

/** How near something has to be to be aligned, CSS pixels. */
const REACH = 6;
/** With more boxes than this on the screen, there is a line everywhere. */
const MOST_TARGETS = 250;

/** What the elements in a hand can be aligned with: what is on the screen when they are taken, where it is now (C5). */
export interface SnapTargets {
  readonly boxes: readonly Box[];
  /** Page units. */
  readonly reach: number;
  /** Page units between the lines of the grid; null for no grid. */
  readonly grid: number | null;
}

/** How `box` is aligned: with the grid where there is one, else with what is around. */
export function alignBox(box: Box, { boxes, reach, grid }: SnapTargets, lines?: SnapLines): Snap {
  return grid === null ? snapBox(box, boxes, reach, lines) : snapToGrid(box, grid, lines);
}

const POINT: SnapLines = { x: ['middle'], y: ['middle'] };

/** Where a corner that is pulled to `point` is aligned, and what shows it. */
export function alignPoint(
  [x, y]: Point,
  targets: SnapTargets,
  lines: SnapLines = POINT,
): { readonly point: Point; readonly marks: Snap['marks'] } {
  const { dx, dy, marks } = alignBox({ minX: x, minY: y, maxX: x, maxY: y }, targets, lines);
  return { point: [x + dx, y + dy], marks };
}

/** What elements in a hand can be aligned with, but for themselves. */
export function snapTargets(context: ToolContext, held: readonly ElementId[]): SnapTargets {
  const { board, query, find, visible, zoom, grid } = context;
  const own = new Set(withContents(board, held).map(({ id }) => id));
  // Ink has no edges that anybody would align by, and lines follow what they are bound to.
  const targets = query(visible()).filter(
    ({ id, kind }) => !own.has(id) && kind !== 'stroke' && kind !== 'line' && kind !== 'arrow',
  );
  const boxOf = (element: Element) => seenThroughFrames(boundsOf(element, find), element, find);
  const near = targets.filter((element) => boxOf(element) !== null).map(({ id }) => id);
  return {
    get boxes() {
      if (near.length > MOST_TARGETS) return [];
      return near.flatMap((id) => {
        const element = board.get(id);
        return (element && boxOf(element)) ?? [];
      });
    },
    reach: REACH / zoom,
    grid,
  };
}
