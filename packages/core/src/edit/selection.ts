import type { Board } from '../board/board.js';
import { boundsOf } from '../element/bounds.js';
import type { Element } from '../element/element.js';
import { uniteBoxes } from '../element/geometry/box.js';
import type { Box } from '../element/geometry.js';
import type { ElementId } from '../element/id.js';
import { comparePaint } from '../element/order.js';

/** The elements of `ids` that can be seen, with everything in their groups and frames, each once, in paint order. */
export const withContents = (board: Board, ids: Iterable<ElementId>): Element[] => {
  const found = new Map<ElementId, Element>();
  // However deep somebody nests groups, no call stack is as deep.
  const pending = Array.from(ids, (id) => board.get(id));
  while (pending.length > 0) {
    const element = pending.pop();
    if (element === undefined || found.has(element.id)) continue;
    found.set(element.id, element);
    for (const child of board.children(element.id)) pending.push(child);
  }
  return [...found.values()].sort(comparePaint);
};

/** The box around elements and everything in them; without extent and infinitely far away when there are none. */
export const boundsOfAll = (board: Board, ids: Iterable<ElementId>): Box =>
  uniteBoxes(withContents(board, ids).map((element) => boundsOf(element, board.recall)));

/** Of `ids`, those that are not in another of them: what moves as one. */
export const outermost = (board: Board, ids: Iterable<ElementId>): ElementId[] => {
  const chosen = new Set(ids);
  return [...chosen].filter((id) => {
    // Resolved parents form no cycle (D9).
    for (let at = board.get(id)?.parent ?? null; at !== null; at = board.get(at)?.parent ?? null) {
      if (chosen.has(at)) return false;
    }
    return board.get(id) !== undefined;
  });
};
