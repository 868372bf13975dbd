import { addElement, createBoard, type Element, type Point } from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentDistance, touches } from './hit-test.js';

function stroke(points: readonly Point[], width = 2): Element {
  const board = createBoard();
  board.commit(addElement(board, { kind: 'stroke', width, points: points.map(([x, y]) => ({ x, y })) }));
  const [element] = board.elements();
  if (element === undefined) throw new Error('The stroke was not added.');
  return element;
}

describe('touches', () => {
  const diagonal = stroke([
    [0, 0],
    [50, 50],
    [100, 100],
  ]);

  it('feels the ink, not its bounds', () => {
    expect(touches(diagonal, [90, 10], [90, 10], 5)).toBe(false);
    expect(touches(diagonal, [52, 48], [52, 48], 5)).toBe(true);
  });

  it('feels a line that a fast pointer jumped across', () => {
    expect(touches(diagonal, [0, 60], [60, 0], 1)).toBe(true);
    expect(touches(diagonal, [0, -60], [60, 0], 1)).toBe(false);
  });

  it('counts the line’s width', () => {
    const wide = stroke(
      [
        [0, 0],
        [100, 0],
      ],
      20,
    );
    expect(touches(wide, [50, 12], [50, 12], 3)).toBe(true);
    expect(touches(wide, [50, 14], [50, 14], 3)).toBe(false);
  });

  it('feels a dot', () => {
    const dot = stroke([[7, 7]], 4);
    expect(touches(dot, [0, 7], [20, 7], 0)).toBe(true);
    expect(touches(dot, [0, 12], [20, 12], 2)).toBe(false);
  });

  it('follows an element that is turned, stretched and mirrored', () => {
    const flat = stroke([
      [0, 0],
      [100, 0],
    ]);
    const turned = { ...flat, rotation: Math.PI / 2 } as Element;
    expect(touches(turned, [50, 40], [50, 40], 2)).toBe(true);
    expect(touches(turned, [90, 0], [90, 0], 2)).toBe(false);
    const stretched = { ...diagonal, size: [200, 100] } as Element;
    expect(touches(stretched, [180, 90], [180, 90], 2)).toBe(true);
    const mirrored = { ...diagonal, size: [-100, 100] } as Element;
    expect(touches(mirrored, [90, 10], [90, 10], 2)).toBe(true);
  });
});

describe('segmentDistance', () => {
  const point = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }));

  it('is what sampling both segments approaches', () => {
    fc.assert(
      fc.property(point, point, point, point, (a, b, c, d) => {
        let sampled = Number.POSITIVE_INFINITY;
        for (let i = 0; i <= 60; i++) {
          for (let j = 0; j <= 60; j++) {
            const x = a[0] + ((b[0] - a[0]) * i) / 60 - c[0] - ((d[0] - c[0]) * j) / 60;
            const y = a[1] + ((b[1] - a[1]) * i) / 60 - c[1] - ((d[1] - c[1]) * j) / 60;
            sampled = Math.min(sampled, Math.hypot(x, y));
          }
        }
        const exact = Math.sqrt(segmentDistance(a, b, c, d));
        expect(exact).toBeLessThanOrEqual(sampled + 1e-9);
        expect(exact).toBeGreaterThan(sampled - 3);
      }),
      { numRuns: 50 },
    );
  });
});
