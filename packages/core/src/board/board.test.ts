import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addElement } from '../edit/add.js';
import { moveElements } from '../edit/move.js';
import { removeElements } from '../edit/remove.js';
import { boundsOf } from '../element/bounds.js';
import { inkOf } from '../element/decoded-ink.js';
import { type ElementId, newElementId } from '../element/id.js';
import { box, put } from '../testing/boards.js';
import type { Board, Effect } from './board.js';
import { createBoard } from './create-board.js';

const line = (x: number, y: number) => [
  { x, y, pressure: 0.5 },
  { x: x + 10, y: y + 20, pressure: 1 },
];

const draw = (board: Board, x = 0, y = 0): ElementId => {
  const id = newElementId();
  board.commit(addElement(board, { kind: 'stroke', id, points: line(x, y) }));
  return id;
};

/** A board whose clientID is known, so that ties between writers are too. */
const boardOf = (clientID: number, clock: () => number = Date.now): Board => {
  const doc = new Y.Doc();
  doc.clientID = clientID;
  return createBoard({ doc, clock, user: `user-${clientID}` });
};

const exchange = (...boards: Board[]): void => {
  const updates = boards.map((board) => Y.encodeStateAsUpdate(board.doc));
  for (const board of boards) for (const update of updates) Y.applyUpdate(board.doc, update);
};

const position = (board: Board, id: ElementId) => board.get(id)?.position;

