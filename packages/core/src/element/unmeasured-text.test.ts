import { describe, expect, it } from 'vitest';
import { addElement } from '../edit/add.js';
import { boardOf } from '../testing/boards.js';
import type { ElementId } from './id.js';
import { newElementId } from './id.js';
import type { NewElement } from './new-element.js';

/** Whether a query around [x, y] finds the element. */
const isFound = (element: NewElement, [x, y]: readonly [number, number]): boolean => {
  const board = boardOf(1);
  const id: ElementId = newElementId();
  board.commit(addElement(board, { ...element, id }));
  return board.query({ minX: x, minY: y, maxX: x + 1, maxY: y + 1 }).some((found) => found.id === id);
};

describe('a text whose box nobody has measured', () => {
  const text = 'forty letters, or so, that stand in a row';
  const long = { kind: 'text', position: [0, 0], size: [0, 0], text, fontSize: 20 } as const;

  it('is found where its letters are, on whichever side of its place they are set', () => {
    expect(isFound(long, [text.length * 10, 10])).toBe(true);
    expect(isFound({ ...long, align: 'end' }, [-text.length * 10, 10])).toBe(true);
    expect(isFound({ ...long, rotation: Math.PI / 2 }, [-10, text.length * 10])).toBe(true);
    expect(isFound({ ...long, text: 'a\nb\nc\nd' }, [5, 3.5 * 26])).toBe(true);
    expect(isFound({ ...long, fit: 'width', size: [60, 0] }, [5, (text.length * 10 * 26) / 60])).toBe(true);
  });

  it('is not found everywhere, and where its box was measured, only in that', () => {
    expect(isFound(long, [text.length * 60, 10])).toBe(false);
    expect(isFound(long, [10, 60])).toBe(false);
    expect(isFound({ ...long, size: [100, 30] }, [text.length * 10, 10])).toBe(false);
  });

  it('is found on its line', () => {
    const points = [
      [0, 0],
      [10, 0],
    ] as const;
    expect(isFound({ kind: 'line', points, text, fontSize: 20 }, [150, 0])).toBe(true);
    expect(isFound({ kind: 'line', points, fontSize: 20 }, [150, 0])).toBe(false);
  });
});

it('large letters are found where they reach out of their box, small ones within what whoever asks adds', () => {
  const text = { kind: 'text', position: [0, 0], size: [300, 500], text: 'jf' } as const;
  const beside = [300 + 400 / 4 - 24 - 2, 250] as const;
  expect(isFound({ ...text, fontSize: 400 }, beside)).toBe(true);
  expect(isFound({ ...text, fontSize: 400, text: '' }, beside)).toBe(false);
  expect(isFound({ ...text, fontSize: 96 }, [302, 250])).toBe(false);
});
