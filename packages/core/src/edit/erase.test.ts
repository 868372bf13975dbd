import { expect, it } from 'vitest';
import type { StrokeElement } from '../element/element.js';
import { boardOf, box, exchange, put, stroke } from '../testing/boards.js';
import { eraseParts } from './erase.js';
import { vote } from './vote.js';

it('D5: two people who erase parts of a stroke at once erase both', () => {
  const [a, b] = [boardOf(1), boardOf(2)];
  const id = put(a, stroke(0, 0));
  a.commit(eraseParts(a, [{ id, ranges: [[0, 0.125]] }]));
  exchange(a, b);
  a.commit(eraseParts(a, [{ id, ranges: [[0.25, 0.5]] }]));
  b.commit(eraseParts(b, [{ id, ranges: [[0.375, 0.75]] }]));
  exchange(a, b);
  const cutsOf = (board: typeof a) => (board.get(id) as StrokeElement).cuts;
  for (const board of [a, b])
    expect(cutsOf(board)).toEqual([
      [0, 0.125],
      [0.25, 0.75],
    ]);
  // What is undone gives back only what nobody else has erased.
  a.undo();
  exchange(a, b);
  for (const board of [a, b])
    expect(cutsOf(board)).toEqual([
      [0, 0.125],
      [0.375, 0.75],
    ]);
  b.undo();
  exchange(a, b);
  for (const board of [a, b]) expect(cutsOf(board)).toEqual([[0, 0.125]]);
  // That b has erased something since does not keep a from taking back what a erased before.
  a.undo();
  exchange(a, b);
  for (const board of [a, b]) expect(cutsOf(board)).toEqual([]);
  a.redo();
  b.redo();
  exchange(a, b);
  for (const board of [a, b])
    expect(cutsOf(board)).toEqual([
      [0, 0.125],
      [0.375, 0.75],
    ]);
});

it('erases all that is asked for, of one stroke several times too', () => {
  const board = boardOf(1);
  const id = put(board, stroke(0, 0));
  const change = eraseParts(board, [
    { id, ranges: [[0, 0.25]] },
    { id, ranges: [[0.5, 0.75]] },
    { id: put(board, box(0, 0)), ranges: [[0, 1]] },
  ]);
  expect(change.writes.size).toBe(1);
  board.commit(change);
  expect(board.get(id)).toMatchObject({
    cuts: [
      [0, 0.25],
      [0.5, 0.75],
    ],
  });
});

it('D5: a change that was made before others erased adds to what they did', () => {
  const [a, b] = [boardOf(1), boardOf(2)];
  const id = put(a, stroke(0, 0));
  exchange(a, b);
  b.commit(eraseParts(b, [{ id, ranges: [[0, 0.125]] }]));
  exchange(a, b);
  const change = eraseParts(a, [{ id, ranges: [[0.25, 0.5]] }]);
  b.commit(eraseParts(b, [{ id, ranges: [[0.75, 1]] }]));
  exchange(a, b);
  a.commit(change);
  exchange(a, b);
  for (const board of [a, b]) {
    expect(board.get(id)).toMatchObject({
      cuts: [
        [0, 0.125],
        [0.25, 0.5],
        [0.75, 1],
      ],
    });
  }
});

it('D5: everybody votes for themselves, whenever they vote', () => {
  const [a, b] = [boardOf(1), boardOf(2)];
  const id = put(a, { kind: 'sticky', position: [0, 0], size: [9, 9] });
  exchange(a, b);
  a.commit(vote(a, id, 1));
  b.commit(vote(b, id, 2));
  exchange(a, b);
  for (const board of [a, b])
    expect(board.get(id)).toMatchObject({
      votes: 3,
      ballots: new Map([
        [1, 1],
        [2, 2],
      ]),
    });
  a.commit(vote(a, id, 0));
  exchange(a, b);
  expect(b.get(id)).toMatchObject({ votes: 2 });
  a.undo();
  expect(a.get(id)).toMatchObject({ votes: 3 });
  // The person behind b comes back with a new page, and takes one vote away.
  const again = boardOf(3);
  exchange(a, again);
  again.commit(vote(again, id, 1, [2, 3]));
  expect(again.get(id)).toMatchObject({ votes: 2 });
});
