import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../geometry.js';
import { distanceTo } from './figure.js';
import { flattenPath, mapPath, type Path, pathAlong } from './path.js';

describe('a path', () => {
  it('becomes one polyline for each move', () => {
    const path: Path = [
      ['move', [0, 0]],
      ['line', [1, 0]],
      ['move', [5, 5]],
    ];
    expect(flattenPath(path).map((line) => [...line])).toEqual([
      [0, 0, 1, 0],
      [5, 5],
    ]);
    expect(flattenPath([])).toEqual([]);
    expect(
      pathAlong(
        [
          [0, 0],
          [1, 1],
          [2, 0],
        ],
        true,
      ).at(-1),
    ).toEqual(['line', [0, 0]]);
    expect(pathAlong([])).toEqual([]);
  });

  it('is flattened within the tolerance, however its curves bend', () => {
    const coordinate = fc.double({ min: -200, max: 200, noNaN: true });
    const point: fc.Arbitrary<Point> = fc.tuple(coordinate, coordinate);
    fc.assert(
      fc.property(point, point, point, point, fc.constantFrom(0.05, 0.5, 5), (a, b, c, d, tolerance) => {
        const lines = flattenPath(
          [
            ['move', a],
            ['curve', b, c, d],
          ],
          tolerance,
        );
        for (let t = 0; t <= 1; t += 1 / 64) {
          const s = 1 - t;
          const on = (axis: 0 | 1): number =>
            s ** 3 * a[axis] + 3 * s * s * t * b[axis] + 3 * s * t * t * c[axis] + t ** 3 * d[axis];
          const apart = distanceTo({ lines, filled: false, reach: 0 }, [on(0), on(1)]);
          expect(apart).toBeLessThanOrEqual(tolerance + 1e-9);
        }
      }),
    );
  });

  it('is mapped with all of its control points', () => {
    const path: Path = [
      ['move', [1, 0]],
      ['curve', [0, 1], [2, 2], [3, 0]],
      ['line', [0, 0]],
    ];
    expect(mapPath([2, 0, 0, 3, 10, 20], path)).toEqual([
      ['move', [12, 20]],
      ['curve', [10, 23], [14, 26], [16, 20]],
      ['line', [10, 20]],
    ]);
  });
});
