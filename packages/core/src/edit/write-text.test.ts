import { expect, it } from 'vitest';
import type { Board } from '../board/board.js';
import type { ElementId } from '../element/id.js';
import { plainText } from '../element/text.js';
import { boardOf, box, exchange, put } from '../testing/boards.js';
import { removeElements } from './remove.js';
import { writeText } from './write-text.js';

const textOf = (board: Board, id: ElementId): string => {
  const element = board.recall(id);
  return element !== undefined && 'text' in element ? plainText(element.text) : '';
};

it('D10: two people write in one element from its birth on', () => {
  const [a, b] = [boardOf(1), boardOf(2)];
  const id = put(a, box(0, 0));
  exchange(a, b);
  a.commit(writeText(a, id, [{ insert: 'ink' }]));
  b.commit(writeText(b, id, [{ insert: 'wire', attributes: { bold: true } }]));
  exchange(a, b);
  expect(textOf(a, id)).toBe('inkwire');
  expect(b.get(id)).toEqual(a.get(id));
});

it('C1: of two insertions at one place, that of the smaller clientID comes first, as in the algebra', () => {
  for (const [first, second] of [
    [1, 2],
    [2, 1],
  ] as const) {
    const [a, b] = [boardOf(first), boardOf(second)];
    const id = put(a, { ...box(0, 0), text: '()' } as never);
    exchange(a, b);
    a.commit(writeText(a, id, [{ retain: 1 }, { insert: 'a' }]));
    b.commit(writeText(b, id, [{ retain: 1 }, { insert: 'b' }]));
    exchange(a, b);
    expect(textOf(a, id)).toBe(first < second ? '(ab)' : '(ba)');
  }
});

it('C7: a removed element comes back with the next keystroke of whoever types in it', () => {
  const [a, b] = [boardOf(1), boardOf(2)];
  const id = put(a, { ...box(0, 0), text: 'half a ' } as never);
  exchange(a, b);
  b.commit(removeElements(b, [id]));
  exchange(a, b);
  expect(a.get(id)).toBeUndefined();
  a.commit(writeText(a, id, [{ retain: 7 }, { insert: 'word' }]));
  exchange(a, b);
  for (const board of [a, b]) {
    expect(board.get(id)).toBeDefined();
    expect(textOf(board, id)).toBe('half a word');
  }
});

it('D7: a delta that does not fit changes nothing', () => {
  const board = boardOf(1);
  const id = put(board, { ...box(0, 0), text: 'a😀' } as never);
  const line = put(board, {
    kind: 'line',
    points: [
      [0, 0],
      [1, 1],
    ],
  });
  const commit = (at: ElementId, delta: unknown) => () => board.commit(writeText(board, at, delta as never));
  expect(commit(id, [{ retain: 4 }, { insert: 'x' }])).not.toThrow(TypeError);
  expect(commit(id, [{ delete: 9 }])).toThrow(/longer/);
  expect(commit(id, [{ retain: 2 }, { delete: 1 }])).toThrow(/cuts a character/);
  expect(commit(id, [{ retain: -1 }])).toThrow(RangeError);
  expect(commit(id, 'text')).toThrow(TypeError);
  expect(commit(line, [{ insert: 'x' }])).toThrow(/no text/);
  expect(textOf(board, id)).toBe('a😀');
});
