import { describe, expect, it } from 'vitest';
import type { Board } from '../board/board.js';
import { addElement } from '../edit/add.js';
import { duplicateElements } from '../edit/copy.js';
import { setValues } from '../edit/set-values.js';
import { boardOf, exchange, put } from '../testing/boards.js';
import { boundsOf } from './bounds.js';
import { defineKind } from './custom-kind.js';
import type { CustomElement } from './element.js';
import type { ElementId } from './id.js';

const timer = defineKind({
  name: 'acme.timer',
  registers: {
    seconds: { initial: 60, accepts: (value) => typeof value === 'number' },
    labels: { merge: 'union' },
    laps: { merge: 'sum' },
  },
  text: true,
  bounds: ({ position: [x, y] }) => ({ minX: x - 5, minY: y - 5, maxX: x + 5, maxY: y + 5 }),
});
const kinds = [timer];
const place = { position: [0, 0], size: [10, 10] } as const;
const timerOf = (board: Board, id: ElementId) => board.get(id) as CustomElement;

describe('kinds of an app', () => {
  it('have registers with initial values, a text and bounds of their own', () => {
    const board = boardOf(1, { kinds });
    const id = put(board, {
      kind: 'custom',
      definition: timer,
      ...place,
      values: { labels: ['b', 'a', 'b'] },
      text: 'tea',
    });
    expect(timerOf(board, id)).toMatchObject({
      kind: 'custom',
      definition: timer,
      values: { seconds: 60, labels: ['a', 'b'], laps: 0 },
      text: [{ insert: 'tea' }],
    });
    expect(boundsOf(timerOf(board, id))).toEqual({ minX: -5, minY: -5, maxX: 5, maxY: 5 });
    expect(board.query({ minX: -4, minY: -4, maxX: -4, maxY: -4 })).toHaveLength(1);
  });

  it('D5: merge by the rules of their registers', () => {
    const [a, b] = [boardOf(1, { kinds, clock: () => 1_000 }), boardOf(2, { kinds, clock: () => 2_000 })];
    const id = put(a, { kind: 'custom', definition: timer, ...place });
    exchange(a, b);
    a.commit(setValues(a, id, { seconds: 10, labels: ['a'], laps: 2 }));
    b.commit(setValues(b, id, { seconds: 20, labels: ['b'], laps: 3 }));
    exchange(a, b);
    for (const board of [a, b]) {
      expect(timerOf(board, id).values).toEqual({ seconds: 20, labels: ['a', 'b'], laps: 5 });
    }
  });

  it('D5: who takes something out of a union takes it out of what all others have put in', () => {
    const [a, b, c] = [boardOf(1, { kinds }), boardOf(2, { kinds }), boardOf(3, { kinds })];
    const id = put(a, { kind: 'custom', definition: timer, ...place, values: { labels: ['born'] } });
    exchange(a, b, c);
    const labels = (board: Board) => timerOf(board, id).values.labels;
    a.commit(setValues(a, id, { labels: ['a', 'born'] }));
    exchange(a, b, c);
    b.commit(setValues(b, id, { labels: ['a', 'b', 'born'] }));
    exchange(a, b, c);
    b.commit(setValues(b, id, { labels: ['b'] }));
    // At the same moment, somebody only adds.
    c.commit(setValues(c, id, { labels: ['a', 'b', 'born', 'c'] }));
    exchange(a, b, c);
    for (const board of [a, b, c]) expect(labels(board)).toEqual(['b', 'c']);
    b.undo();
    exchange(a, b, c);
    for (const board of [a, b, c]) expect(labels(board)).toEqual(['a', 'b', 'born', 'c']);
    expect(setValues(c, id, { labels: ['c'] }).writes.size).toBe(2);
    expect(setValues(c, id, { labels: ['c', 'a', 'b', 'born'] }).writes.size).toBe(0);
  });

  it('D7: a value that the app refuses is passed over in favour of the next sibling', () => {
    const anything = defineKind({ name: timer.name, registers: { seconds: {} } });
    const [a, b] = [
      boardOf(1, { kinds, clock: () => 1_000 }),
      boardOf(2, { kinds: [anything], clock: () => 2_000 }),
    ];
    const id = put(a, { kind: 'custom', definition: timer, ...place });
    exchange(a, b);
    a.commit(setValues(a, id, { seconds: 10 }));
    b.commit(setValues(b, id, { seconds: 'many' }));
    exchange(a, b);
    expect(timerOf(a, id).values.seconds).toBe(10);
  });

  it('D12: are kept by programs that do not know them, and come back whole', () => {
    const [a, b] = [boardOf(1, { kinds }), boardOf(2)];
    const id = put(a, { kind: 'custom', definition: timer, ...place, values: { seconds: 5 }, text: 'tea' });
    exchange(a, b);
    expect(b.get(id)).toMatchObject({ kind: 'unknown', kindName: 'acme.timer', position: [0, 0] });
    const before = timerOf(a, id);
    const copy = duplicateElements(b, [id], 0, 0);
    b.commit(copy);
    exchange(a, b);
    expect(timerOf(a, id)).toEqual(before);
    const [copyId] = copy.births.keys();
    expect(timerOf(a, copyId!)).toMatchObject({
      kind: 'custom',
      values: { seconds: 5 },
      text: [{ insert: 'tea' }],
    });
  });

  it('refuse what cannot be a kind or a value of it', () => {
    expect(() => defineKind({ name: 'stroke' })).toThrow(/built-in/);
    expect(() => defineKind({ name: '' })).toThrow(RangeError);
    expect(() => defineKind({ name: 'a', registers: { 'no/slash': {} } })).toThrow(RangeError);
    expect(() => defineKind({ name: 'a', registers: { n: { merge: 'sum', initial: 'x' } } })).toThrow(
      /registers\.n\.initial/,
    );
    expect(() => boardOf(1, { kinds: [timer, timer] })).toThrow(/kinds/);
    const board = boardOf(1, { kinds });
    const add = (values: object) => () =>
      addElement(board, { kind: 'custom', definition: timer, ...place, values: values as never });
    expect(add({ minutes: 1 })).toThrow(/minutes/);
    expect(add({ laps: 'one' })).toThrow(/laps/);
  });
});
