import { addElement, createBoard, type Element, type NewElement, type Point } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { sweeps } from './sweep.js';

function make(element: NewElement): Element {
  const board = createBoard();
  board.commit(addElement(board, element));
  const [made] = board.elements();
  if (made === undefined) throw new Error('Nothing was added.');
  return made;
}

function stroke(points: readonly Point[], width = 2): Element {
  return make({ kind: 'stroke', width, points: points.map(([x, y]) => ({ x, y })) });
}

const nothing = () => undefined;

describe('sweeps', () => {
  const diagonal = stroke([
    [0, 0],
    [50, 50],
    [100, 100],
  ]);

  it('feels the ink, not its bounds', () => {
    expect(sweeps(diagonal, [90, 10], [90, 10], 5, nothing)).toBe(false);
    expect(sweeps(diagonal, [52, 48], [52, 48], 5, nothing)).toBe(true);
  });

  it('feels a line that a fast pointer jumped across', () => {
    expect(sweeps(diagonal, [0, 60], [60, 0], 1, nothing)).toBe(true);
    expect(sweeps(diagonal, [0, -60], [60, 0], 1, nothing)).toBe(false);
  });

  it('counts the line’s width', () => {
    const wide = stroke(
      [
        [0, 0],
        [100, 0],
      ],
      20,
    );
    expect(sweeps(wide, [50, 12], [50, 12], 3, nothing)).toBe(true);
    expect(sweeps(wide, [50, 14], [50, 14], 3, nothing)).toBe(false);
  });

  it('feels a dot', () => {
    const dot = stroke([[7, 7]], 4);
    expect(sweeps(dot, [0, 7], [20, 7], 0, nothing)).toBe(true);
    expect(sweeps(dot, [0, 12], [20, 12], 2, nothing)).toBe(false);
  });

  it('feels the inside of what is filled, and only the outline of what is not', () => {
    const box = { position: [0, 0], size: [100, 100] } as const;
    const hollow = make({ kind: 'shape', form: 'rectangle', ...box });
    const note = make({ kind: 'sticky', ...box });
    expect(sweeps(hollow, [50, 50], [55, 50], 5, nothing)).toBe(false);
    expect(sweeps(hollow, [50, 50], [105, 50], 5, nothing)).toBe(true);
    expect(sweeps(note, [50, 50], [55, 50], 5, nothing)).toBe(true);
  });
});
