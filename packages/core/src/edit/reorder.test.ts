import { expect, it } from 'vitest';
import type { Board } from '../board/board.js';
import type { ElementId } from '../element/id.js';
import { boardOf, box, exchange, put } from '../testing/boards.js';
import { type Place, reorderElements } from './reorder.js';

const orderOf = (board: Board, names: readonly ElementId[]): string =>
  [...board.elements()].map(({ id }) => names.indexOf(id)).join('');

it('moves to the front and the back, or past one neighbour, and keeps the order among what moves', () => {
  const expected: [Place, number[], string][] = [
    ['front', [0, 2], '1302'],
    ['back', [1, 3], '1302'],
    ['forward', [0, 1], '2013'],
    ['backward', [2, 3], '0231'],
    ['forward', [3], '0123'],
    ['backward', [0], '0123'],
  ];
  for (const [place, moved, order] of expected) {
    const board = boardOf(1);
    const ids = [0, 1, 2, 3].map((x) => put(board, box(x, 0)));
    board.commit(
      reorderElements(
        board,
        moved.map((index) => ids[index]!),
        place,
      ),
    );
    expect(orderOf(board, ids), `${place} ${moved}`).toBe(order);
  }
});

it('D9: two people who bring different elements to the front at once see them in one order', () => {
  const [a, b] = [boardOf(1), boardOf(2)];
  const ids = [0, 1, 2].map((x) => put(a, box(x, 0)));
  exchange(a, b);
  a.commit(reorderElements(a, [ids[0]!], 'front'));
  b.commit(reorderElements(b, [ids[1]!], 'front'));
  exchange(a, b);
  expect(orderOf(a, ids)).toBe(orderOf(b, ids));
  expect(orderOf(a, ids).startsWith('2')).toBe(true);
});
