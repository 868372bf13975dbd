import {
  addElement,
  createBoard,
  type ElementId,
  moveElements,
  removeElements,
  styleElements,
} from '@inkwire/core';
import { expect, it, vi } from 'vitest';
import { holdElements } from './held-gesture.js';

function boardWith(count: number) {
  const board = createBoard();
  const ids = Array.from({ length: count }, (_, i): ElementId => {
    const change = addElement(board, { kind: 'shape', position: [i * 100, 0], size: [50, 50] });
    board.commit(change);
    return [...change.births.keys()][0] as ElementId;
  });
  const redraw = vi.fn();
  const hold = () =>
    holdElements<number>({ board, redraw }, ids, (present, x) => moveElements(board, present, x, 0));
  return { board, ids, redraw, hold };
}

it('C5: shows what it does to the elements as they are, and says so when somebody else changed them', () => {
  const { board, ids, redraw, hold } = boardWith(2);
  const [a, b] = ids as [ElementId, ElementId];
  const held = hold();
  held.update(10);
  const before = held.preview;
  expect(before.get(a)?.position).toEqual([10, 0]);
  board.commit(styleElements(board, [a], { color: '#e03131' }));
  expect(redraw).toHaveBeenCalledTimes(1);
  expect(held.preview).not.toBe(before);
  expect(held.preview.get(a)).toMatchObject({ position: [10, 0], color: '#e03131' });
  board.commit(removeElements(board, [b]));
  expect(held.ids).toEqual([a]);
  expect([...held.preview.keys()]).toEqual([a]);
});

it('comes to nothing when all of it is gone', () => {
  const { board, ids, hold } = boardWith(1);
  const held = hold();
  held.update(10);
  board.commit(removeElements(board, ids));
  expect(held.preview.size).toBe(0);
  expect(held.finish()).toBeNull();
});

it('goes as far as elements can, and no further', () => {
  const { board, ids, hold } = boardWith(1);
  const held = hold();
  held.update(500);
  held.update(2 ** 40);
  expect(held.preview.get(ids[0] as ElementId)?.position).toEqual([500, 0]);
  const change = held.finish();
  if (change === null) throw new Error('It was moved.');
  board.commit(change);
  expect(board.get(ids[0] as ElementId)?.position).toEqual([500, 0]);
});
