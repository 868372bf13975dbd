import { expect, it } from 'vitest';
import { boardOf, box, exchange, put, stroke } from '../testing/boards.js';
import { groupElements } from './group.js';
import { styleElements } from './style.js';
import { writeRegisters } from './write.js';

it('sets on each element what its kind has, in groups too', () => {
  const board = boardOf(1);
  const [shape, line] = [put(board, box(0, 0)), put(board, stroke(0, 0))];
  const grouping = groupElements(board, [shape, line]);
  board.commit(grouping);
  board.commit(
    styleElements(board, [...grouping.births.keys()], { color: '#FF0000', fill: '#00ff00', font: 'mono' }),
  );
  expect(board.get(shape)).toMatchObject({ color: '#ff0000', fill: '#00ff00', font: 'mono' });
  expect(board.get(line)).toMatchObject({ color: '#ff0000' });
  expect(board.get(line)).not.toHaveProperty('fill');
});

it('D6: two people who style one element at once both have their way where they set different things', () => {
  const [a, b] = [boardOf(1), boardOf(2)];
  const id = put(a, box(0, 0));
  exchange(a, b);
  a.commit(styleElements(a, [id], { color: '#ff0000' }));
  b.commit(styleElements(b, [id], { opacity: 0.2 }));
  exchange(a, b);
  for (const board of [a, b]) expect(board.get(id)).toMatchObject({ color: '#ff0000', opacity: 0.2 });
});

it('D7: refuses wrong values, and what is given with the birth', () => {
  const board = boardOf(1);
  const id = put(board, stroke(0, 0));
  expect(() => styleElements(board, [id], { color: 'red' })).toThrow(/color/);
  expect(() => writeRegisters(board, [{ id, register: 'tool', value: 'pen' }])).toThrow(/tool/);
});
