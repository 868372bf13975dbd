import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box, Point } from '../geometry.js';
import { boxesMeet, cornersOf } from './box.js';
import {
  distanceTo,
  type Figure,
  figureBounds,
  hits,
  insideBox,
  insideLasso,
  meetsBox,
  meetsLasso,
} from './figure.js';
import { createLasso, type Lasso } from './lasso.js';
import { turnAround } from './placement.js';

const coordinate = fc.integer({ min: -64, max: 64 });
const points = (minLength: number): fc.Arbitrary<Point[]> =>
  fc.array(fc.tuple(coordinate, coordinate), { minLength, maxLength: 8 });
const boxes: fc.Arbitrary<Box> = fc
  .tuple(coordinate, coordinate, fc.nat(60), fc.nat(60))
  .map(([minX, minY, width, height]) => ({ minX, minY, maxX: minX + width, maxY: minY + height }));

const line = (path: readonly Point[]): Float64Array => Float64Array.from(path.flat());
const closed = (path: readonly Point[]): Float64Array => line([...path, path[0]!]);

const figures: fc.Arbitrary<Figure> = fc.oneof(
  fc.record({
    lines: fc.array(points(1).map(line), { minLength: 1, maxLength: 2 }),
    filled: fc.constant(false),
    reach: fc.nat(5),
  }),
  fc.record({ lines: points(3).map((path) => [closed(path)]), filled: fc.boolean(), reach: fc.nat(5) }),
);

/** Points of a figure: of its lines, and of what is between them and the edge of their width. */
const samples = ({ lines, reach }: Figure): Point[] => {
  const found: Point[] = [];
  for (const path of lines)
    for (let index = 0; index < path.length; index += 2) {
      const next = index + 3 < path.length ? index + 2 : index;
      for (const t of [0, 0.25, 0.5, 0.75])
        for (const angle of [0, 1, 2, 3, 4, 5, 6]) {
          const x = path[index]! + t * (path[next]! - path[index]!);
          const y = path[index + 1]! + t * (path[next + 1]! - path[index + 1]!);
          found.push([x, y], [x + 0.999 * reach * Math.cos(angle), y + 0.999 * reach * Math.sin(angle)]);
        }
    }
  return found;
};

const inBox = ([x, y]: Point, { minX, minY, maxX, maxY }: Box): boolean =>
  x >= minX && x <= maxX && y >= minY && y <= maxY;

const square: Figure = {
  lines: [closed(cornersOf({ minX: 0, minY: 0, maxX: 100, maxY: 100 }))],
  filled: false,
  reach: 1,
};
const lassoAround = (box: Box): Lasso => createLasso(cornersOf(box))!;

describe('hits', () => {
  it('has its tolerance in screen pixels: the further in, the nearer the pointer must be', () => {
    expect(hits(square, [50, 5], 8, 1)).toBe(true);
    expect(hits(square, [50, 5], 8, 2)).toBe(true);
    expect(hits(square, [50, 5.1], 8, 2)).toBe(false);
    expect(hits(square, [50, 5], 8, 4)).toBe(false);
    expect(hits(square, [-160, 50], 8, 0.05)).toBe(true);
  });

  it('finds a hollow figure on its line only, a filled one inside as well', () => {
    expect(hits(square, [50, 50], 4, 1)).toBe(false);
    expect(hits({ ...square, filled: true }, [50, 50], 4, 1)).toBe(true);
    expect(hits({ ...square, filled: true }, [50, 106], 4, 1)).toBe(false);
  });

  it('finds a dot', () => {
    const dot: Figure = { lines: [line([[3, 3]])], filled: false, reach: 2 };
    expect(hits(dot, [5, 3], 0, 1)).toBe(true);
    expect(hits(dot, [5.1, 3], 0, 1)).toBe(false);
  });

  it('agrees with the distance, and finds every point that the figure covers', () => {
    fc.assert(
      fc.property(figures, fc.tuple(coordinate, coordinate), fc.nat(20), (figure, point, tolerance) => {
        for (const covered of samples(figure)) expect(hits(figure, covered, 0, 1)).toBe(true);
        const distance = distanceTo(figure, point);
        if (Math.abs(distance - tolerance) > 1e-9)
          expect(hits(figure, point, tolerance, 1)).toBe(distance < tolerance);
        const bounds = figureBounds(figure);
        const beside = Math.max(
          bounds.minX - point[0],
          point[0] - bounds.maxX,
          bounds.minY - point[1],
          point[1] - bounds.maxY,
        );
        expect(distance).toBeGreaterThanOrEqual(beside - 1e-9);
      }),
    );
  });

  it('turns with what it asks about: the distance is the same after a rotation of both', () => {
    const angle = fc.double({ min: -7, max: 7, noNaN: true });
    fc.assert(
      fc.property(figures, fc.tuple(coordinate, coordinate), angle, (figure, point, by) => {
        const turn = (at: Point): Point => turnAround(at, [10, -20], by);
        const lines = figure.lines.map((path) => {
          const turned: Point[] = [];
          for (let index = 0; index < path.length; index += 2)
            turned.push(turn([path[index]!, path[index + 1]!]));
          return line(turned);
        });
        const distance = distanceTo(figure, point);
        // Right on the outline, rounding decides what is inside.
        fc.pre(distanceTo({ ...figure, filled: false, reach: 0 }, point) > 1e-6);
        expect(distanceTo({ ...figure, lines }, turn(point))).toBeCloseTo(distance, 6);
      }),
    );
  });
});

