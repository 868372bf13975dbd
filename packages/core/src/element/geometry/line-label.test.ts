import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Board } from '../../board/board.js';
import { boardFromJson, boardToJson } from '../../board/board-json.js';
import { copyElements, pasteElements } from '../../edit/copy.js';
import { moveElements } from '../../edit/move.js';
import { boardOf, box, put } from '../../testing/boards.js';
import { boundsOf } from '../bounds.js';
import type { LineElement, TextElement } from '../element.js';
import type { Point } from '../geometry.js';
import type { ElementId } from '../id.js';
import { figureOf, hitsElement, labelOf } from './element-figure.js';
import { insideBox, meetsBox } from './figure.js';
import { middleOf } from './line-label.js';

const labelled = (board: Board, points: readonly Point[], labelSize: Point = [60, 26]): ElementId =>
  put(board, { kind: 'arrow', points: points as LineElement['points'], text: 'calls', labelSize });

const label = (board: Board, id: ElementId): TextElement =>
  labelOf(board.get(id) as LineElement, board.recall);

const centre = ({ position, size }: TextElement): Point => [
  position[0] + size[0] / 2,
  position[1] + size[1] / 2,
];

describe('the label of a line', () => {
  it('stands upright around the middle of its way, by length and not by points', () => {
    const board = boardOf(1);
    const id = labelled(board, [
      [0, 0],
      [10, 0],
      [200, 0],
    ]);
    expect(centre(label(board, id))).toEqual([100, 0]);
    expect(label(board, id)).toMatchObject({ kind: 'text', rotation: 0, align: 'center', fit: 'width' });
    expect(label(board, id)).toBe(label(board, id));
  });

  it('goes with the line and with what the line is bound to', () => {
    const board = boardOf(1);
    const target = put(board, box(200, -25, 50, 50));
    const id = put(board, {
      kind: 'arrow',
      points: [
        [0, 0],
        [225, 0],
      ],
      endBinding: { element: target, anchor: [0.5, 0.5] },
      text: 'to',
      labelSize: [40, 26],
    });
    const [x] = centre(label(board, id));
    // The arrow ends at the outline, a little apart.
    expect(x).toBeGreaterThan(95);
    expect(x).toBeLessThan(100);
    board.commit(moveElements(board, [target], 100, 0));
    expect(centre(label(board, id))[0]).toBeCloseTo(x + 50);
    board.commit(moveElements(board, [id, target], 0, 30));
    expect(centre(label(board, id))[1]).toBeCloseTo(30);
  });

  it('belongs to the line: it is hit, selected, and found by whoever asks what lies there', () => {
    const board = boardOf(1);
    const id = labelled(board, [
      [0, 0],
      [200, 0],
    ]);
    const line = board.get(id) as LineElement;
    const hit = (point: Point): boolean => hitsElement(line, point, 0, 1, board.recall);
    expect([hit([100, 12]), hit([128, -12]), hit([60, 12]), hit([100, 14.5])]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const inLabel = { minX: 90, minY: 8, maxX: 95, maxY: 10 };
    expect(meetsBox(figureOf(line, board.recall), inLabel)).toBe(true);
    expect(board.query(inLabel).map((element) => element.id)).toEqual([id]);
    expect(insideBox(figureOf(line, board.recall), { minX: -5, minY: -5, maxX: 205, maxY: 5 })).toBe(false);
    expect(boundsOf(line, board.recall)).toEqual({ minX: -1, minY: -14, maxX: 201, maxY: 14 });
  });

  it('takes no room while it says nothing', () => {
    const board = boardOf(1);
    const id = put(board, {
      kind: 'line',
      points: [
        [0, 0],
        [200, 0],
      ],
      labelSize: [60, 26],
    });
    const line = board.get(id) as LineElement;
    expect(hitsElement(line, [100, 10], 0, 1, board.recall)).toBe(false);
    expect(boundsOf(line).maxY).toBe(1);
  });

  it('that nobody measured is set around the middle, without a box', () => {
    const board = boardOf(1);
    const id = labelled(
      board,
      [
        [0, 0],
        [200, 0],
      ],
      [0, 0],
    );
    expect(label(board, id)).toMatchObject({ position: [100, -13], size: [0, 0], fit: 'content' });
  });

  it('goes through files and copies', () => {
    const board = boardOf(1);
    const id = labelled(board, [
      [0, 0],
      [200, 0],
    ]);
    const other = boardOf(2);
    const file = JSON.parse(JSON.stringify(boardToJson(board)));
    other.commit(pasteElements(other, boardFromJson(file), { as: 'original' }));
    expect(other.get(id)).toMatchObject({ text: [{ insert: 'calls' }], labelSize: [60, 26] });
    other.commit(pasteElements(other, copyElements(other, [id]), { dy: 50 }));
    const copy = [...other.elements()].at(-1) as LineElement;
    expect(copy).toMatchObject({ text: [{ insert: 'calls' }], labelSize: [60, 26] });
    expect(copy.id).not.toBe(id);
  });

  it('the middle is as far from the start as from the end, along the way', () => {
    const point = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 }));
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 6 }), (points) => {
        const way = Float64Array.from(points.flat());
        const [x, y] = middleOf(way);
        const lengths = points.slice(1).map(([px, py], index) => {
          const [qx = 0, qy = 0] = points[index] ?? [];
          return Math.hypot(px - qx, py - qy);
        });
        const half = lengths.reduce((sum, length) => sum + length, 0) / 2;
        let before = 0;
        const distances = points.map(([px, py], index) => {
          before += lengths[index - 1] ?? 0;
          return Math.abs(before + (before <= half ? 1 : -1) * Math.hypot(px - x, py - y) - half);
        });
        // Of the two points around it, one is exactly as far away as is left to the middle.
        expect(Math.min(...distances)).toBeLessThan(1e-6);
      }),
    );
  });
});
