import { addElement, type Board, type ElementId, newElementId } from '@inkwire/core';

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)));

export interface PenPoint {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

/** Where a writing hand is at the `index`th event of its stroke. */
export const penAt = (index: number): PenPoint => ({
  x: index * 4 + Math.cos(index) * 3,
  y: Math.sin(index / 3) * 30,
  pressure: 0.5 + Math.sin(index / 5) / 4,
});

const SAMPLE = Array.from({ length: 40 }, (_, index) => penAt(index));

/** Commits a stroke, by default one of 40 points. */
export const drawStroke = (board: Board, points = SAMPLE, id: ElementId = newElementId()): ElementId => {
  board.commit(addElement(board, { kind: 'stroke', id, tool: 'pen', color: 'ink', width: 3, points }));
  return id;
};
