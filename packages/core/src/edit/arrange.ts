import type { Board } from '../board/board.js';
import { type Change, emptyChange } from '../change/change.js';
import { compose } from '../change/compose.js';
import type { Box } from '../element/geometry.js';
import type { ElementId } from '../element/id.js';
import { moveElements } from './move.js';
import { boundsOfAll, outermost } from './selection.js';

/** An edge or a middle that elements can have in common. */
export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';

const place: Record<Alignment, (box: Box) => number> = {
  left: (box) => box.minX,
  center: (box) => (box.minX + box.maxX) / 2,
  right: (box) => box.maxX,
  top: (box) => box.minY,
  middle: (box) => (box.minY + box.maxY) / 2,
  bottom: (box) => box.maxY,
};

interface Shift {
  readonly id: ElementId;
  readonly dx: number;
  readonly dy: number;
}

const shiftAll = (board: Board, shifts: readonly Shift[]): Change =>
  shifts
    .filter(({ dx, dy }) => dx !== 0 || dy !== 0)
    .map(({ id, dx, dy }) => moveElements(board, [id], dx, dy))
    .reduce(compose, emptyChange(board.writer));

/** Moves elements so that they share an edge or a middle of the box around all of them; a group moves as one. */
export const alignElements = (board: Board, ids: Iterable<ElementId>, alignment: Alignment): Change => {
  const chosen = outermost(board, ids);
  const to = place[alignment](boundsOfAll(board, chosen));
  const horizontal = alignment === 'left' || alignment === 'center' || alignment === 'right';
  const shifts = chosen.map((id) => {
    const by = to - place[alignment](boundsOfAll(board, [id]));
    return horizontal ? { id, dx: by, dy: 0 } : { id, dx: 0, dy: by };
  });
  return shiftAll(board, shifts);
};

/** Moves elements so that the gaps between neighbours are equal; the outermost two stay where they are. */
export const distributeElements = (board: Board, ids: Iterable<ElementId>, axis: 'x' | 'y'): Change => {
  const [low, high] = axis === 'x' ? (['minX', 'maxX'] as const) : (['minY', 'maxY'] as const);
  const boxes = outermost(board, ids)
    .map((id) => ({ id, box: boundsOfAll(board, [id]) }))
    .filter(({ box }) => Number.isFinite(box.minX))
    .sort((a, b) => a.box[low] - b.box[low]);
  const first = boxes[0];
  if (first === undefined || boxes.length < 3) return emptyChange(board.writer);
  const end = Math.max(...boxes.map(({ box }) => box[high]));
  const lengths = boxes.reduce((sum, { box }) => sum + box[high] - box[low], 0);
  const space = (end - first.box[low] - lengths) / (boxes.length - 1);
  let at = first.box[low];
  const shifts = boxes.map(({ id, box }) => {
    const by = at - box[low];
    at += box[high] - box[low] + space;
    return axis === 'x' ? { id, dx: by, dy: 0 } : { id, dx: 0, dy: by };
  });
  return shiftAll(board, shifts);
};
