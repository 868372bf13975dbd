import type { Box } from '@inkwire/core';

/** The box of nothing. */
export const NOWHERE: Box = {
  minX: Number.POSITIVE_INFINITY,
  minY: Number.POSITIVE_INFINITY,
  maxX: Number.NEGATIVE_INFINITY,
  maxY: Number.NEGATIVE_INFINITY,
};

/**
 * The box around corners `[x0, y0, x1, y1, …]`.
 *
 * @param from the first of them that counts.
 */
export function boxAround(corners: ArrayLike<number>, from = 0): Box {
  let { minX, minY, maxX, maxY } = NOWHERE;
  for (let i = 2 * Math.max(from, 0); i + 1 < corners.length; i += 2) {
    const [x, y] = [corners[i] ?? 0, corners[i + 1] ?? 0];
    minX = Math.min(minX, x);
    minY = Math.min(minY, y);
    maxX = Math.max(maxX, x);
    maxY = Math.max(maxY, y);
  }
  return { minX, minY, maxX, maxY };
}
