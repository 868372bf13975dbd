import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box, Point } from '../geometry.js';
import { cornersOf } from './box.js';
import { distanceTo, type Figure } from './figure.js';
import { anchorOf, type BindingTarget, linePath } from './line-path.js';
import { flattenPath, type Path } from './path.js';
import { turnAround } from './placement.js';

const pointsOf = (path: Path): Point[] => path.map((step) => step.at(-1) as Point);

const figureOf = (box: Box): Figure => {
  const corners = cornersOf(box);
  return { lines: [Float64Array.from([...corners, corners[0]].flat())], filled: true, reach: 1 };
};
const target = (
  box: Box,
  anchor: Point = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2],
): BindingTarget => ({
  anchor,
  figure: figureOf(box),
});
const boxAt = (x: number, y: number): Box => ({ minX: x, minY: y, maxX: x + 100, maxY: y + 60 });

describe('a straight line', () => {
  it('goes from point to point', () => {
    expect(
      pointsOf(
        linePath(
          [
            [0, 0],
            [50, 80],
            [10, 10],
          ],
          'straight',
        ),
      ),
    ).toEqual([
      [0, 0],
      [50, 80],
      [10, 10],
    ]);
  });

  it('ends a little outside of what it is bound to, on the way to its anchor, wherever its own end was', () => {
    const path = linePath(
      [
        [0, 30],
        [-999, 999],
      ],
      'straight',
      null,
      target(boxAt(200, 0)),
    );
    expect(pointsOf(path)).toEqual([
      [0, 30],
      [195, 30],
    ]);
  });

  it('joins two elements by the line between their anchors', () => {
    const path = linePath(
      [
        [0, 0],
        [0, 0],
      ],
      'straight',
      target(boxAt(0, 0)),
      target(boxAt(300, 0)),
    );
    expect(pointsOf(path)).toEqual([
      [105, 30],
      [295, 30],
    ]);
  });

  it('goes to the anchor itself when it comes from within', () => {
    const inside = target(boxAt(0, 0), [80, 30]);
    expect(
      pointsOf(
        linePath(
          [
            [20, 30],
            [0, 0],
          ],
          'straight',
          null,
          inside,
        ),
      ),
    ).toEqual([
      [20, 30],
      [80, 30],
    ]);
  });

  it('follows an element that turns', () => {
    const placement = { position: [100, 100] as const, size: [-80, 40] as const, rotation: 0.7 };
    expect(anchorOf(placement, [0.5, 0.5])).toEqual([140, 120]);
    const [x, y] = anchorOf(placement, [1, 0]);
    const [expectedX, expectedY] = turnAround([180, 100], [140, 120], 0.7);
    expect(x).toBeCloseTo(expectedX);
    expect(y).toBeCloseTo(expectedY);
  });
});

describe('a curve', () => {
  const coordinate = fc.integer({ min: -300, max: 300 });
  it('goes through each of its points, and between two it is straight', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 7 }), (points) => {
        expect(pointsOf(linePath(points, 'curve'))).toEqual(points);
      }),
    );
    expect(
      linePath(
        [
          [0, 0],
          [5, 5],
        ],
        'curve',
      ),
    ).toEqual([
      ['move', [0, 0]],
      ['line', [5, 5]],
    ]);
  });

  it('does not swing far out: it stays near the polyline', () => {
    const lines = flattenPath(
      linePath(
        [
          [0, 0],
          [100, 10],
          [110, 100],
          [111, 0],
        ],
        'curve',
      ),
    );
    const straight = flattenPath(
      linePath(
        [
          [0, 0],
          [100, 10],
          [110, 100],
          [111, 0],
        ],
        'straight',
      ),
    );
    for (let index = 0; index < lines[0]!.length; index += 2) {
      const place: Point = [lines[0]![index]!, lines[0]![index + 1]!];
      expect(distanceTo({ lines: straight, filled: false, reach: 0 }, place)).toBeLessThan(35);
    }
  });
});

describe('an elbow', () => {
  const isOrthogonal = (points: readonly Point[]): boolean =>
    points.every(([x, y], index) => {
      const before = points[index - 1];
      return before === undefined || before[0] === x || before[1] === y;
    });

  it('takes one bend, or none, where one is enough', () => {
    expect(
      pointsOf(
        linePath(
          [
            [0, 0],
            [100, 0],
          ],
          'elbow',
        ),
      ),
    ).toEqual([
      [0, 0],
      [100, 0],
    ]);
    expect(
      pointsOf(
        linePath(
          [
            [0, 0],
            [100, 50],
          ],
          'elbow',
        ),
      ),
    ).toHaveLength(3);
  });

  it('leaves and enters elements through the sides that face each other', () => {
    const path = linePath(
      [
        [0, 0],
        [0, 0],
      ],
      'elbow',
      target(boxAt(0, 0)),
      target(boxAt(300, 100)),
    );
    expect(pointsOf(path)).toEqual([
      [105, 30],
      [200, 30],
      [200, 130],
      [295, 130],
    ]);
  });

  it('has only horizontal and vertical ways, and goes around what it is bound to', () => {
    const place = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 }));
    fc.assert(
      fc.property(place, place, ([ax, ay], [bx, by]) => {
        fc.pre(Math.abs(ax - bx) > 160 || Math.abs(ay - by) > 120);
        const [start, end] = [boxAt(ax, ay), boxAt(bx, by)];
        const points = pointsOf(
          linePath(
            [
              [0, 0],
              [0, 0],
            ],
            'elbow',
            target(start),
            target(end),
          ),
        );
        expect(isOrthogonal(points)).toBe(true);
        expect(points.length).toBeLessThanOrEqual(6);
        const [line] = flattenPath(
          linePath(
            [
              [0, 0],
              [0, 0],
            ],
            'elbow',
            target(start),
            target(end),
          ),
        );
        for (const box of [start, end]) {
          const inner = figureOf({
            minX: box.minX + 2,
            minY: box.minY + 2,
            maxX: box.maxX - 2,
            maxY: box.maxY - 2,
          });
          for (let index = 2; index < line!.length; index += 2)
            for (let t = 0; t <= 1; t += 1 / 32) {
              const x = line![index - 2]! + t * (line![index]! - line![index - 2]!);
              const y = line![index - 1]! + t * (line![index + 1]! - line![index - 1]!);
              expect(distanceTo(inner, [x, y])).toBeGreaterThan(0);
            }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('finds a way between elements that overlap, and through points on the way', () => {
    const overlapping = linePath(
      [
        [0, 0],
        [0, 0],
      ],
      'elbow',
      target(boxAt(0, 0)),
      target(boxAt(20, 20)),
    );
    expect(isOrthogonal(pointsOf(overlapping))).toBe(true);
    const through = pointsOf(
      linePath(
        [
          [0, 0],
          [100, 100],
          [300, -50],
        ],
        'elbow',
      ),
    );
    expect(isOrthogonal(through)).toBe(true);
    const [line] = flattenPath(
      linePath(
        [
          [0, 0],
          [100, 100],
          [300, -50],
        ],
        'elbow',
      ),
    );
    expect(distanceTo({ lines: [line!], filled: false, reach: 0 }, [100, 100])).toBe(0);
  });
});
