import type { Board } from '../board/board.js';
import { type Change, emptyChange } from '../change/change.js';
import { checkDelta } from '../change/text-delta.js';
import type { ElementId } from '../element/id.js';
import type { TextDelta } from '../element/text.js';
import { writeRegisters } from './write.js';

/**
 * Writes in an element. One that was removed meanwhile comes back: nobody's words vanish while they type (C7).
 * Throws `TypeError` or `RangeError` for a delta that is none.
 */
export const writeText = (board: Board, id: ElementId, delta: TextDelta): Change => {
  const checked = checkDelta(delta, 'delta');
  if (checked.length === 0 || board.recall(id) === undefined) return emptyChange(board.writer);
  const revival = board.get(id) === undefined ? [{ id, register: 'removed' as const, value: false }] : [];
  return { ...writeRegisters(board, revival), texts: new Map([[id, checked]]) };
};
