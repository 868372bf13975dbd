import type { Path, Point } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { headFigure, reversePath, trimEnd } from './line-head.js';

const PATH: Path = [
  ['move', [0, 0]],
  ['line', [10, 0]],
  ['curve', [20, 0], [30, 0], [40, 0]],
];

describe('the path under a head', () => {
  it('ends that much earlier, straight or curved', () => {
    expect(trimEnd(PATH.slice(0, 2), 4).at(-1)).toEqual(['line', [6, 0]]);
    const curve = trimEnd(PATH, 6).at(-1);
    expect(curve?.[0]).toBe('curve');
    expect(curve?.at(-1)).toEqual([expect.closeTo(34, 6), 0]);
  });

  it('keeps its last step’s beginning where that is shorter than the head', () => {
    expect(trimEnd(PATH.slice(0, 2), 99).at(-1)).toEqual(['line', [0, 0]]);
    expect(trimEnd([['move', [5, 5]]], 4)).toEqual([['move', [5, 5]]]);
    expect(trimEnd([], 4)).toEqual([]);
  });

  it('is the same from the other end', () => {
    expect(reversePath(PATH)).toEqual([
      ['move', [40, 0]],
      ['curve', [30, 0], [20, 0], [10, 0]],
      ['line', [0, 0]],
    ]);
    expect(reversePath(reversePath(PATH))).toEqual(PATH);
    expect(reversePath([])).toEqual([]);
  });
});

describe('a head', () => {
  it('has its tip at the end and looks away from where the line comes from', () => {
    for (const head of ['arrow', 'triangle', 'diamond', 'dot'] as const) {
      const { path } = headFigure(head, [100, 50], [100, 0], 20);
      const points = path.map((step) => step.at(-1) as Point);
      expect(Math.max(...points.map(([, y]) => y))).toBeCloseTo(50, 6);
      expect(Math.min(...points.map(([, y]) => y))).toBeGreaterThan(20);
      expect(Math.min(...points.map(([x]) => x))).toBeCloseTo(200 - Math.max(...points.map(([x]) => x)), 6);
    }
  });

  it('is somewhere even at the end of a line without length', () => {
    for (const [x, y] of headFigure('arrow', [1, 1], [1, 1], 9).path.map((step) => step.at(-1) as Point)) {
      expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
    }
  });
});
