import { type NewLine, type Point, turnAround } from '@inkwire/core';
import type { Conversion } from './conversion.js';
import type { Fields } from './fields.js';
import { boxOf } from './placed-box.js';

/** What the end of an arrow can be bound to. */
const BINDABLE = new Set([
  'rectangle',
  'ellipse',
  'diamond',
  'text',
  'image',
  'frame',
  'magicframe',
  'embeddable',
  'iframe',
]);

/**
 * What the first of `points` is bound to, aimed so that the line keeps the direction it has: at the point on the way
 * on from its second point that comes nearest to the middle of the other element.
 */
export function bindingOf(
  source: Fields,
  field: 'startBinding' | 'endBinding',
  points: readonly Point[],
  { book, idOf, find }: Conversion,
): NonNullable<NewLine['startBinding']> | null {
  const target = source.within(field)?.name('elementId') ?? null;
  if (target === null) return null;
  const element = idOf(target);
  const other = find(target);
  const [end, from] = points;
  if (
    element === null ||
    other === undefined ||
    end === undefined ||
    from === undefined ||
    !BINDABLE.has(other.name('type') ?? '')
  ) {
    book.note('binding');
    return null;
  }
  return { element, anchor: anchorOf(other, end, from) };
}

function anchorOf(other: Fields, end: Point, from: Point): Point {
  const { position, size, rotation } = boxOf(other);
  const middle: Point = [position[0] + size[0] / 2, position[1] + size[1] / 2];
  const [start, tip] = [from, end].map((point) => turnAround(point, middle, -rotation)) as [Point, Point];
  const [dx, dy] = [tip[0] - start[0], tip[1] - start[1]];
  const length = dx * dx + dy * dy;
  const along =
    length === 0 ? 1 : Math.max(((middle[0] - start[0]) * dx + (middle[1] - start[1]) * dy) / length, 1);
  return [
    within((start[0] + along * dx - position[0]) / (size[0] || 1)),
    within((start[1] + along * dy - position[1]) / (size[1] || 1)),
  ];
}

function within(part: number): number {
  return Math.min(Math.max(part, 0), 1);
}
