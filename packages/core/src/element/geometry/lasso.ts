import type { Box, Point } from '../geometry.js';
import { boxAround } from './box.js';
import { squaredGap, winding } from './segment.js';

/** A closed line drawn around things. What it goes around belongs to it, loops of its own included. */
export interface Lasso {
  readonly bounds: Box;
  /** Where it was begun. */
  readonly first: Point;
  /** Whether it goes around a point. */
  holds(x: number, y: number): boolean;
  /** Whether the segment a–b comes as near as `reach` to its line. */
  near(ax: number, ay: number, bx: number, by: number, reach: number): boolean;
}

/**
 * The lasso along `points`, closed from the last to the first; null for fewer than three.
 *
 * Its edges are sorted into rows, so that a test looks only at those at its own height.
 */
export const createLasso = (points: readonly Point[]): Lasso | null => {
  const [first] = points;
  if (first === undefined || points.length < 3) return null;
  const bounds = boxAround(points);
  const count = Math.max(1, Math.min(256, points.length >> 1));
  const height = (bounds.maxY - bounds.minY) / count;
  const rowAt = (y: number): number =>
    height > 0 ? Math.max(0, Math.min(count - 1, Math.floor((y - bounds.minY) / height))) : 0;
  const rows = Array.from({ length: count }, (): number[] => []);
  points.forEach(([ax, ay], index) => {
    const [bx, by] = points[(index + 1) % points.length]!;
    for (let row = rowAt(Math.min(ay, by)); row <= rowAt(Math.max(ay, by)); row++)
      rows[row]!.push(ax, ay, bx, by);
  });

  return {
    bounds,
    first,
    holds(x, y) {
      if (!(x >= bounds.minX && x <= bounds.maxX && y >= bounds.minY && y <= bounds.maxY)) return false;
      const row = rows[rowAt(y)]!;
      let turns = 0;
      for (let index = 0; index < row.length; index += 4)
        turns += winding(x, y, row[index]!, row[index + 1]!, row[index + 2]!, row[index + 3]!);
      return turns !== 0;
    },
    near(ax, ay, bx, by, reach) {
      const last = rowAt(Math.max(ay, by) + reach);
      for (let at = rowAt(Math.min(ay, by) - reach); at <= last; at++) {
        const row = rows[at]!;
        for (let index = 0; index < row.length; index += 4) {
          const gap = squaredGap(
            ax,
            ay,
            bx,
            by,
            row[index]!,
            row[index + 1]!,
            row[index + 2]!,
            row[index + 3]!,
          );
          if (gap <= reach * reach) return true;
        }
      }
      return false;
    },
  };
};
