import type { Board } from '../board/board.js';
import type { Change } from '../change/change.js';
import type { Element } from '../element/element.js';
import type { Point } from '../element/geometry.js';
import type { ElementId } from '../element/id.js';
import { withContents } from './selection.js';
import { type NewValue, writeRegisters } from './write.js';

/** How much longer a box gets along its own axes when the page is stretched. */
const ownScale = (rotation: number, scaleX: number, scaleY: number): Point => {
  const [cosine, sine] = [Math.cos(rotation), Math.sin(rotation)];
  return [Math.hypot(scaleX * cosine, scaleY * sine), Math.hypot(scaleX * sine, scaleY * cosine)];
};

const resizeOne = (
  element: Element,
  [originX, originY]: Point,
  scaleX: number,
  scaleY: number,
): NewValue[] => {
  const { id, kind, position, size, rotation } = element;
  if (kind === 'group') return [];
  if (kind === 'line' || kind === 'arrow') {
    const value = element.points.map(([x, y]) => [x * scaleX, y * scaleY]);
    const at = [originX + (position[0] - originX) * scaleX, originY + (position[1] - originY) * scaleY];
    return [
      { id, register: 'position', value: at },
      { id, register: 'points', value },
    ];
  }
  const [growX, growY] = ownScale(rotation, scaleX, scaleY);
  // A mirrored page mirrors the content along one axis of its own and turns it the other way.
  const width = size[0] * growX * (scaleX < 0 ? -1 : 1);
  const height = size[1] * growY * (scaleY < 0 ? -1 : 1);
  const centreX = originX + (position[0] + Math.abs(size[0]) / 2 - originX) * scaleX;
  const centreY = originY + (position[1] + Math.abs(size[1]) / 2 - originY) * scaleY;
  const values: NewValue[] = [
    { id, register: 'position', value: [centreX - Math.abs(width) / 2, centreY - Math.abs(height) / 2] },
    { id, register: 'size', value: [width, height] },
  ];
  if (scaleX * scaleY < 0 && rotation !== 0) values.push({ id, register: 'rotation', value: -rotation });
  if (kind === 'text') values.push({ id, register: 'fontSize', value: element.fontSize * Math.abs(scaleY) });
  return values;
};

/**
 * Stretches elements, and what is in their groups and frames, away from `origin`; negative scales mirror them.
 * A rotated element keeps its right angles, so an uneven stretch is the nearest that its own axes allow.
 */
export const resizeElements = (
  board: Board,
  ids: Iterable<ElementId>,
  origin: Point,
  scaleX: number,
  scaleY: number,
): Change => {
  const elements = withContents(board, ids);
  return writeRegisters(
    board,
    elements.flatMap((element) => resizeOne(element, origin, scaleX, scaleY)),
  );
};
