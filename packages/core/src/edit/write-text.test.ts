import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Board } from '../board/board.js';
import { readContents } from '../board/read-contents.js';
import { apply } from '../change/apply.js';
import type { Change } from '../change/change.js';
import { transform } from '../change/transform.js';
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

it('C1: three insertions at one place stand in the order of clientIDs, in whatever order they come, as in the algebra', () => {
  for (const order of [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]) {
    const boards = [boardOf(1), boardOf(2), boardOf(3)];
    const [first] = boards as [Board];
    const id = put(first, { ...box(0, 0), text: '()' } as never);
    exchange(...boards);
    const start = readContents(first.doc);
    const changes = boards.map((board, at) =>
      writeText(board, id, [{ retain: 1 }, { insert: 'abc'[at] ?? '' }]),
    );
    const updates = boards.map((board, at) => {
      const before = Y.encodeStateVector(board.doc);
      board.commit(changes[at] as Change);
      return Y.encodeStateAsUpdate(board.doc, before);
    });
    let merged = start;
    const passed: Change[] = [];
    for (const at of order) {
      for (const board of boards) Y.applyUpdate(board.doc, updates[at] as Uint8Array);
      const moved = passed.reduce((change, other) => transform(change, other), changes[at] as Change);
      merged = apply(merged, moved);
      passed.push(moved);
    }
    for (const board of boards) expect(textOf(board, id)).toBe('(abc)');
    expect(plainText(merged.texts.get(id) ?? [])).toBe('(abc)');
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
  const frame = put(board, { kind: 'frame', position: [0, 0], size: [9, 9] });
  const commit = (at: ElementId, delta: unknown) => () => board.commit(writeText(board, at, delta as never));
  expect(commit(id, [{ retain: 4 }, { insert: 'x' }])).not.toThrow(TypeError);
  expect(commit(id, [{ delete: 9 }])).toThrow(/longer/);
  expect(commit(id, [{ retain: 2 }, { delete: 1 }])).toThrow(/cuts a character/);
  expect(commit(id, [{ retain: -1 }])).toThrow(RangeError);
  expect(commit(id, 'text')).toThrow(TypeError);
  expect(commit(frame, [{ insert: 'x' }])).toThrow(/no text/);
  expect(textOf(board, id)).toBe('a😀');
});
