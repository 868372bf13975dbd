import { expect, it } from 'vitest';
import type { StrokeElement } from '../element/element.js';
import { boardOf, exchange, put, stroke } from '../testing/boards.js';
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
  // My undo gives back only what I alone erased.
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
  // What b took over when erasing is b's now: nobody takes back what somebody else has.
  a.undo();
  exchange(a, b);
  for (const board of [a, b]) expect(cutsOf(board)).toEqual([[0, 0.125]]);
});

it('D5: a change takes over only what its maker had seen', () => {
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