describe('a board', () => {
  it('D2: a new stroke is one Yjs item that holds its ink', () => {
    const board = boardOf(1, () => 1_000);
    draw(board);
    const before = Y.encodeStateVector(board.doc);
    const id = draw(board, 3, 4);
    const element = board.get(id);
    expect(element).toMatchObject({
      kind: 'stroke',
      author: 'user-1',
      createdAt: 1_000,
      position: [3, 4],
      size: [10, 20],
    });
    expect(element?.kind === 'stroke' && [...inkOf(element).x]).toEqual([0, 10]);
    expect(Y.decodeUpdate(Y.encodeStateAsUpdate(board.doc, before)).structs).toHaveLength(1);
  });

  it('D3: a move is in one update, and so is what it replaces', () => {
    const a = boardOf(1);
    const b = boardOf(2);
    const id = draw(a);
    exchange(a, b);
    a.commit(moveElements(a, [id], 5, 0));
    exchange(a, b);
    const updates: Uint8Array[] = [];
    b.doc.on('update', (update: Uint8Array) => updates.push(update));
    b.commit(moveElements(b, [id], 5, 0));
    exchange(a, b);
    expect(updates).toHaveLength(1);
    expect(position(a, id)).toEqual([10, 0]);
    expect(b.doc.getMap('r').size).toBe(1);
  });

  it('D3, D4: of two concurrent moves the newer stamp shows everywhere, whichever writer is greater', () => {
    for (const [first, second] of [
      [1, 2],
      [2, 1],
    ] as const) {
      const early = boardOf(first, () => 1_000);
      const late = boardOf(second, () => 2_000);
      const id = draw(early);
      exchange(early, late);
      early.commit(moveElements(early, [id], 1, 0));
      late.commit(moveElements(late, [id], 0, 1));
      exchange(early, late);
      expect(position(early, id)).toEqual([0, 1]);
      expect(position(late, id)).toEqual([0, 1]);
      expect(early.doc.getMap('r').size).toBe(2);
    }
  });

  it('D4: a clock that runs behind still writes over what its writer has seen', () => {
    const ahead = boardOf(2, () => 9_000);
    const behind = boardOf(1, () => 1_000);
    const id = draw(ahead);
    ahead.commit(moveElements(ahead, [id], 1, 0));
    exchange(ahead, behind);
    behind.commit(moveElements(behind, [id], 1, 0));
    exchange(ahead, behind);
    expect(position(ahead, id)).toEqual([2, 0]);
  });

  it('D4: a stale edit does not cover what came after newer work, however wrong the clock of who made it', () => {
    const ahead = boardOf(1, () => 9_000);
    const behind = boardOf(2, () => 1_000);
    const stale = boardOf(3, () => 8_500);
    const id = draw(ahead);
    exchange(ahead, stale);
    stale.commit(moveElements(stale, [id], 100, 100));
    ahead.commit(moveElements(ahead, [id], 1, 0));
    exchange(ahead, behind);
    behind.commit(moveElements(behind, [id], 1, 0));
    exchange(ahead, behind, stale);
    for (const board of [ahead, behind, stale]) expect(position(board, id)).toEqual([2, 0]);
  });

  it('C3: the effect of a commit is the committed change', () => {
    const board = boardOf(1);
    const effects: Effect[] = [];
    board.subscribe((effect) => effects.push(effect));
    const add = addElement(board, { kind: 'stroke', points: line(0, 0) });
    board.commit(add);
    const ids = [...add.births.keys()];
    const move = moveElements(board, ids, 1, 1);
    board.commit(move);
    expect(effects.map((effect) => effect.change)).toEqual([add, move]);
    expect(effects[1]).toMatchObject({ touched: ids, local: true, writer: 1 });
  });

  it('C3: an effect has what elements were before it, whether anybody has looked or not', () => {
    const [a, b] = [boardOf(1), boardOf(2)];
    const [stroke, shape] = [draw(a), put(a, box(0, 0, 9, 9))];
    exchange(a, b);
    const drawn = [stroke, shape].map((id) => [id, a.get(id)]);
    const effects: Effect[] = [];
    b.subscribe((effect) => effects.push(effect));
    a.commit(moveElements(a, [stroke, shape], 1, 1));
    exchange(a, b);
    const moved = b.get(stroke);
    a.commit(removeElements(a, [stroke]));
    exchange(a, b);
    a.undo();
    exchange(a, b);
    expect(effects.map((effect) => [...effect.before])).toEqual([drawn, [[stroke, moved]], []]);
    expect(effects[0]?.touched).toEqual([stroke, shape]);
  });

  it('C3: a remote write that lost is no effect', () => {
    const a = boardOf(1, () => 1_000);
    const b = boardOf(2, () => 2_000);
    const id = draw(a);
    exchange(a, b);
    a.commit(moveElements(a, [id], 1, 0));
    b.commit(moveElements(b, [id], 2, 0));
    const effects: Effect[] = [];
    b.subscribe((effect) => effects.push(effect));
    exchange(a, b);
    expect(effects).toEqual([]);
  });

  it('D8: what is removed is gone for everyone, and counts no more', () => {
    const a = boardOf(1);
    const b = boardOf(2);
    const [kept, removed] = [draw(a), draw(a)];
    exchange(a, b);
    b.commit(removeElements(b, [removed]));
    exchange(a, b);
    expect([a.size, b.size]).toEqual([1, 1]);
    expect(a.get(removed)).toBeUndefined();
    expect([...a.elements()].map((element) => element.id)).toEqual([kept]);
  });

  it('D9: new elements lie on top, in the same order on every replica', () => {
    const a = boardOf(1);
    const b = boardOf(2);
    const drawn = [draw(a), draw(a), draw(a)];
    exchange(a, b);
    drawn.push(draw(b));
    exchange(a, b);
    for (const board of [a, b]) expect([...board.elements()].map((element) => element.id)).toEqual(drawn);
  });

  it('queries by the box that elements paint', () => {
    const board = boardOf(1);
    const near = draw(board, 0, 0);
    draw(board, 500, 0);
    const bounds = boundsOf(board.get(near)!);
    expect(board.query(bounds).map((element) => element.id)).toEqual([near]);
    expect(board.query({ minX: -5, minY: -5, maxX: 600, maxY: 5 })).toHaveLength(2);
  });

  it('reads a document that was there before the board', () => {
    const a = boardOf(1);
    const id = draw(a);
    a.commit(moveElements(a, [id], 1, 2));
    const copy = createBoard({ doc: a.doc });
    expect(copy.get(id)).toEqual(a.get(id));
    expect(copy.size).toBe(1);
  });

  it('D7: wrong input to the API names the field and changes nothing', () => {
    const board = boardOf(1);
    const add = (fields: object) => () =>
      addElement(board, { kind: 'stroke', points: line(0, 0), ...fields });
    expect(add({ points: [{ x: Number.NaN, y: 0 }] })).toThrow(/points\[0\]\.x/);
    expect(add({ points: [] })).toThrow(RangeError);
    expect(add({ color: 'red' })).toThrow(/color/);
    expect(add({ width: -1 })).toThrow(/width/);
    expect(add({ opacity: '1' })).toThrow(TypeError);
    const id = draw(board);
    expect(() => moveElements(board, [id], Number.POSITIVE_INFINITY, 0)).toThrow(/position\[0\]/);
  });

  it('D7: wrong values from the network are passed over', () => {
    const board = boardOf(1);
    const id = draw(board, 7, 7);
    const stranger = new Y.Doc();
    stranger.clientID = 5;
    const registers = stranger.getMap('r');
    registers.set(`${id}/p/5`, new Uint8Array([1, 2]));
    registers.set(`${id}/p/6`, new Uint8Array([5, 0, 0]));
    registers.set(`${id}/x/5`, 'removed');
    registers.set('nonsense', 1);
    stranger.getMap('b').set(newElementId(), new Uint8Array([9, 9, 9]));
    stranger.getMap('b').set('short', new Uint8Array([1]));
    Y.applyUpdate(board.doc, Y.encodeStateAsUpdate(stranger));
    expect([...board.elements()].map((element) => element.position)).toEqual([[7, 7]]);
  });
});
