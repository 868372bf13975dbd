import type { Board } from '../board/board.js';
import type { Change } from '../change/change.js';
import type { Element } from '../element/element.js';
import { turnAround } from '../element/geometry/placement.js';
import type { Point } from '../element/geometry.js';
import type { ElementId } from '../element/id.js';
import { withContents } from './selection.js';
import { type NewValue, writeRegisters } from './write.js';

const rotateOne = (element: Element, centre: Point, angle: number): NewValue[] => {
  const { id, kind, position, size, rotation } = element;
  if (kind === 'group') return [];
  if (kind === 'line' || kind === 'arrow') {
    return [
      { id, register: 'position', value: turnAround(position, centre, angle) },
      { id, register: 'points', value: element.points.map((point) => turnAround(point, [0, 0], angle)) },
    ];
  }
  const [halfX, halfY] = [Math.abs(size[0]) / 2, Math.abs(size[1]) / 2];
  const [x, y] = turnAround([position[0] + halfX, position[1] + halfY], centre, angle);
  return [
    { id, register: 'position', value: [x - halfX, y - halfY] },
    { id, register: 'rotation', value: rotation + angle },
  ];
};

/** Turns elements, and what is in their groups and frames, around a page point, by radians clockwise on screen. */
export const rotateElements = (
  board: Board,
  ids: Iterable<ElementId>,
  centre: Point,
  angle: number,
): Change => {
  const elements = withContents(board, ids);
  return writeRegisters(
    board,
    elements.flatMap((element) => rotateOne(element, centre, angle)),
  );
};
