import type { Binding } from '../element/compound-value.js';
import type { Element, LineElement } from '../element/element.js';
import { boxAround } from '../element/geometry/box.js';
import { mapPoint, toPage } from '../element/geometry/placement.js';
import type { Point } from '../element/geometry.js';
import type { ElementId } from '../element/id.js';

/** What an element is tied to, as the board knows it. */
export interface Neighbours {
  /** The parent that holds it; null: none, or it cannot be seen. */
  parent(id: ElementId): ElementId | null;
  /** The element that an end is bound to, removed or not; null: there is none that a line can be bound to. */
  target(id: ElementId): Element | null;
}

/** Whether a line can be bound to an element of that kind. */
export const canBeTarget = ({ kind }: Element): boolean =>
  kind !== 'group' && kind !== 'line' && kind !== 'arrow';

const boundPoint = (binding: Binding | null, line: LineElement, { target }: Neighbours): Point | null => {
  const element = binding === null ? null : target(binding.element);
  if (binding === null || element === null) return null;
  const [u, v] = binding.anchor;
  const [x, y] = mapPoint(toPage(element), [u * Math.abs(element.size[0]), v * Math.abs(element.size[1])]);
  return [x - line.position[0], y - line.position[1]];
};

const resolvedLine = (line: LineElement, neighbours: Neighbours): LineElement => {
  const start = boundPoint(line.startBinding, line, neighbours);
  const end = boundPoint(line.endBinding, line, neighbours);
  const last = line.points.length - 1;
  const points = line.points.map(
    (point, index) => (index === 0 ? start : index === last ? end : null) ?? point,
  );
  const box = boxAround(points);
  return { ...line, points, size: [box.maxX - box.minX, box.maxY - box.minY] };
};

/** An element as it stands among the others: its parent if there is one, and its bound ends where they are bound. */
export const resolveElement = (alone: Element, neighbours: Neighbours): Element => {
  const parent = alone.parent === null ? null : neighbours.parent(alone.id);
  const element = parent === alone.parent ? alone : { ...alone, parent };
  return element.kind === 'line' || element.kind === 'arrow' ? resolvedLine(element, neighbours) : element;
};
