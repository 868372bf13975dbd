import type { Board } from '@inkwire/core';

/** One person's undo and redo. */
export interface History {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): boolean;
  redo(): boolean;
}

/** The board's history; null for a board that keeps none. */
export function historyOf(board: Board): History | null {
  return 'undo' in board && 'redo' in board ? (board as Board & History) : null;
}
