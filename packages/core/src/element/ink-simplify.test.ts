import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squaredDistance } from './geometry/segment.js';
import { decodeInk, encodeInk, type InkPoint } from './ink.js';
import { simplifyInk } from './ink-simplify.js';

/** A hand's way: small steps, each of them a little different from the one before. */
const strokes = fc
  .array(fc.record({ dx: fc.integer({ min: -8, max: 16 }), dy: fc.integer({ min: -8, max: 8 }) }), {
    maxLength: 60,
  })
  .map((steps) => {
    let [x, y] = [0, 0];
    return steps.map(({ dx, dy }): InkPoint => {
      x += dx / 8;
      y += dy / 8;
      return { x, y, pressure: 0.5 };
    });
  });

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
    let leftOut = 0;
    fc.assert(
      fc.property(
        strokes,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.constantFrom(0.25, 1, 8),
        (points, tolerance, zoom) => {
          const kept = simplifyInk(points, { tolerance, zoom });
          leftOut += points.length - kept.length;
          expect(kept[0]).toBe(points[0]);
          expect(kept.at(-1)).toBe(points.at(-1));
          for (const distance of distances(points, kept))
            expect(distance * zoom).toBeLessThanOrEqual(tolerance * (1 + 1e-9));
        },
      ),
    );
    expect(leftOut).toBeGreaterThan(0);
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
    // Each point is further off than all that follow, so that a split takes off one point only.
    const points = Array.from({ length: 200_000 }, (_, index) => ({
      x: index,
      y: (200_000 - index) * (index % 2 === 0 ? 1 : -1),
    }));
    expect(simplifyInk(points, { tolerance: 0.01 })).toHaveLength(200_000);
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
