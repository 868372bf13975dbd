import type { Board } from '../board/board.js';
import { type Change, emptyChange } from '../change/change.js';
import type { ElementId } from '../element/id.js';
import { writeRegisters } from './write.js';

/**
 * Makes the votes of one person for a sticky be `votes`.
 *
 * @param writers under which clientIDs they voted when they had the board open before; their votes count as well.
 */
export const vote = (board: Board, id: ElementId, votes: number, writers: Iterable<number> = []): Change => {
  const sticky = board.get(id);
  if (sticky?.kind !== 'sticky') return emptyChange(board.writer);
  let before = 0;
  for (const writer of new Set(writers)) {
    if (writer !== board.writer) before += sticky.ballots.get(writer) ?? 0;
  }
  return writeRegisters(board, [{ id, register: 'votes', value: votes - before }]);
};
