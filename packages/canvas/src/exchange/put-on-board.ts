import {
  addElements,
  type Board,
  type Box,
  type Change,
  type ElementId,
  outermost,
  type Pair,
  type Point,
  pasteElements,
  REGISTERS,
  type StoredElement,
  uniteBoxes,
} from '@inkwire/core';
import type { Gathered } from './gathered.js';
import { boundsOfNew, movedNew } from './imported.js';
import { splitBirths } from './split-change.js';

/** Where things go: around a point of the page, or where they were. */
export type Destination = { readonly around: Point } | 'original';

/**
 * Puts what was gathered on the board, as one step to undo, in pieces that the log takes. Returns what moves as one,
 * to be selected.
 */
export function putOnBoard(board: Board, { stored, elements }: Gathered, to: Destination): ElementId[] {
  const put: ElementId[] = [];
  const commit = (change: Change) => {
    for (const piece of splitBirths(change)) {
      board.commit(piece, { undo: put.length === 0 ? 'step' : 'merge' });
      put.push(...piece.births.keys());
    }
  };
  const [storedX, storedY] = shift(boundsOfStored(stored), to);
  if (stored.length > 0) commit(pasteElements(board, stored, { dx: storedX, dy: storedY }));
  const [newX, newY] = shift(boundsOfNew(elements), to);
  if (elements.length > 0) commit(addElements(board, movedNew(elements, newX, newY)));
  return outermost(board, put);
}

function shift(box: Box | null, to: Destination): Pair {
  if (to === 'original' || box === null) return [0, 0];
  return [to.around[0] - (box.minX + box.maxX) / 2, to.around[1] - (box.minY + box.maxY) / 2];
}

/** The box around stored elements before any of them is turned. */
function boundsOfStored(stored: readonly StoredElement[]): Box | null {
  const boxes: Box[] = [];
  for (const { kind, values } of stored) {
    if (kind === 'group') continue;
    const [x, y] = (values.position ?? REGISTERS.position.initial) as Pair;
    const own =
      values.points === undefined
        ? ((values.size ?? REGISTERS.size.initial) as Pair)
        : farthest(values.points as readonly Pair[]);
    const [width, height] = [Math.abs(own[0]), Math.abs(own[1])];
    boxes.push({ minX: x, minY: y, maxX: x + width, maxY: y + height });
  }
  return boxes.length === 0 ? null : uniteBoxes(boxes);
}

function farthest(points: readonly Pair[]): Pair {
  return [Math.max(...points.map(([x]) => x)), Math.max(...points.map(([, y]) => y))];
}
