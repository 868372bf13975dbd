import { describe, expect, it } from 'vitest';
import { moveElements } from '../edit/move.js';
import { removeElements } from '../edit/remove.js';
import { styleElements } from '../edit/style.js';
import { writeRegisters } from '../edit/write.js';
import { writeText } from '../edit/write-text.js';
import type { ElementId } from '../element/id.js';
import { plainText } from '../element/text.js';
import { boardOf, box, exchange, put } from '../testing/boards.js';
import type { Board } from './board.js';

const textOf = (board: Board, id: ElementId): string => {
  const element = board.get(id);
  return element !== undefined && 'text' in element ? plainText(element.text) : '';
};

describe('undo and redo', () => {
  it('C6: go back and forth over every step, the first included', () => {
    const board = boardOf(1);
    const id = put(board, box(0, 0));
    board.commit(moveElements(board, [id], 1, 0));
    board.commit(moveElements(board, [id], 1, 0));
    board.commit(removeElements(board, [id]));
    const seen = () => board.get(id)?.position ?? null;
    for (let round = 0; round < 3; round += 1) {
      const back = [];
      while (board.undo()) back.push(seen());
      expect(back).toEqual([[2, 0], [1, 0], [0, 0], null]);
      expect([board.canUndo, board.canRedo]).toEqual([false, true]);
      const forth = [];
      while (board.redo()) forth.push(seen());
      expect(forth).toEqual([[0, 0], [1, 0], [2, 0], null]);
    }
  });

  it('C6: a register goes back only where its stamp is still mine', () => {
    const [a, b] = [boardOf(1), boardOf(2)];
    const id = put(a, box(0, 0));
    exchange(a, b);
    a.commit(moveElements(a, [id], 5, 0));
    a.commit(styleElements(a, [id], { color: '#ff0000', opacity: 0.6 }));
    exchange(a, b);
    b.commit(styleElements(b, [id], { color: '#00ff00' }));
    exchange(a, b);
    a.undo();
    expect(a.get(id)).toMatchObject({ color: '#00ff00', opacity: 1 });
    a.redo();
    expect(a.get(id)).toMatchObject({ color: '#00ff00', opacity: 0.6 });
  });

  it('C6: a step of which nothing is mine any more is passed over', () => {
    const [a, b] = [boardOf(1), boardOf(2)];
    const id = put(a, box(0, 0));
    a.commit(moveElements(a, [id], 5, 0));
    a.commit(styleElements(a, [id], { color: '#ff0000' }));
    exchange(a, b);
    b.commit(styleElements(b, [id], { color: '#00ff00' }));
    exchange(a, b);
    a.undo();
    expect(a.get(id)).toMatchObject({ color: '#00ff00', position: [0, 0] });
  });

  it('C6: what is mine goes back in an element that somebody locked since, which stays locked', () => {
    const [a, b] = [boardOf(1), boardOf(2)];
    const id = put(a, box(0, 0));
    a.commit(moveElements(a, [id], 5, 0));
    exchange(a, b);
    b.commit(writeRegisters(b, [{ id, register: 'locked', value: true }]));
    exchange(a, b);
    a.undo();
    exchange(a, b);
    for (const board of [a, b]) expect(board.get(id)).toMatchObject({ position: [0, 0], locked: true });
    a.redo();
    exchange(a, b);
    for (const board of [a, b]) expect(board.get(id)).toMatchObject({ position: [5, 0], locked: true });
  });

  it('C6: text goes back over what others wrote since, and theirs stays', () => {
    const [a, b] = [boardOf(1), boardOf(2)];
    const id = put(a, box(0, 0));
    a.commit(writeText(a, id, [{ insert: 'hello world' }]));
    a.commit(writeText(a, id, [{ retain: 5 }, { delete: 6 }]));
    exchange(a, b);
    b.commit(writeText(b, id, [{ insert: '> ' }, { retain: 5 }, { insert: '!' }]));
    exchange(a, b);
    a.undo();
    expect(textOf(a, id)).toBe('> hello! world');
    a.undo();
    expect(textOf(a, id)).toBe('> !');
    a.redo();
    a.redo();
    exchange(a, b);
    expect(textOf(b, id)).toBe('> hello!');
  });

  it('C6: steps can be one with the last, or none', () => {
    const board = boardOf(1);
    const id = put(board, box(0, 0));
    for (const [at, letter] of [...'ink'].entries()) {
      const delta = at === 0 ? [{ insert: letter }] : [{ retain: at }, { insert: letter }];
      board.commit(writeText(board, id, delta), { undo: at === 0 ? 'step' : 'merge' });
    }
    board.commit(styleElements(board, [id], { color: '#ff0000' }), { undo: 'none' });
    board.undo();
    expect([textOf(board, id), board.get(id)?.color]).toEqual(['', '#ff0000']);
    board.redo();
    expect(textOf(board, id)).toBe('ink');
  });

  it('C6: something new ends what could be done again, and the oldest steps are forgotten', () => {
    const board = boardOf(1, { undoLimit: 2 });
    const id = put(board, box(0, 0));
    board.commit(moveElements(board, [id], 1, 0));
    board.undo();
    board.commit(moveElements(board, [id], 0, 1));
    expect(board.redo()).toBe(false);
    board.commit(moveElements(board, [id], 0, 1));
    expect([board.undo(), board.undo(), board.undo()]).toEqual([true, true, false]);
    expect(board.get(id)?.position).toEqual([0, 0]);
  });

  it('C6: what others did is not mine to take back', () => {
    const [a, b] = [boardOf(1), boardOf(2)];
    const id = put(a, box(0, 0));
    exchange(a, b);
    expect(b.undo()).toBe(false);
    a.commit(removeElements(a, [id]));
    exchange(a, b);
    // b's own step is on an element that a removed: it goes back underneath.
    expect(b.get(id)).toBeUndefined();
    a.undo();
    exchange(a, b);
    expect(b.get(id)).toBeDefined();
  });
});
