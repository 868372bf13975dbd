import { expect, it } from 'vitest';
import type { Board } from '../board/board.js';
import type { ElementId } from '../element/id.js';
import { boardOf, box, put } from '../testing/boards.js';
import { alignElements, distributeElements } from './arrange.js';
import { groupElements } from './group.js';

const places = (board: Board, ids: ElementId[]) => ids.map((id) => board.get(id)?.position);

it('aligns edges and middles; a group moves as one', () => {
  const board = boardOf(1);
  const ids = [put(board, box(0, 0)), put(board, box(50, 100)), put(board, box(200, 10))];
  const [a, b, c] = ids as [ElementId, ElementId, ElementId];
  board.commit(alignElements(board, ids, 'left'));
  expect(places(board, ids)).toEqual([
    [0, 0],
    [0, 100],
    [0, 10],
  ]);
  board.commit(alignElements(board, ids, 'bottom'));
  expect(places(board, ids)).toEqual([
    [0, 100],
    [0, 100],
    [0, 100],
  ]);
  board.undo();
  const group = groupElements(board, [a, c]);
  board.commit(group);
  board.commit(alignElements(board, [...group.births.keys(), b], 'middle'));
  expect(places(board, [a, c])).toEqual([
    [0, 45],
    [0, 55],
  ]);
});

it('distributes with equal gaps between the outermost two', () => {
  const board = boardOf(1);
  const ids = [
    put(board, box(0, 0, 10)),
    put(board, box(300, 0, 10)),
    put(board, box(20, 0, 50)),
    put(board, box(200, 0, 30)),
  ];
  board.commit(distributeElements(board, ids, 'x'));
  expect(places(board, ids).map((place) => place?.[0])).toEqual([0, 300, 80, 200]);
  expect(distributeElements(board, ids.slice(0, 2), 'x').writes.size).toBe(0);
});
