import { type Box, flattenPath, type Path, type Point } from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathAround } from './path-gap.js';

const BOX: Box = { minX: -10, minY: -5, maxX: 10, maxY: 5 };

describe('a path around a box', () => {
  it('stops before the box and begins anew behind it', () => {
    const path: Path = [
      ['move', [-50, 0]],
      ['line', [50, 0]],
    ];
    expect(pathAround(path, BOX)).toEqual([
      ['move', [-50, 0]],
      ['line', [-10, 0]],
      ['move', [10, 0]],
      ['line', [50, 0]],
    ]);
  });

  it('stays as it is where it passes by the box, curves included', () => {
    const path: Path = [
      ['move', [-50, 20]],
      ['line', [0, 6]],
      ['curve', [5, 6], [20, 6], [50, 30]],
    ];
    expect(pathAround(path, BOX)).toEqual(path);
  });

  it('is nothing within the box', () => {
    expect(
      pathAround(
        [
          ['move', [-5, 0]],
          ['line', [5, 1]],
        ],
        BOX,
      ),
    ).toEqual([]);
  });

  it('has no point in the box, and every point of the path outside of it', () => {
    const point = fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 }));
    const step = fc.oneof(
      point.map((to): Path[number] => ['line', to]),
      fc.tuple(point, point, point).map(([a, b, c]): Path[number] => ['curve', a, b, c]),
    );
    fc.assert(
      fc.property(point, fc.array(step, { minLength: 1, maxLength: 5 }), (start, steps) => {
        const path: Path = [['move', start], ...steps];
        const within = ([x, y]: Point, slack: number) =>
          x > BOX.minX + slack && x < BOX.maxX - slack && y > BOX.minY + slack && y < BOX.maxY - slack;
        const pieces = pointsOf(pathAround(path, BOX));
        for (const piece of pieces) expect(within(piece, 1e-6)).toBe(false);
        for (const piece of pointsOf(path)) {
          if (within(piece, -0.5)) continue;
          const nearest = Math.min(...pieces.map(([x, y]) => Math.hypot(x - piece[0], y - piece[1])));
          expect(nearest).toBeLessThan(1);
        }
      }),
    );
  });
});

/** Points along a path, at most a unit apart. */
function pointsOf(path: Path): Point[] {
  const points: Point[] = [];
  for (const line of flattenPath(path, 1 / 64)) {
    for (let i = 0; i + 3 < line.length; i += 2) {
      const [ax, ay, bx, by] = line.slice(i, i + 4) as unknown as [number, number, number, number];
      const count = Math.ceil(Math.hypot(bx - ax, by - ay)) + 1;
      for (let k = 0; k <= count; k++)
        points.push([ax + ((bx - ax) * k) / count, ay + ((by - ay) * k) / count]);
    }
  }
  return points;
}
