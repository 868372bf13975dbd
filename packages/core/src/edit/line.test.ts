import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Board } from '../board/board.js';
import { boundsOf } from '../element/bounds.js';
import type { LineElement } from '../element/element.js';
import type { ElementId } from '../element/id.js';
import { boardOf, box, exchange, put, stroke } from '../testing/boards.js';
import { moveElements } from './move.js';
import { removeElements } from './remove.js';
import { rotateElements } from './rotate.js';

/** Where a line's ends are on the page. */
const ends = (board: Board, id: ElementId) => {
  const { points, position } = board.get(id) as LineElement;
  return [points[0], points.at(-1)].map((point) => [point![0] + position[0], point![1] + position[1]]);
};

const bound = () => {
  const board = boardOf(1);
  const target = put(board, box(100, 100, 50, 50));
  const arrow = put(board, {
    kind: 'arrow',
    points: [
      [0, 0],
      [90, 90],
    ],
    endBinding: { element: target, anchor: [0.5, 0] },
  });
  return { board, target, arrow };
};

it('a bound end lies where its binding puts it, and follows', () => {
  const { board, target, arrow } = bound();
  expect(ends(board, arrow)).toEqual([
    [0, 0],
    [125, 100],
  ]);
  const touched: ElementId[][] = [];
  board.subscribe((effect) => touched.push([...effect.touched]));
  board.commit(moveElements(board, [target], 1_000, 0));
  expect(touched).toEqual([[target, arrow]]);
  expect(ends(board, arrow)).toEqual([
    [0, 0],
    [1_125, 100],
  ]);
  const { maxX } = boundsOf(board.get(arrow)!, board.recall);
  expect(board.query({ minX: maxX - 5, minY: 0, maxX, maxY: 200 }).map(({ id }) => id)).toContain(arrow);
  board.commit(rotateElements(board, [target], [1_125, 125], Math.PI));
  expect(ends(board, arrow)[1]).toEqual([expect.closeTo(1_125), expect.closeTo(150)]);
});

it('follows in a preview before anything is committed', () => {
  const { board, target, arrow } = bound();
  const seen = board.preview(moveElements(board, [target], 10, 0)).get(arrow) as LineElement;
  expect(seen.points.at(-1)).toEqual([135, 100]);
  expect(ends(board, arrow)[1]).toEqual([125, 100]);
});

it('an end stays where it was when what it is bound to is removed, and follows again when it is back', () => {
  const { board, target, arrow } = bound();
  board.commit(moveElements(board, [target], 50, 0));
  board.commit(removeElements(board, [target]));
  expect(ends(board, arrow)[1]).toEqual([175, 100]);
  board.undo();
  board.commit(moveElements(board, [target], 0, 5));
  expect(ends(board, arrow)[1]).toEqual([175, 105]);
});

it('a line bound to nothing, to a line, or to a group keeps the point that was drawn', () => {
  const board = boardOf(1);
  const other = put(board, {
    kind: 'line',
    points: [
      [0, 0],
      [5, 5],
    ],
  });
  const group = put(board, { kind: 'group' });
  for (const element of ['zzzzzzzzzzzz' as ElementId, other, group]) {
    const line = put(board, {
      kind: 'line',
      points: [
        [0, 0],
        [90, 90],
      ],
      endBinding: { element, anchor: [0, 0] },
    });
    expect(ends(board, line)).toEqual([
      [0, 0],
      [90, 90],
    ]);
  }
});

it('finds its target when that arrives later', () => {
  const { board, target, arrow } = bound();
  const other = boardOf(2);
  const late = boardOf(3);
  exchange(board, other);
  other.commit(moveElements(other, [target], 7, 0));
  exchange(other, late);
  expect(late.get(arrow)).toEqual(other.get(arrow));
});

it('a line finds what it is bound to when that arrives after it', () => {
  const [drawer, binder, reader] = [boardOf(1), boardOf(2), boardOf(3)];
  const touched: ElementId[] = [];
  reader.subscribe((effect) => touched.push(...effect.touched));
  expect(reader.size).toBe(0);
  const target = put(drawer, stroke(100, 100));
  exchange(drawer, binder);
  const seen = Y.encodeStateVector(binder.doc);
  const line = put(binder, {
    kind: 'line',
    points: [
      [0, 0],
      [1, 1],
    ],
    endBinding: { element: target, anchor: [0, 0] },
  });
  Y.applyUpdate(reader.doc, Y.encodeStateAsUpdate(binder.doc, seen));
  expect(ends(reader, line)[1]).toEqual([1, 1]);
  Y.applyUpdate(reader.doc, Y.encodeStateAsUpdate(drawer.doc));
  expect(ends(reader, line)[1]).toEqual([100, 100]);
  expect(touched).toEqual([line, target, line]);
});
