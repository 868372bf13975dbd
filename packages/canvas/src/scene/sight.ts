import { type Board, type Box, boundsOf, boxesMeet, type ElementId } from '@inkwire/core';

/** Knows when a person looks where nothing is, though there is something elsewhere. */
export interface Sight {
  /** Whether the board holds something, and nothing of it lies in `view` (page units). */
  isOutOfSight(view: Box): boolean;
}

/** It is asked whenever the screen comes to rest, so it looks at one element that was in view until that one is not. */
export function createSight(board: Board): Sight {
  let inView: ElementId | null = null;
  return {
    isOutOfSight(view) {
      const known = inView === null ? undefined : board.get(inView);
      if (known !== undefined && boxesMeet(boundsOf(known, board.get), view)) return false;
      const shown = board.query(view);
      inView = shown[shown.length >> 1]?.id ?? null;
      return inView === null && hasBounds(board);
    },
  };
}

/** A group whose members are gone is on the board, and nowhere. */
function hasBounds(board: Board): boolean {
  for (const { kind } of board.elements()) if (kind !== 'group') return true;
  return false;
}
