import { describe, expect, it } from 'vitest';
import { hairlinePath, isHairline } from './hairline.js';

const curve = (points: readonly (readonly [number, number])[]) => ({
  length: points.length,
  x: points.map(([x]) => x),
  y: points.map(([, y]) => y),
  pressure: null,
});

describe('hairlines', () => {
  const line = curve(Array.from({ length: 101 }, (_, i) => [50 + i, 20] as const));

  it('stand for strokes that are thinner than a pixel', () => {
    expect(isHairline(3.5, 0.2)).toBe(true);
    expect(isHairline(3.5, 1)).toBe(false);
  });

  it('keep only points that can be told apart, the first and the last always', () => {
    const path = hairlinePath(line, [], 0.1);
    expect(path[0]).toEqual(['move', [0, 0]]);
    expect(path.at(-1)).toEqual(['line', [100, 0]]);
    expect(path.length).toBe(14);
    expect(hairlinePath(line, [], 1).length).toBe(101);
  });

  it('leave out what was erased', () => {
    const path = hairlinePath(line, [[20, 60]], 1);
    expect(path.filter(([kind]) => kind === 'move')).toEqual([
      ['move', [0, 0]],
      ['move', [60, 0]],
    ]);
    expect(path).toContainEqual(['line', [20, 0]]);
    expect(path).not.toContainEqual(['line', [40, 0]]);
  });

  it('draw a dot', () => {
    expect(hairlinePath(curve([[3, 4]]), [], 1)).toEqual([
      ['move', [0, 0]],
      ['line', [0, 0]],
    ]);
    expect(hairlinePath(curve([]), [], 1)).toEqual([]);
  });
});
