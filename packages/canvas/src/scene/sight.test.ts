import { addElement, type Box, createBoard, moveElements, newElementId, removeElements } from '@inkwire/core';
import { expect, it } from 'vitest';
import { createSight } from './sight.js';

const near: Box = { minX: 0, minY: 0, maxX: 400, maxY: 300 };
const far: Box = { minX: 5_000, minY: 0, maxX: 5_400, maxY: 300 };

it('what is there is out of sight where nothing of it lies, also after it was moved or removed', () => {
  const board = createBoard({ user: 'ana' });
  const sight = createSight(board);
  expect(sight.isOutOfSight(near)).toBe(false);

  const id = newElementId();
  board.commit(addElement(board, { kind: 'shape', id, position: [100, 100], size: [50, 50] }));
  expect([near, far].map(sight.isOutOfSight)).toEqual([false, true]);
  expect(sight.isOutOfSight(near)).toBe(false);

  board.commit(moveElements(board, [id], 5_000, 0));
  expect([near, far].map(sight.isOutOfSight)).toEqual([true, false]);

  board.commit(addElement(board, { kind: 'group', id: newElementId() }));
  board.commit(removeElements(board, [id]));
  expect([near, far].map(sight.isOutOfSight)).toEqual([false, false]);
});
