import type { Board } from '../board/board.js';
import type { Change } from '../change/change.js';
import type { ElementId } from '../element/id.js';
import type { Range } from '../element/ranges.js';
import { writeRegisters } from './write.js';

/** A part of a stroke to be erased. */
export interface Erasure {
  readonly id: ElementId;
  readonly ranges: readonly Range[];
}

/** Erases parts of strokes, besides what is erased already; strokes that are not there are left out. */
export const eraseParts = (board: Board, erasures: Iterable<Erasure>): Change => {
  const cuts = new Map<ElementId, readonly Range[]>();
  for (const { id, ranges } of erasures) {
    const stroke = board.get(id);
    if (stroke?.kind === 'stroke' && ranges.length > 0)
      cuts.set(id, [...(cuts.get(id) ?? stroke.cuts), ...ranges]);
  }
  return writeRegisters(
    board,
    [...cuts].map(([id, value]) => ({ id, register: 'cuts', value })),
  );
};
