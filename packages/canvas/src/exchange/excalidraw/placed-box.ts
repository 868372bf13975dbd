import type { Pair, Point } from '@inkwire/core';
import type { Fields } from './fields.js';

export interface PlacedBox {
  readonly position: Point;
  readonly size: Pair;
  readonly rotation: number;
}

/** Where an element with a box lies. Older files have boxes that were drawn to the left or upwards. */
export function boxOf(source: Fields): PlacedBox {
  const [x, y] = [source.number('x'), source.number('y')];
  const [width, height] = [source.number('width'), source.number('height')];
  return {
    position: [Math.min(x, x + width), Math.min(y, y + height)],
    size: [Math.abs(width), Math.abs(height)],
    rotation: source.setting('angle', 0, -1000, 1000),
  };
}
