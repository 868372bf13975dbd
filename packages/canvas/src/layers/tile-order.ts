import type { Place } from './tile-level.js';
import type { View } from './view.js';

/** Which way a view moves over the page, in signs of device pixels: 0 where it rests or its scale changes. */
export interface Heading {
  readonly x: number;
  readonly y: number;
}

/** A tile ahead comes as early as one that is nearer by so much of its distance. */
const AHEAD = 2;

export function headingOf(before: View | null, now: View): Heading {
  if (before === null || before.scale !== now.scale) return { x: 0, y: 0 };
  return { x: Math.sign(now.originX - before.originX), y: Math.sign(now.originY - before.originY) };
}

/** How late a place may be painted: the nearer to the middle of `visible`, and the further ahead, the sooner. */
export function rankFrom(visible: readonly Place[], heading: Heading): (place: Place) => number {
  const middleColumn = ((visible[0]?.column ?? 0) + (visible.at(-1)?.column ?? 0)) / 2;
  const middleRow = ((visible[0]?.row ?? 0) + (visible.at(-1)?.row ?? 0)) / 2;
  return ({ column, row }) => {
    const [x, y] = [column - middleColumn, row - middleRow];
    return Math.abs(x) + Math.abs(y) - AHEAD * (x * heading.x + y * heading.y);
  };
}
