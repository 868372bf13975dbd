import {
  type Board,
  boundsOf,
  type Change,
  compose,
  type ElementId,
  emptyChange,
  reorderElements,
  reparentElements,
  withContents,
} from '@inkwire/core';
import { isLocked } from './locked.js';
import { boxContains } from './pick.js';
import { boundsAround } from './selection-frame.js';
import type { ToolContext } from './tool.js';

/** The frame on which elements would be dropped: the topmost around their middle, as large as they are at least. */
export function frameUnder(
  context: Pick<ToolContext, 'board' | 'query' | 'find'>,
  ids: readonly ElementId[],
  { dx, dy }: { readonly dx: number; readonly dy: number },
): ElementId | null {
  const { board, query, find } = context;
  const held = withContents(board, ids);
  const box = boundsAround(held, find);
  if (box.minX > box.maxX) return null;
  const own = new Set(held.map(({ id }) => id));
  const [x, y] = [(box.minX + box.maxX) / 2 + dx, (box.minY + box.maxY) / 2 + dy];
  const frames = query({ minX: x, minY: y, maxX: x, maxY: y }).filter((element) => {
    if (element.kind !== 'frame' || own.has(element.id) || isLocked(board, element.id)) return false;
    const { minX, maxX, minY, maxY } = boundsOf(element, find);
    const holds = maxX - minX >= box.maxX - box.minX && maxY - minY >= box.maxY - box.minY;
    return holds && boxContains(element, [x, y]);
  });
  return frames.at(-1)?.id ?? null;
}

/** Puts elements into a frame and in front of it, or out of the one they are in (null). */
export function dropOn(board: Board, ids: readonly ElementId[], frame: ElementId | null): Change {
  return compose(reparentInto(board, ids, frame), raiseOver(board, ids, frame));
}

/** What is in a group stays in it. */
function reparentInto(board: Board, ids: readonly ElementId[], frame: ElementId | null): Change {
  const leaving = ids.filter((id) => {
    const parent = board.get(id)?.parent ?? null;
    if (parent === frame) return false;
    return parent === null || board.get(parent)?.kind === 'frame';
  });
  return leaving.length === 0 ? emptyChange(board.writer) : reparentElements(board, leaving, frame);
}

/** Brings elements in front of the frame that they come into, whose sheet would cover them. */
export function raiseOver(board: Board, ids: readonly ElementId[], frame: ElementId | null): Change {
  const order = frame === null ? undefined : board.get(frame)?.order;
  const covered = ids.filter((id) => order !== undefined && (board.get(id)?.order ?? order) < order);
  return covered.length === 0 ? emptyChange(board.writer) : reorderElements(board, covered, 'front');
}