describe('a box', () => {
  it('meets what crosses it, holds it or lies in it; and holds only what lies in it altogether', () => {
    const small = { minX: 40, minY: 40, maxX: 60, maxY: 60 };
    expect(meetsBox(square, small)).toBe(false);
    expect(meetsBox({ ...square, filled: true }, small)).toBe(true);
    expect(meetsBox(square, { minX: 90, minY: 90, maxX: 110, maxY: 110 })).toBe(true);
    expect(meetsBox(square, { minX: 100.9, minY: 40, maxX: 120, maxY: 60 })).toBe(true);
    expect(meetsBox(square, { minX: 101.1, minY: 40, maxX: 120, maxY: 60 })).toBe(false);
    expect(insideBox(square, { minX: -1, minY: -1, maxX: 101, maxY: 101 })).toBe(true);
    expect(insideBox(square, { minX: 0, minY: -1, maxX: 101, maxY: 101 })).toBe(false);
    // A line may pass through a box without a point of its own in it.
    const diagonal: Figure = {
      lines: [
        line([
          [-10, -10],
          [110, 110],
        ]),
      ],
      filled: false,
      reach: 0,
    };
    expect(meetsBox(diagonal, small)).toBe(true);
  });

  it('meets a figure exactly where one of its points is', () => {
    fc.assert(
      fc.property(figures, boxes, (figure, box) => {
        const meets = meetsBox(figure, box);
        if (samples(figure).some((point) => inBox(point, box))) expect(meets).toBe(true);
        if (!boxesMeet(figureBounds(figure), box)) expect(meets).toBe(false);
        // The points of the box, on a grid, are a second opinion.
        let touched = false;
        for (let x = box.minX; x <= box.maxX; x += 4)
          for (let y = box.minY; y <= box.maxY; y += 4) touched ||= distanceTo(figure, [x, y]) === 0;
        if (touched) expect(meets).toBe(true);
        if (meets) expect(meetsBox({ ...figure, reach: figure.reach + 1 }, box)).toBe(true);
        if (insideBox(figure, box)) {
          expect(meets).toBe(true);
          expect(samples(figure).every((point) => inBox(point, box))).toBe(true);
        }
      }),
    );
  });
});

describe('a lasso', () => {
  it('is none without three points', () => {
    expect(createLasso([])).toBeNull();
    expect(
      createLasso([
        [0, 0],
        [1, 1],
      ]),
    ).toBeNull();
  });

  it('holds what it goes around, loops of its own included', () => {
    const twice = createLasso([
      [0, 0],
      [100, 0],
      [100, 100],
      [0, 100],
      [0, 0],
      [60, 0],
      [60, 60],
      [0, 60],
    ])!;
    expect(twice.holds(30, 30)).toBe(true);
    expect(twice.holds(80, 80)).toBe(true);
    expect(twice.holds(101, 50)).toBe(false);
  });

  it('along the edges of a box selects what the box selects', () => {
    fc.assert(
      fc.property(figures, boxes, (figure, box) => {
        // Edges belong to a box, and only half of them to a lasso: keep away from both.
        fc.pre(box.maxX > box.minX && box.maxY > box.minY);
        const inner = {
          minX: box.minX + 1 / 3,
          minY: box.minY + 1 / 3,
          maxX: box.maxX - 1 / 3,
          maxY: box.maxY - 1 / 3,
        };
        expect(meetsLasso(figure, lassoAround(inner))).toBe(meetsBox(figure, inner));
        expect(insideLasso(figure, lassoAround(inner))).toBe(insideBox(figure, inner));
      }),
      { numRuns: 1_000 },
    );
  });

  it('of any shape agrees with a slow look at all of its edges', () => {
    fc.assert(
      fc.property(points(3), fc.array(fc.tuple(coordinate, coordinate)), (path, places) => {
        const lasso = createLasso(path)!;
        const area: Figure = { lines: [closed(path)], filled: true, reach: 0 };
        const edge: Figure = { ...area, filled: false };
        for (const place of places) {
          if (distanceTo(edge, place) > 1e-9)
            expect(lasso.holds(...place)).toBe(distanceTo(area, place) === 0);
          for (const reach of [1, 7])
            if (Math.abs(distanceTo(edge, place) - reach) > 1e-9)
              expect(lasso.near(...place, ...place, reach)).toBe(distanceTo(edge, place) < reach);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('does not hold what leaves it on the way from one of its points to the next', () => {
    const notched = createLasso([
      [-10, -10],
      [110, -10],
      [110, 50],
      [60, 50],
      [50, 2],
      [40, 50],
      [-10, 50],
    ])!;
    const across = (y: number): Figure => ({
      lines: [
        line([
          [0, y],
          [100, y],
        ]),
      ],
      filled: false,
      reach: 1,
    });
    expect(insideLasso(across(-2), notched)).toBe(true);
    expect(insideLasso(across(1.5), notched)).toBe(false);
    expect(insideLasso(across(20), notched)).toBe(false);
    expect(meetsLasso(across(20), notched)).toBe(true);
  });

  it('selects whole figures or parts of them, as asked', () => {
    const around: Point[] = Array.from({ length: 60 }, (_, index) => {
      const angle = (index / 60) * 2 * Math.PI;
      return [50 + 80 * Math.cos(angle), 50 + 80 * Math.sin(angle)];
    });
    expect(insideLasso(square, createLasso(around)!)).toBe(true);
    const half = createLasso(around.map(([x, y]) => [x - 60, y]))!;
    expect(insideLasso(square, half)).toBe(false);
    expect(meetsLasso(square, half)).toBe(true);
    // A lasso in the middle of a filled figure touches it, and of a hollow one does not.
    const middle = createLasso(around.map(([x, y]) => [(x + 150) / 4, (y + 150) / 4]))!;
    expect(meetsLasso(square, middle)).toBe(false);
    expect(meetsLasso({ ...square, filled: true }, middle)).toBe(true);
  });
});
