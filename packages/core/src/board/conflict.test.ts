import { expect, it } from 'vitest';
import { moveElements } from '../edit/move.js';
import { styleElements } from '../edit/style.js';
import { boardOf, box, exchange, put } from '../testing/boards.js';
import type { Conflict } from './conflict.js';

it('C8: a write of mine that loses to a concurrent one is reported once, and can be restored', () => {
  const [a, b] = [boardOf(1, { clock: () => 1_000 }), boardOf(2, { clock: () => 2_000 })];
  const id = put(a, box(0, 0));
  exchange(a, b);
  const conflicts: Conflict[] = [];
  for (const board of [a, b]) board.onConflict((conflict) => conflicts.push(conflict));
  a.attribute([[2, 'ben']]);
  a.commit(moveElements(a, [id], 1, 0));
  b.commit(moveElements(b, [id], 0, 1));
  exchange(a, b);
  expect(conflicts).toMatchObject([
    { id, register: 'position', mine: [1, 0], theirs: [0, 1], by: 2, user: 'ben' },
  ]);
  conflicts[0]?.restore();
  exchange(a, b);
  for (const board of [a, b]) expect(board.get(id)?.position).toEqual([1, 0]);
  expect(conflicts).toHaveLength(1);
});

it('C8: it is no conflict when they saw mine, or wrote the same, or wrote something else', () => {
  const [a, b] = [boardOf(1, { clock: () => 1_000 }), boardOf(2, { clock: () => 2_000 })];
  const id = put(a, box(0, 0));
  exchange(a, b);
  let conflicts = 0;
  a.onConflict(() => {
    conflicts += 1;
  });
  a.commit(styleElements(a, [id], { color: '#ff0000' }));
  exchange(a, b);
  b.commit(styleElements(b, [id], { color: '#00ff00' }));
  exchange(a, b);
  a.commit(styleElements(a, [id], { color: '#0000ff' }));
  b.commit(styleElements(b, [id], { color: '#0000ff' }));
  exchange(a, b);
  a.commit(styleElements(a, [id], { color: '#112233' }));
  b.commit(moveElements(b, [id], 1, 1));
  exchange(a, b);
  expect(conflicts).toBe(0);
});
