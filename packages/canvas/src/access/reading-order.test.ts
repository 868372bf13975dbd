import {
  addElements,
  createBoard,
  groupElements,
  moveElements,
  type NewElement,
  newElementId,
  plainText,
} from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { createReadingOrder } from './reading-order.js';

const note = (text: string, x: number, y: number, more: object = {}): NewElement =>
  ({ kind: 'sticky', id: newElementId(), position: [x, y], size: [100, 100], text, ...more }) as NewElement;

function boardOf(...elements: NewElement[]) {
  const board = createBoard();
  board.commit(addElements(board, elements));
  const order = createReadingOrder(board);
  const read = () =>
    order.all().map((id) => {
      const element = board.get(id);
      return element !== undefined && 'text' in element ? plainText(element.text) : (element?.kind ?? '');
    });
  return { board, order, read };
}

describe('the order of reading', () => {
  it('goes from top to bottom, and from left to right where things stand side by side', () => {
    const { read } = boardOf(
      note('f', 0, 500),
      note('c', 260, 10),
      note('a', 0, 30),
      note('b', 130, 0),
      note('d', 0, 160),
      note('e', 130, 190),
    );
    expect(read()).toEqual(
      ['b', 'a', 'c', 'd', 'e', 'f'].sort((x, y) => 'abcdef'.indexOf(x) - 'abcdef'.indexOf(y)),
    );
  });

  it('says a frame or a group before what it holds, and that before what comes next', () => {
    const frame = newElementId();
    const [left, right] = [note('left', 400, 0), note('right', 520, 0)];
    const { board, read } = boardOf(
      { kind: 'frame', id: frame, position: [0, 0], size: [300, 300] },
      note('in', 50, 200, { parent: frame }),
      note('first', 50, 20, { parent: frame }),
      left,
      right,
      note('last', 0, 400),
    );
    board.commit(groupElements(board, [left.id!, right.id!]));
    expect(read()).toEqual(['frame', 'first', 'in', 'group', 'left', 'right', 'last']);
  });

  it('is followed both ways, ends at the ends, and begins anew from what is gone', () => {
    const [a, b] = [note('a', 0, 0), note('b', 0, 200)];
    const { order } = boardOf(a, b);
    expect(order.next(null, 1)).toBe(a.id);
    expect(order.next(null, -1)).toBe(b.id);
    expect(order.next(a.id!, 1)).toBe(b.id);
    expect(order.next(b.id!, 1)).toBe(null);
    expect(order.next(b.id!, -1)).toBe(a.id);
    expect(order.next(newElementId(), 1)).toBe(a.id);
  });

  it('is not made before somebody asks, and forgotten with the first change', () => {
    const [a, b] = [note('a', 0, 0), note('b', 0, 200)];
    const { board, order, read } = boardOf(a, b);
    expect(order.isKept).toBe(false);
    expect(read()).toEqual(['a', 'b']);
    expect(order.isKept).toBe(true);
    board.commit(moveElements(board, [a.id!], 0, 500));
    expect(order.isKept).toBe(false);
    expect(read()).toEqual(['b', 'a']);
  });

  it('survives groups nested as deeply as somebody likes', () => {
    const ids = Array.from({ length: 3000 }, () => newElementId());
    const { order } = boardOf(
      ...ids.map((id, i): NewElement => ({ kind: 'group', id, parent: ids[i - 1] ?? null })),
      note('inside', 0, 0, { parent: ids.at(-1) }),
    );
    expect(order.all()).toHaveLength(3001);
  });
});
