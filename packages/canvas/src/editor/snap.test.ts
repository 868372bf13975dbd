import type { Box } from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snapBox } from './snap.js';

const box = (minX: number, minY: number, width = 100, height = 80): Box => ({
  minX,
  minY,
  maxX: minX + width,
  maxY: minY + height,
});

describe('snapBox', () => {
  it('takes the nearest line of the edges and middles, and shows it along both boxes', () => {
    const { dx, dy, marks } = snapBox(box(104, 300), [box(100, 0)], 6);
    expect([dx, dy]).toEqual([-4, 0]);
    // All three lines of two boxes of the same width.
    expect(marks).toEqual([
      { kind: 'guide', from: [100, 0], to: [100, 380] },
      { kind: 'guide', from: [150, 0], to: [150, 380] },
      { kind: 'guide', from: [200, 0], to: [200, 380] },
    ]);
  });

  it('leaves alone what is further away than it reaches', () => {
    expect(snapBox(box(107, 300), [box(100, 0)], 6)).toEqual({ dx: 0, dy: 0, marks: [] });
  });

  it('makes gaps equal: between two neighbours, and beside two of them', () => {
    const row = [box(0, 3), box(400, 0)];
    expect(snapBox(box(196, 30), row, 6).dx).toBe(4);
    const beside = snapBox(box(303, 31), [box(0, 0, 100, 90), box(150, 0, 100, 90)], 6);
    expect(beside.dx).toBe(-3);
    expect(beside.marks).toEqual([
      { kind: 'gap', from: [100, 71], to: [150, 71] },
      { kind: 'gap', from: [250, 71], to: [300, 71] },
    ]);
  });

  it('moves no further than it reaches, and what is moved is in line', () => {
    const place = fc.integer({ min: 0, max: 400 });
    const boxes = fc.array(
      fc.tuple(place, place).map(([x, y]) => box(x, y, 60, 40)),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(place, place, boxes, (x, y, others) => {
        const moved = box(x, y, 50, 30);
        const { dx, dy } = snapBox(moved, others, 6);
        expect(Math.max(Math.abs(dx), Math.abs(dy))).toBeLessThanOrEqual(6);
        const again = snapBox(box(x + dx, y + dy, 50, 30), others, 6);
        // Moving along one axis may bring new neighbours on the other: only what was found is asked for.
        if (dx !== 0 && dy === 0) expect(Math.abs(again.dx)).toBeLessThan(1 / 32);
      }),
    );
  });
});
