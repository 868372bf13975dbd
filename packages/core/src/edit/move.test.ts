import { expect, it } from 'vitest';
import { boardOf, box, exchange, put, stroke } from '../testing/boards.js';
import { groupElements, reparentElements } from './group.js';
import { moveElements } from './move.js';
import { removeElements } from './remove.js';

it('D6: moves what is in groups and frames, each element once, and leaves out what is not there', () => {
  const board = boardOf(1);
  const [a, b] = [put(board, box(0, 0)), put(board, stroke(10, 10))];
  const frame = put(board, { kind: 'frame', position: [0, 0], size: [500, 500] });
  const group = groupElements(board, [a, b]);
  board.commit(group);
  const [groupId] = [...group.births.keys()];
  board.commit(reparentElements(board, [groupId!], frame));
  const gone = put(board, box(1, 1));
  board.commit(removeElements(board, [gone]));
  board.commit(moveElements(board, [frame, a, gone], 5, -5));
  expect([a, b, frame].map((id) => board.get(id)?.position)).toEqual([
    [5, -5],
    [15, 5],
    [5, -5],
  ]);
  expect(board.recall(gone)?.position).toEqual([1, 1]);
});

it('D6: a move and a move into a frame at the same time both hold', () => {
  const [a, b] = [boardOf(1), boardOf(2)];
  const id = put(a, box(0, 0));
  const frame = put(a, { kind: 'frame', position: [0, 0], size: [500, 500] });
  exchange(a, b);
  a.commit(moveElements(a, [id], 7, 7));
  b.commit(reparentElements(b, [id], frame));
  exchange(a, b);
  for (const board of [a, b]) expect(board.get(id)).toMatchObject({ position: [7, 7], parent: frame });
});

it('removes what is in groups and frames', () => {
  const board = boardOf(1);
  const frame = put(board, { kind: 'frame', position: [0, 0], size: [500, 500] });
  const id = put(board, { ...box(0, 0), parent: frame });
  board.commit(removeElements(board, [frame]));
  expect(board.size).toBe(0);
  expect(board.recall(id)).toBeDefined();
});
