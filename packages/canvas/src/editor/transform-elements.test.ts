import {
  addElement,
  type Board,
  createBoard,
  type Element,
  type ElementId,
  type Matrix,
  moveElements,
  type NewElement,
  resizeElements,
  rotateElements,
} from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transformElements } from './transform-elements.js';

const MADE: readonly NewElement[] = [
  { kind: 'shape', position: [10, 20], size: [100, 60], rotation: 0.5 },
  { kind: 'text', position: [0, 0], size: [80, -40], fontSize: 20 },
  {
    kind: 'arrow',
    points: [
      [5, 5],
      [50, 90],
      [120, 10],
    ],
  },
  {
    kind: 'stroke',
    points: [
      { x: 0, y: 0 },
      { x: 40, y: 30 },
    ],
  },
];

function boardOf(element: NewElement): { board: Board; id: ElementId } {
  const board = createBoard();
  board.commit(addElement(board, element));
  const [made] = board.elements();
  if (made === undefined) throw new Error('Nothing was added.');
  return { board, id: made.id };
}

/** Where the corners of what an element shows are, which is all that a person sees of its box. */
function look(element: Element | undefined) {
  if (element === undefined) return null;
  const { position, size, rotation } = element;
  const points = element.kind === 'line' || element.kind === 'arrow' ? element.points : [];
  return [...position, ...size.map(Math.abs), Math.cos(rotation), Math.sin(rotation), ...points.flat()];
}

const after = (
  change: (board: Board, id: ElementId) => ReturnType<typeof moveElements>,
  element: NewElement,
) => {
  const { board, id } = boardOf(element);
  board.commit(change(board, id));
  return look(board.get(id));
};

function areAlike(a: ReturnType<typeof look>, b: ReturnType<typeof look>): void {
  expect(a).toHaveLength(b?.length ?? 0);
  for (const [i, value] of a?.entries() ?? []) expect(value).toBeCloseTo(b?.[i] ?? Number.NaN, 1);
}

describe('transformElements', () => {
  const element = fc.constantFrom(...MADE);
  const length = fc.double({ min: -300, max: 300, noNaN: true });

  it('moves, turns and stretches as the changes of that name do, so that others see what will be', () => {
    const scale = fc.double({ min: 0.2, max: 4, noNaN: true });
    const angle = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(element, length, length, scale, scale, angle, (made, x, y, scaleX, scaleY, turn) => {
        const moved: Matrix = [1, 0, 0, 1, x, y];
        areAlike(
          after((board, id) => transformElements(board, [id], moved), made),
          after((board, id) => moveElements(board, [id], x, y), made),
        );
        const stretched: Matrix = [scaleX, 0, 0, scaleY, x - scaleX * x, y - scaleY * y];
        areAlike(
          after((board, id) => transformElements(board, [id], stretched), made),
          after((board, id) => resizeElements(board, [id], [x, y], scaleX, scaleY), made),
        );
        const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
        const turned: Matrix = [
          cosine,
          sine,
          -sine,
          cosine,
          x - cosine * x + sine * y,
          y - sine * x - cosine * y,
        ];
        areAlike(
          after((board, id) => transformElements(board, [id], turned), made),
          after((board, id) => rotateElements(board, [id], [x, y], turn), made),
        );
      }),
    );
  });

  it('mirrors as stretching by a negative length does', () => {
    for (const made of MADE)
      areAlike(
        after((board, id) => transformElements(board, [id], [-1, 0, 0, 1, 100, 0]), made),
        after((board, id) => resizeElements(board, [id], [50, 0], -1, 1), made),
      );
  });
});
