import { type Path, pathAlong } from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dashesOf, fitDashes } from './dashes.js';

const square: Path = pathAlong(
  [
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
  ],
  true,
);

describe('dashes', () => {
  it('go around an outline a whole number of times', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 12, noNaN: true }), (width) => {
        for (const kind of ['dashed', 'dotted'] as const) {
          const dashes = dashesOf(kind, width);
          const fitted = fitDashes(dashes, square);
          const rounds = 400 / (fitted[0]! + fitted[1]!);
          expect(rounds).toBeCloseTo(Math.round(rounds), 6);
          expect(fitted[0]! / dashes[0]!).toBeCloseTo(1, 0);
        }
      }),
    );
  });

  it('stand at both ends of a line', () => {
    const [dash, gap] = fitDashes(
      [10, 6],
      pathAlong([
        [0, 0],
        [300, 0],
      ]),
    ) as [number, number];
    const count = (300 - dash) / (dash + gap);
    expect(count).toBeCloseTo(Math.round(count), 6);
  });

  it('stay as they are on what is shorter than they are, and there are none on a solid line', () => {
    expect(
      fitDashes(
        [10, 6],
        pathAlong([
          [0, 0],
          [1, 0],
        ]),
      ),
    ).toEqual([10, 6]);
    expect(fitDashes([], square)).toEqual([]);
    expect(fitDashes([10, 6], [])).toEqual([10, 6]);
  });
});
