import { addElements, type Change, createBoard, plainText } from '@inkwire/core';
import { expect, it } from 'vitest';
import { splitBirths } from './split-change.js';

const textsOf = (change: Change) =>
  [...change.texts.values()].map((delta) => plainText(delta as readonly { insert: string }[]));

it('splits what is too large for one update, in its order and with its texts', () => {
  const board = createBoard();
  const change = addElements(
    board,
    Array.from({ length: 10 }, (_, i) => ({
      kind: 'text' as const,
      position: [i, 0] as const,
      size: [1, 1] as const,
      text: `${i}${'.'.repeat(300)}`,
    })),
  );
  const pieces = splitBirths(change, 1500);
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces.flatMap(textsOf).map((text) => text[0])).toEqual([...'0123456789']);
  expect(pieces.flatMap(({ births }) => [...births.keys()])).toEqual([...change.births.keys()]);
  for (const { births } of pieces) expect(births.size).toBeLessThan(5);
  for (const piece of pieces) board.commit(piece);
  expect(board.size).toBe(10);
});

it('leaves what fits in one piece, and a single element that is too large whole', () => {
  const board = createBoard();
  const one = addElements(board, [
    { kind: 'text', position: [0, 0], size: [1, 1], text: 'x'.repeat(5000) },
    { kind: 'group' },
  ]);
  expect(splitBirths(one)).toHaveLength(1);
  expect(splitBirths(one, 100).map(({ births }) => births.size)).toEqual([1, 1]);
  expect(splitBirths({ ...one, births: new Map(), texts: new Map() })).toEqual([]);
});
