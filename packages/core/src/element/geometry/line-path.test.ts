import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box, Point } from '../geometry.js';
import { cornersOf } from './box.js';
import { distanceTo, type Figure } from './figure.js';
import { linePath, type Routing } from './line-path.js';
import { flattenPath, type Path } from './path.js';

const pointsOf = (path: Path): Point[] => path.map((step) => step.at(-1) as Point);
const boxAt = (x: number, y: number): Box => ({ minX: x, minY: y, maxX: x + 100, maxY: y + 60 });
const middleOf = ({ minX, minY, maxX, maxY }: Box): Point => [(minX + maxX) / 2, (minY + maxY) / 2];

const filled = (box: Box): Figure => {
  const corners = cornersOf(box);
  return { lines: [Float64Array.from([...corners, corners[0]].flat())], filled: true, reach: 1 };
};

const joined = (start: Box, end: Box, routing: Routing): Path =>
  linePath([middleOf(start), middleOf(end)], routing, filled(start), filled(end));

/** Places all along a path, close together. */
const placesOn = (path: Path): Point[] => {
  const places: Point[] = [];
  for (const line of flattenPath(path))
    for (let index = 2; index < line.length; index += 2)
      for (let t = 0; t <= 1; t += 1 / 32) {
        const [x, y] = [line[index - 2]!, line[index - 1]!];
        places.push([x + t * (line[index]! - x), y + t * (line[index + 1]! - y)]);
      }
  return places;
};

const ZIGZAG: Point[] = [
  [0, 0],
  [100, 10],
  [110, 100],
  [111, 0],
];

describe('a straight line', () => {
  it('goes from point to point', () => {
    expect(pointsOf(linePath(ZIGZAG, 'straight'))).toEqual(ZIGZAG);
  });

  it('joins two elements on the way between its ends, a little apart from their outlines', () => {
    const [from, to] = pointsOf(joined(boxAt(0, 0), boxAt(300, 0), 'straight'));
    expect(from).toEqual([105, 30]);
    expect(to).toEqual([295, 30]);
  });

  it('goes on to its end when it comes from within the element', () => {
    const within: Point[] = [
      [20, 30],
      [80, 30],
    ];
    expect(pointsOf(linePath(within, 'straight', null, filled(boxAt(0, 0))))).toEqual(within);
  });

  it('never turns round: without room for the gap it goes from outline to outline, and where these overlap, end to end', () => {
    expect(pointsOf(joined(boxAt(0, 0), boxAt(108, 0), 'straight'))).toEqual([
      [101, 30],
      [107, 30],
    ]);
    expect(pointsOf(joined(boxAt(0, 0), boxAt(70, 0), 'straight'))).toEqual([
      [50, 30],
      [120, 30],
    ]);
  });
});

describe('a curve', () => {
  it('goes through each of its points, and between two it is straight', () => {
    const coordinate = fc.integer({ min: -300, max: 300 });
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 7 }), (points) => {
        expect(pointsOf(linePath(points, 'curve'))).toEqual(points);
      }),
    );
    expect(linePath(ZIGZAG.slice(0, 2), 'curve')).toEqual(linePath(ZIGZAG.slice(0, 2), 'straight'));
  });

  it('does not swing far out', () => {
    const straight: Figure = { lines: flattenPath(linePath(ZIGZAG, 'straight')), filled: false, reach: 0 };
    for (const place of placesOn(linePath(ZIGZAG, 'curve')))
      expect(distanceTo(straight, place)).toBeLessThan(35);
  });

  it('has no corner at a point on the way', () => {
    const [, arrive, leave] = linePath(ZIGZAG, 'curve');
    if (arrive?.[0] !== 'curve' || leave?.[0] !== 'curve') throw new Error('a curve has curves');
    const [before, at, after] = [arrive[2], arrive[3], leave[1]];
    const turn = (at[0] - before[0]) * (after[1] - at[1]) - (at[1] - before[1]) * (after[0] - at[0]);
    expect(turn).toBeCloseTo(0);
  });
});

describe('an elbow', () => {
  const isOrthogonal = (points: readonly Point[]): boolean =>
    points.slice(1).every(([x, y], index) => points[index]![0] === x || points[index]![1] === y);

  it('takes one bend, or none, where one is enough', () => {
    const to = (end: Point): Point[] => pointsOf(linePath([[0, 0], end], 'elbow'));
    expect(to([100, 0])).toHaveLength(2);
    expect(to([100, 50])).toHaveLength(3);
  });

  it('leaves and enters elements through the sides that face each other, and bends in the middle', () => {
    expect(pointsOf(joined(boxAt(0, 0), boxAt(300, 100), 'elbow'))).toEqual([
      [105, 30],
      [200, 30],
      [200, 130],
      [295, 130],
    ]);
  });

  it('has only horizontal and vertical ways, few of them, and goes around what it is bound to', () => {
    const offset = fc.integer({ min: -500, max: 500 });
    fc.assert(
      fc.property(offset, offset, (x, y) => {
        fc.pre(Math.abs(x) > 160 || Math.abs(y) > 120);
        const [start, end] = [boxAt(0, 0), boxAt(x, y)];
        const path = joined(start, end, 'elbow');
        expect(isOrthogonal(pointsOf(path))).toBe(true);
        expect(path.length).toBeLessThanOrEqual(6);
        const figures = [filled(start), filled(end)];
        for (const place of placesOn(path))
          for (const figure of figures) expect(distanceTo(figure, place)).toBeGreaterThan(3);
      }),
      { numRuns: 200 },
    );
  });

  it('goes around an element that is in its way', () => {
    const [low, high] = [boxAt(0, 0), boxAt(0, 400)];
    const free: Point = [50, -300];
    const path = linePath([free, middleOf(low)], 'elbow', null, filled(low));
    expect(isOrthogonal(pointsOf(path))).toBe(true);
    // It aims at the far side of `high` from below: the way straight up would cross it.
    const behind = linePath([[50, 700], middleOf(high)], 'elbow', null, filled(high));
    for (const place of placesOn(behind)) expect(distanceTo(filled(high), place)).toBeGreaterThan(3);
  });

  it('finds a way between elements that overlap, and through points on the way', () => {
    expect(isOrthogonal(pointsOf(joined(boxAt(0, 0), boxAt(20, 20), 'elbow')))).toBe(true);
    const through = linePath(
      [
        [0, 0],
        [100, 100],
        [300, -50],
      ],
      'elbow',
    );
    expect(isOrthogonal(pointsOf(through))).toBe(true);
    expect(distanceTo({ lines: flattenPath(through), filled: false, reach: 0 }, [100, 100])).toBe(0);
  });
});
