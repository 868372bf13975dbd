import type { Board } from '../board/board.js';
import type { Change } from '../change/change.js';
import type { ElementId } from '../element/id.js';
import { withContents } from './selection.js';
import { writeRegisters } from './write.js';

/** Removes elements, and what is in their groups and frames; those that are not there are left out. */
export const removeElements = (board: Board, ids: Iterable<ElementId>): Change =>
  writeRegisters(
    board,
    withContents(board, ids).map(({ id }) => ({ id, register: 'removed', value: true })),
  );
