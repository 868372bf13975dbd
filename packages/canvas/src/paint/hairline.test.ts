import { describe, expect, it } from 'vitest';
import { hairlines, isHairline } from './hairline.js';

const curve = (points: readonly (readonly [number, number])[]) => ({
  length: points.length,
  x: points.map(([x]) => x),
  y: points.map(([, y]) => y),
  pressure: null,
});

describe('hairlines', () => {
  const ink = curve(Array.from({ length: 101 }, (_, i) => [50 + i, 20] as const));

  it('stand for strokes that are thinner than a pixel', () => {
    expect(isHairline(3.5, 0.2)).toBe(true);
    expect(isHairline(3.5, 1)).toBe(false);
  });

  it('keep only points that can be told apart, the first and the last always', () => {
    const [line, ...others] = hairlines(ink, [], 0.1);
    expect(others).toEqual([]);
    expect([...(line ?? [])]).toEqual([
      0, 0, 8, 0, 16, 0, 24, 0, 32, 0, 40, 0, 48, 0, 56, 0, 64, 0, 72, 0, 80, 0, 88, 0, 96, 0, 100, 0,
    ]);
    expect(hairlines(ink, [], 1)[0]).toHaveLength(202);
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
