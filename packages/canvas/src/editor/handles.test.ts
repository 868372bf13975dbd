import { addElement, createBoard, type LineElement, type NewLine, type Point } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { frameHandleAt, gripAt, handleCursor, lineGrips } from './handles.js';
import { framePoint, type SelectionFrame } from './selection-frame.js';

const frame: SelectionFrame = { centre: [100, 100], width: 80, height: 60, angle: 0 };
const at = (point: Point, of = frame, zoom = 1) => frameHandleAt(of, point, zoom, 9);

describe('a frame is taken', () => {
  it('by its corners, its sides and the knob above, from a little outside too', () => {
    expect(at([140, 130])).toEqual({ kind: 'resize', x: 1, y: 1 });
    expect(at([64, 66])).toEqual({ kind: 'resize', x: -1, y: -1 });
    expect(at([147, 100])).toEqual({ kind: 'resize', x: 1, y: 0 });
    expect(at([100, 70 - 26])).toEqual({ kind: 'rotate' });
    expect(at([100, 100])).toBeNull();
    expect(at([151, 100])).toBeNull();
  });

  it('where its handles are seen, however it is turned and zoomed', () => {
    const turned = { ...frame, angle: 2 };
    for (const zoom of [0.5, 4])
      for (const [x, y] of [
        [1, 1],
        [-1, 1],
        [1, -1],
        [-1, -1],
      ] as const)
        expect(at(framePoint(turned, x, y), turned, zoom)).toEqual({ kind: 'resize', x, y });
  });

  it('whole in its middle, however small it is', () => {
    const small = { ...frame, width: 12, height: 12 };
    expect(at([100, 100], small)).toBeNull();
    expect(at([106, 106], small)).toEqual({ kind: 'resize', x: 1, y: 1 });
    // Its sides cannot be told from its corners.
    expect(at([106, 100], small)).toBeNull();
  });

  it('with a cursor that shows where it goes', () => {
    expect(handleCursor({ kind: 'resize', x: 1, y: 0 }, 0)).toBe('ew-resize');
    expect(handleCursor({ kind: 'resize', x: 1, y: 1 }, 0)).toBe('nwse-resize');
    expect(handleCursor({ kind: 'resize', x: 1, y: 0 }, Math.PI / 2)).toBe('ns-resize');
  });
});

describe('a line is taken', () => {
  const gripsOf = (more: Partial<NewLine> = {}) => {
    const board = createBoard();
    board.commit(addElement(board, { kind: 'line', points: LONG, ...more }));
    const [line] = [...board.elements()];
    return lineGrips(line as LineElement, 1, board.recall);
  };
  const LONG: Point[] = [
    [10, 0],
    [110, 0],
    [130, 0],
  ];

  it('by its points, and between two that are far apart', () => {
    const grips = gripsOf();
    expect(grips.map(({ at }) => at)).toEqual([
      [10, 0],
      [110, 0],
      [130, 0],
      [60, 0],
    ]);
    expect(gripAt(grips, [61, 2], 9)?.handle).toEqual({ kind: 'point', index: 1, inserts: true });
    expect(gripAt(grips, [60, 12], 9)).toBeNull();
  });

  it('beside what is written in its middle, which takes the whole line along', () => {
    expect(gripsOf({ text: 'yes', labelSize: [40, 26] }).at(-1)).toEqual({
      handle: { kind: 'point', index: 1, inserts: true },
      at: [35, 0],
    });
  });

  it('by its ends alone if it finds its bends by itself', () => {
    expect(gripsOf({ routing: 'elbow' }).map(({ at }) => at)).toEqual([
      [10, 0],
      [130, 0],
    ]);
  });
});
