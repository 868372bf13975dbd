import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squaredDistance } from './geometry/segment.js';
import { decodeInk, encodeInk, type InkPoint } from './ink.js';
import { simplifyInk } from './ink-simplify.js';

const coordinate = fc.double({ min: -100, max: 100, noNaN: true });
const strokes = fc.array(
  fc.record({ x: coordinate, y: coordinate, pressure: fc.double({ min: 0, max: 1, noNaN: true }) }),
  { maxLength: 60 },
);

/** How far each point is from the nearest piece of a line. */
const distances = (points: readonly InkPoint[], line: readonly InkPoint[]): number[] =>
  points.map(({ x, y }) =>
    Math.sqrt(
      Math.min(
        ...line.map((from, index) => {
          const to = line[index + 1] ?? from;
          return squaredDistance(x, y, from.x, from.y, to.x, to.y);
        }),
      ),
    ),
  );

describe('simplified ink', () => {
  it('passes every point within the tolerance, in screen pixels, and keeps first and last', () => {
    fc.assert(
      fc.property(
        strokes,
        fc.double({ min: 0.01, max: 30, noNaN: true }),
        fc.constantFrom(0.1, 1, 8),
        (points, tolerance, zoom) => {
          const kept = simplifyInk(points, { tolerance, zoom });
          expect(kept[0]).toBe(points[0]);
          expect(kept.at(-1)).toBe(points.at(-1));
          for (const distance of distances(points, kept))
            expect(distance * zoom).toBeLessThanOrEqual(tolerance * (1 + 1e-9));
        },
      ),
    );
  });

  it('leaves out nothing at tolerance 0, and the same array comes back', () => {
    const points = Array.from({ length: 9 }, (_, x) => ({ x, y: 0 }));
    expect(simplifyInk(points, { tolerance: 0 })).toBe(points);
    expect(simplifyInk(points, { tolerance: 0.1 })).toHaveLength(2);
  });

  it('keeps pressure that a straight line would miss, by how far it moves the edge', () => {
    const points = [0.5, 0.5, 0.9, 0.5, 0.5].map((pressure, x) => ({ x, y: 0, pressure }));
    expect(simplifyInk(points, { tolerance: 1, width: 10 })).toContain(points[2]);
    expect(simplifyInk(points, { tolerance: 1, width: 2 })).toHaveLength(2);
  });

  it('takes time in proportion to the points, whatever they are', () => {
    const spiral = Array.from({ length: 200_000 }, (_, index) => ({
      x: Math.sin(index) * index,
      y: Math.cos(index * 1.1) * index,
    }));
    expect(simplifyInk(spiral, { tolerance: 0.01 }).length).toBeGreaterThan(190_000);
  });

  it('is an option of packing ink', () => {
    const points = Array.from({ length: 100 }, (_, x) => ({ x, y: 3 }));
    expect(decodeInk(encodeInk(points, { simplify: { tolerance: 0.5 } })).length).toBe(2);
    expect(decodeInk(encodeInk(points)).length).toBe(100);
  });

  it('refuses options that mean nothing', () => {
    for (const wrong of [Number.NaN, -1, Number.POSITIVE_INFINITY])
      expect(() => simplifyInk([], { tolerance: wrong })).toThrow(RangeError);
    expect(() => simplifyInk([], { tolerance: 1, zoom: 0 })).toThrow('zoom');
    expect(() => simplifyInk([], { tolerance: 1, width: -1 })).toThrow('width');
  });
});
