import type { Board } from '../board/board.js';
import type { Change } from '../change/change.js';
import type { ElementId } from '../element/id.js';
import { withContents } from './selection.js';
import { writeRegisters } from './write.js';

/** Moves elements, and what is in their groups and frames, by page units; those that are not there are left out. */
export const moveElements = (board: Board, ids: Iterable<ElementId>, dx: number, dy: number): Change =>
  writeRegisters(
    board,
    withContents(board, ids)
      .filter(({ kind }) => kind !== 'group')
      .map(({ id, position: [x, y] }) => ({ id, register: 'position', value: [x + dx, y + dy] })),
  );
