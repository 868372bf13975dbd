import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../geometry.js';
import { uniteRanges } from '../ranges.js';
import { erasedRanges, remainingRanges, slicePolyline } from './eraser.js';
import { squaredDistance } from './segment.js';

const coordinate = fc.double({ min: -50, max: 50, noNaN: true });
const point: fc.Arbitrary<Point> = fc.tuple(coordinate, coordinate);
const lines = fc
  .array(point, { minLength: 1, maxLength: 12 })
  .map((points) => Float64Array.from(points.flat()));

const at = (line: Float64Array, position: number): Point => {
  const [x, y] = slicePolyline(line, [position, position]);
  return [x!, y!];
};

describe('an eraser', () => {
  it('erases what its disc sweeps over, between points as well', () => {
    const line = Float64Array.of(0, 0, 100, 0, 100, 100);
    expect(erasedRanges(line, [50, 0], [50, 0], 10)).toEqual([[0.4, 0.6]]);
    expect(erasedRanges(line, [20, 5], [30, 5], 5)).toEqual([[0.2, 0.3]]);
    expect(erasedRanges(line, [100, -3], [100, 90], 10)).toEqual([[0.9, 2]]);
    expect(erasedRanges(line, [50, 20], [60, 20], 10)).toEqual([]);
  });

  it('erases a dot whole', () => {
    const dot = Float64Array.of(5, 5);
    expect(erasedRanges(dot, [0, 0], [10, 10], 1)).toEqual([[0, 0]]);
    expect(erasedRanges(dot, [0, 0], [1, 1], 1)).toEqual([]);
    expect(remainingRanges(1, [[0, 0]])).toEqual([]);
    expect(remainingRanges(1, [])).toEqual([[0, 0]]);
  });

  it('erases exactly the places within its radius', () => {
    fc.assert(
      fc.property(
        lines,
        point,
        point,
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (line, from, to, radius, part) => {
          const erased = erasedRanges(line, from, to, radius);
          const position = part * (line.length / 2 - 1);
          const distance = Math.sqrt(squaredDistance(...at(line, position), ...from, ...to));
          if (Math.abs(distance - radius) < 1e-6) return;
          const touched = erased.some(([first, last]) => position >= first && position <= last);
          expect(touched).toBe(distance < radius);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('erases a segment too short for its square to be a number', () => {
    expect(erasedRanges(Float64Array.of(0, 1.5717277847026288e-162, 0, 0), [0, 0], [0, 0], 0.5)).toEqual([
      [0, 1],
    ]);
  });

  it('leaves the rest: every place of a line is erased or remains, and only their ends are both', () => {
    const range = fc
      .tuple(fc.nat(20), fc.nat(6))
      .map(([from, length]): [number, number] => [from / 2, (from + length) / 2]);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.array(range), (length, ranges) => {
        const cuts = uniteRanges(ranges);
        const remaining = remainingRanges(length, cuts);
        for (let position = 0; position <= length - 1; position += 0.25) {
          const cut = cuts.some(([from, to]) => position > from && position < to);
          const left = remaining.some(([from, to]) => position > from && position < to);
          const edge = [...cuts, ...remaining].some((one) => one.includes(position));
          expect(Number(cut) + Number(left) + Number(edge && !cut && !left)).toBe(1);
        }
        for (const [from, to] of remaining) expect(to).toBeGreaterThan(from);
      }),
    );
  });

  it('cuts a line where it says', () => {
    const line = Float64Array.of(0, 0, 10, 0, 10, 10, 20, 10);
    expect([...slicePolyline(line, [0.5, 2.25])]).toEqual([5, 0, 10, 0, 10, 10, 12.5, 10]);
    expect([...slicePolyline(line, [1, 2])]).toEqual([10, 0, 10, 10]);
    expect([...slicePolyline(line, [0, 3])]).toEqual([...line]);
    expect([...slicePolyline(line, [2.5, 2.75])]).toEqual([15, 10, 17.5, 10]);
    expect([...slicePolyline(Float64Array.of(1, 2), [0, 0])]).toEqual([1, 2]);
  });
});
