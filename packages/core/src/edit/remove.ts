import type { Board } from '../board/board.js';
import type { Change } from '../change/change.js';
import type { ElementId } from '../element/id.js';
import { writeRegisters } from './write.js';

/** Removes elements; those that are not there are left out. */
export const removeElements = (board: Board, ids: Iterable<ElementId>): Change =>
  writeRegisters(
    board,
    [...ids]
      .filter((id) => board.get(id) !== undefined)
      .map((id) => ({ id, register: 'removed', value: true })),
  );
