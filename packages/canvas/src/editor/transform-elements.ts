import {
  type Board,
  type Change,
  type Element,
  type ElementId,
  type Matrix,
  mapPoint,
  moveElements,
  type NewValue,
  type Point,
  withContents,
  writeRegisters,
} from '@inkwire/core';

/**
 * Maps elements, and what is in their groups and frames, by an affine map of the page, as nearly as they can: what has
 * a box keeps its right angles.
 */
export function transformElements(board: Board, ids: Iterable<ElementId>, matrix: Matrix): Change {
  const [a, b, c, d, e, f] = matrix;
  if (a === 1 && b === 0 && c === 0 && d === 1) return moveElements(board, ids, e, f);
  return writeRegisters(
    board,
    withContents(board, ids).flatMap((element) => transformOne(element, matrix)),
  );
}

function transformOne(element: Element, matrix: Matrix): NewValue[] {
  const { id, kind, position, size } = element;
  if (kind === 'group') return [];
  const [a, b, c, d] = matrix;
  if (kind === 'line' || kind === 'arrow') {
    const turned: Matrix = [a, b, c, d, 0, 0];
    return [
      { id, register: 'position', value: mapPoint(matrix, position) },
      { id, register: 'points', value: element.points.map((point) => mapPoint(turned, point)) },
    ];
  }
  const mirrored = a * d - b * c < 0;
  // A mirroring map is one that mirrors left and right first, and then does not mirror.
  const [plainA, plainB] = mirrored ? [-a, -b] : [a, b];
  const turn = Math.atan2(plainB - c, plainA + d);
  const own = mirrored ? -element.rotation : element.rotation;
  const width = Math.abs(size[0]) * lengthAlong(plainA, plainB, c, d, own);
  const height = Math.abs(size[1]) * lengthAlong(plainA, plainB, c, d, own + Math.PI / 2);
  const centre = mapPoint(matrix, middleOf(element));
  const values: NewValue[] = [
    { id, register: 'position', value: [centre[0] - width / 2, centre[1] - height / 2] },
    { id, register: 'size', value: [signed(width, size[0], mirrored), signed(height, size[1], false)] },
  ];
  if (own + turn !== element.rotation) values.push({ id, register: 'rotation', value: own + turn });
  if (kind === 'text')
    values.push({ id, register: 'fontSize', value: element.fontSize * (height / Math.abs(size[1] || 1)) });
  return values;
}

/** How long a step of one unit in the direction `angle` becomes. */
function lengthAlong(a: number, b: number, c: number, d: number, angle: number): number {
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  return Math.hypot(a * x + c * y, b * x + d * y);
}

function signed(length: number, like: number, turned: boolean): number {
  return like < 0 !== turned ? -length : length;
}

/** The centre of an element's box, on the page. */
export function middleOf({ position, size }: Pick<Element, 'position' | 'size'>): Point {
  return [position[0] + Math.abs(size[0]) / 2, position[1] + Math.abs(size[1]) / 2];
}
