import type { Board } from '../board/board.js';
import type { Change } from '../change/change.js';
import type { ElementId } from '../element/id.js';
import { type NewValue, writeRegisters } from './write.js';

/** Moves elements by page units; those that are not there are left out. */
export const moveElements = (board: Board, ids: Iterable<ElementId>, dx: number, dy: number): Change => {
  const values: NewValue[] = [];
  for (const id of ids) {
    const element = board.get(id);
    if (element === undefined) continue;
    const [x, y] = element.position;
    values.push({ id, register: 'position', value: [x + dx, y + dy] });
  }
  return writeRegisters(board, values);
};
