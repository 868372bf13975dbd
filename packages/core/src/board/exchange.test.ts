import { expect, it } from 'vitest';
import { boardOf, box, put } from '../testing/boards.js';
import { applySnapshot, applyUpdate, encodeSnapshot, encodeStateVector, encodeUpdate } from './exchange.js';

it('updates and snapshots carry a board, whole or as what is missing', () => {
  const [a, b, c] = [boardOf(1), boardOf(2), boardOf(3)];
  put(a, { ...box(0, 0), text: 'label' } as never);
  applySnapshot(b, encodeSnapshot(a));
  expect([...b.elements()]).toEqual([...a.elements()]);
  put(a, box(1, 1));
  const missing = encodeUpdate(a, encodeStateVector(b));
  expect(missing.length).toBeLessThan(encodeUpdate(a).length);
  const origins: unknown[] = [];
  b.subscribe((effect) => origins.push(effect.origin));
  applyUpdate(b, missing, 'log');
  applyUpdate(b, missing, 'log');
  expect(origins).toEqual(['log']);
  applyUpdate(c, encodeUpdate(a));
  for (const board of [b, c]) expect([...board.elements()]).toEqual([...a.elements()]);
});

it('bytes that are no update are refused and change nothing', () => {
  const board = boardOf(1);
  put(board, box(0, 0));
  const refused = expect.objectContaining({ code: 'board' });
  for (const bytes of [new Uint8Array(0), new Uint8Array([255, 255, 1]), encodeUpdate(board).slice(0, 9)]) {
    expect(() => applyUpdate(board, bytes)).toThrow(refused);
    expect(() => applySnapshot(board, bytes)).toThrow(refused);
  }
  expect(board.size).toBe(1);
});
