import { type Board, type Box, boundsOf, boxesMeet, type ElementId } from '@inkwire/core';

/** Knows when a person looks where nothing is, though there is something elsewhere. */
export interface Sight {
  /** Whether the board holds something, and nothing of it lies in `view` (page units). */
  isOutOfSight(view: Box): boolean;
}

/** How much of the view is looked through first, and how many times more each time that nothing was there. */
const FIRST_LOOK = 1 / 16;
const GROWTH = 4;

/** It is asked whenever the screen comes to rest, so it looks at one element that was in view until that one is not. */
export function createSight(board: Board): Sight {
  let inView: ElementId | null = null;

  /** From the middle outwards: one element is enough, and a view of a whole board holds all of them. */
  function somethingIn(view: Box): ElementId | null {
    for (let part = FIRST_LOOK; ; part *= GROWTH) {
      const shown = board.query(middleOf(view, Math.min(part, 1)));
      if (shown.length > 0 || part >= 1) return shown[shown.length >> 1]?.id ?? null;
    }
  }

  return {
    isOutOfSight(view) {
      const known = inView === null ? undefined : board.get(inView);
      if (known !== undefined && boxesMeet(boundsOf(known, board.get), view)) return false;
      inView = somethingIn(view);
      return inView === null && hasBounds(board);
    },
  };
}

/** The middle of a box, as large as `part` of it each way. */
function middleOf({ minX, minY, maxX, maxY }: Box, part: number): Box {
  const [marginX, marginY] = [((maxX - minX) * (1 - part)) / 2, ((maxY - minY) * (1 - part)) / 2];
  return { minX: minX + marginX, minY: minY + marginY, maxX: maxX - marginX, maxY: maxY - marginY };
}

/** A group whose members are gone is on the board, and nowhere. */
function hasBounds(board: Board): boolean {
  for (const { kind } of board.elements()) if (kind !== 'group') return true;
  return false;
}
