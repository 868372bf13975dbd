import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addElement } from '../edit/add.js';
import { moveElements } from '../edit/move.js';
import { removeElements } from '../edit/remove.js';
import { type ElementId, newElementId } from '../element/id.js';
import type { Board } from './board.js';
import { createBoard } from './create-board.js';
import { purgeRemoved } from './purge.js';

const boardAt = (now: { ms: number }): Board => createBoard({ clock: () => now.ms });

const draw = (board: Board): ElementId => {
  const id = newElementId();
  const points = Array.from({ length: 50 }, (_, index) => ({ x: index * 3, y: index % 7 }));
  board.commit(addElement(board, { kind: 'stroke', id, points }));
  return id;
};

describe('purging', () => {
  it('D8: drops every trace of what was removed long enough ago, and nothing else', () => {
    const now = { ms: 1_000 };
    const board = boardAt(now);
    const [kept, old, recent] = [draw(board), draw(board), draw(board)];
    board.commit(moveElements(board, [old, recent, kept], 5, 5));
    now.ms = 2_000;
    board.commit(removeElements(board, [old]));
    now.ms = 3_000;
    board.commit(removeElements(board, [recent]));
    const before = Y.encodeStateAsUpdateV2(board.doc).length;

    expect(purgeRemoved(board.doc, 2_500)).toBe(1);
    const keys = [...board.doc.getMap('b').keys(), ...board.doc.getMap('r').keys()];
    expect(keys.filter((key) => key.startsWith(old))).toEqual([]);
    expect(keys.filter((key) => key.startsWith(recent)).length).toBeGreaterThan(1);
    expect([...board.elements()].map((element) => element.id)).toEqual([kept]);
    expect(Y.encodeStateAsUpdateV2(board.doc).length).toBeLessThan(before);
  });

  it('D8: an element that was restored stays', () => {
    const now = { ms: 1_000 };
    const board = boardAt(now);
    const id = draw(board);
    board.commit(removeElements(board, [id]));
    board.undo();
    expect(board.get(id)).toBeDefined();
    expect(purgeRemoved(board.doc, 9_000)).toBe(0);
  });

  it('D8: what a line is bound to stays as long as the line', () => {
    const now = { ms: 1_000 };
    const board = boardAt(now);
    const [target, arrow] = [draw(board), newElementId()];
    const end = { element: target, anchor: [1, 1] as const };
    const points = [
      [900, 900],
      [5, 5],
    ] as const;
    board.commit(addElement(board, { kind: 'arrow', id: arrow, points, endBinding: end }));
    const before = board.get(arrow);
    now.ms = 2_000;
    board.commit(removeElements(board, [target]));
    expect(purgeRemoved(board.doc, 9_000)).toBe(0);
    expect(board.get(arrow)).toEqual(before);
    now.ms = 3_000;
    board.commit(removeElements(board, [arrow]));
    expect(purgeRemoved(board.doc, 9_000)).toBe(2);
    expect(board.recall(target)).toBeUndefined();
  });

  it('makes no transaction where there is nothing to purge, and throws at nothing', () => {
    const doc = new Y.Doc();
    doc.getMap('r').set('nonsense', 1);
    doc.getMap('r').set('AAAAAAAAAAAA/x/1', new Uint8Array([1]));
    let updates = 0;
    doc.on('update', () => {
      updates += 1;
    });
    expect(purgeRemoved(doc, Number.MAX_SAFE_INTEGER)).toBe(0);
    expect(updates).toBe(0);
  });
});
