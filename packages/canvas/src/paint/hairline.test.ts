import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hairlines, isHairline } from './hairline.js';

const curve = (points: readonly (readonly [number, number])[]) => ({
  length: points.length,
  x: points.map(([x]) => x),
  y: points.map(([, y]) => y),
  pressure: null,
});

/** From a point to the nearest of a line. */
function distance(line: Float64Array, x: number, y: number): number {
  let nearest = Math.hypot(x - (line[0] ?? 0), y - (line[1] ?? 0));
  for (let i = 2; i < line.length; i += 2) {
    const [ax, ay, bx, by] = [...line.slice(i - 2, i + 2)] as [number, number, number, number];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const part = length === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
    const at = Math.min(Math.max(part, 0), 1);
    nearest = Math.min(nearest, Math.hypot(x - ax - at * (bx - ax), y - ay - at * (by - ay)));
  }
  return nearest;
}

describe('hairlines', () => {
  const ink = curve(Array.from({ length: 101 }, (_, i) => [50 + i, 20] as const));

  it('stand for strokes that are thinner than a pixel', () => {
    expect(isHairline(3.5, 0.2)).toBe(true);
    expect(isHairline(3.5, 1)).toBe(false);
  });

  it('keep the ends of what is straight, and of a bend what can be told apart', () => {
    const [line, ...others] = hairlines(ink, [], 0.1);
    expect(others).toEqual([]);
    expect([...(line ?? [])]).toEqual([0, 0, 100, 0]);
    // There and back again: where a line turns is where it ends.
    const back = curve([...ink.x, ...ink.x.toReversed()].map((x) => [x, 20] as const));
    expect([...(hairlines(back, [], 0.1)[0] ?? [])]).toEqual([0, 0, 96, 0, 0, 0]);
  });

  it('pass every point of the ink within a pixel', () => {
    const point = fc.tuple(
      fc.double({ min: 0, max: 60, noNaN: true }),
      fc.double({ min: 0, max: 60, noNaN: true }),
    );
    const walk = fc.array(point, { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(walk, fc.constantFrom(1, 0.2, 0.05), (points, scale) => {
        const [line = new Float64Array(0)] = hairlines(curve(points), [], scale);
        const [[startX, startY] = [0, 0]] = points;
        for (const [x, y] of points)
          expect(distance(line, x - startX, y - startY) * scale).toBeLessThan(0.8 + 1 / 8);
        expect([...line.slice(-2)]).toEqual([
          (points.at(-1)?.[0] ?? 0) - startX,
          (points.at(-1)?.[1] ?? 0) - startY,
        ]);
      }),
    );
  });

  it('leave out what was erased, and are relative to the first point all the same', () => {
    const lines = hairlines(ink, [[20, 60]], 1);
    expect(lines.map((line) => [line[0], line.at(-2)])).toEqual([
      [0, 20],
      [60, 100],
    ]);
  });

  it('are a dot for a single point, and nothing for none', () => {
    expect(hairlines(curve([[3, 4]]), [], 1)).toEqual([new Float64Array([0, 0])]);
    expect(hairlines(curve([]), [], 1)).toEqual([]);
  });
});
