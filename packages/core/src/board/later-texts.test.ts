import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { removeElements } from '../edit/remove.js';
import { writeText } from '../edit/write-text.js';
import type { ElementId } from '../element/id.js';
import { plainText, type TextDelta } from '../element/text.js';
import { boardOf, exchange, put } from '../testing/boards.js';
import type { Board } from './board.js';
import { createBoard } from './create-board.js';
import { purgeRemoved } from './purge.js';

const arrow = (board: Board, text?: string): ElementId =>
  put(board, {
    kind: 'arrow',
    points: [
      [0, 0],
      [100, 0],
    ],
    ...(text !== undefined && { text }),
  });

const textOf = (board: Board, id: ElementId): string => {
  const element = board.recall(id);
  return element !== undefined && 'text' in element ? plainText(element.text) : '';
};

const write = (board: Board, id: ElementId, delta: TextDelta): void =>
  board.commit(writeText(board, id, delta));

describe('the text of a line', () => {
  it('D10: two people who write the first word of a line at once both keep theirs', () => {
    const [a, b, c] = [boardOf(1), boardOf(2), boardOf(3)];
    const id = arrow(a);
    exchange(a, b, c);
    expect(a.get(id)).toMatchObject({ kind: 'arrow', text: [] });
    write(a, id, [{ insert: 'ink' }]);
    write(b, id, [{ insert: 'wire', attributes: { bold: true } }]);
    const heard: TextDelta[] = [];
    c.subscribe(({ change }) => heard.push(change.texts.get(id) ?? []));
    exchange(a, b, c);
    for (const board of [a, b, c]) expect(textOf(board, id)).toBe('inkwire');
    expect(c.get(id)).toEqual(a.get(id));
    expect(heard.filter((delta) => delta.length > 0)).toHaveLength(2);
    write(c, id, [{ retain: 3 }, { delete: 4 }]);
    exchange(a, b, c);
    expect([textOf(a, id), textOf(b, id)]).toEqual(['ink', 'ink']);
  });

  it('D2: costs nothing until somebody writes', () => {
    const [plain, written] = [boardOf(1), boardOf(1)];
    arrow(plain);
    const items = (board: Board): number => Y.getState(board.doc.store, 1);
    const before = items(plain);
    arrow(plain);
    expect(items(plain) - before).toBe(1);
    arrow(written, 'to');
    expect(items(written)).toBeGreaterThan(before);
  });

  it('D12: is there when the board is read anew, by a program that knows it or through one that does not', () => {
    const board = boardOf(1);
    const [later, born, empty] = [arrow(board), arrow(board, 'born'), arrow(board)];
    write(board, later, [{ insert: 'later' }]);
    const through = new Y.Doc();
    Y.applyUpdate(through, Y.encodeStateAsUpdate(board.doc));
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(through));
    const reader = createBoard({ doc });
    expect([later, born, empty].map((id) => textOf(reader, id))).toEqual(['later', 'born', '']);
    // Whoever looks at one document through two boards sees the same in both.
    const second = createBoard({ doc });
    const heard: TextDelta[] = [];
    second.subscribe(({ change }) => heard.push(...change.texts.values()));
    write(board, empty, [{ insert: 'now' }]);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(board.doc));
    expect([textOf(reader, empty), textOf(second, empty), heard]).toEqual([
      'now',
      'now',
      [[{ insert: 'now' }]],
    ]);
  });

  it('C6, C7: can be undone, and brings back a line that somebody removed', () => {
    const [a, b] = [boardOf(1), boardOf(2)];
    const id = arrow(a);
    write(a, id, [{ insert: 'half a ' }]);
    exchange(a, b);
    b.commit(removeElements(b, [id]));
    exchange(a, b);
    expect(a.get(id)).toBeUndefined();
    write(a, id, [{ retain: 7 }, { insert: 'word' }]);
    exchange(a, b);
    expect(textOf(b, id)).toBe('half a word');
    a.undo();
    a.undo();
    expect(textOf(a, id)).toBe('');
    a.redo();
    expect(textOf(a, id)).toBe('half a ');
  });

  it('D8: goes when what was removed is purged', () => {
    const board = createBoard({ clock: () => 1_000 });
    const id = arrow(board);
    write(board, id, [{ insert: 'secret' }]);
    board.commit(removeElements(board, [id]));
    expect(purgeRemoved(board.doc, 2_000)).toBe(1);
    const bytes = new TextDecoder().decode(Y.encodeStateAsUpdate(board.doc));
    expect(bytes).not.toContain('secret');
  });
});
