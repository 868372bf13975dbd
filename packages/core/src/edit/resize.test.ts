import { expect, it } from 'vitest';
import type { LineElement } from '../element/element.js';
import { boardOf, box, put, stroke } from '../testing/boards.js';
import { resizeElements } from './resize.js';
import { rotateElements } from './rotate.js';

it('stretches away from the origin, and mirrors in the same box', () => {
  const board = boardOf(1);
  const [a, b] = [put(board, box(100, 100)), put(board, stroke(200, 100))];
  board.commit(resizeElements(board, [a, b], [100, 100], 2, -1));
  expect(board.get(a)).toMatchObject({ position: [100, 50], size: [200, -50] });
  expect(board.get(b)).toMatchObject({ position: [300, 80], size: [20, -20], inkSize: [10, 20] });
});

it('stretches lines by their points, and letters with their text', () => {
  const board = boardOf(1);
  const line = put(board, {
    kind: 'line',
    points: [
      [10, 10],
      [20, 30],
    ],
  });
  const text = put(board, { kind: 'text', position: [0, 0], size: [50, 20], fontSize: 16, text: 'a' });
  board.commit(resizeElements(board, [line, text], [0, 0], 2, 3));
  expect(board.get(line)).toMatchObject({
    position: [20, 30],
    points: [
      [0, 0],
      [20, 60],
    ],
    size: [20, 60],
  });
  expect(board.get(text)).toMatchObject({ size: [100, 60], fontSize: 48 });
});

it('stretches a turned element along its own axes, and turns it back when mirrored', () => {
  const board = boardOf(1);
  const id = put(board, { ...box(0, 0, 100, 50), rotation: Math.PI / 2 } as never);
  board.commit(resizeElements(board, [id], [50, 25], 1, 2));
  expect(board.get(id)).toMatchObject({ position: [-50, 0], size: [200, 50] });
  board.commit(resizeElements(board, [id], [50, 25], -1, 1));
  expect(board.get(id)).toMatchObject({ size: [-200, 50], rotation: 1.5 * Math.PI });
});

it('turns elements around a point, and lines by their points', () => {
  const board = boardOf(1);
  const id = put(board, box(100, 0, 20, 10));
  const line = put(board, {
    kind: 'arrow',
    points: [
      [10, 0],
      [20, 0],
    ],
  });
  board.commit(rotateElements(board, [id, line], [0, 0], Math.PI / 2));
  expect(board.get(id)).toMatchObject({ position: [-15, 105], rotation: Math.PI / 2 });
  expect(board.get(line)).toMatchObject({ position: [0, 10], rotation: 0 });
  expect((board.get(line) as LineElement).points[1]).toEqual([0, 10]);
});
