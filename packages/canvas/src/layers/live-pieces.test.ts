import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawPoint } from '../paint/ink-smoothing.js';
import { createLivePieces } from './live-pieces.js';

const EVERYWHERE = { minX: -1e9, minY: -1e9, maxX: 1e9, maxY: 1e9 };

/** A hand's way, and where it might have gone. */
const steps = fc.array(
  fc.record({
    dx: fc.integer({ min: -60, max: 60 }),
    dy: fc.integer({ min: -60, max: 60 }),
    guesses: fc.array(fc.tuple(fc.integer({ min: -200, max: 200 }), fc.integer({ min: -200, max: 200 })), {
      maxLength: 2,
    }),
  }),
  { minLength: 2, maxLength: 120 },
);

function cornersOf(polygon: Float64Array): Set<string> {
  const corners = new Set<string>();
  for (let i = 0; i < polygon.length; i += 2) corners.add(`${polygon[i]} ${polygon[i + 1]}`);
  return corners;
}

describe('createLivePieces', () => {
  it('tells where a stroke looks different; its pieces have the corners of the whole, and no others', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom('pen', 'highlighter'), (hand, tool) => {
        const pieces = createLivePieces({ tool, width: 6 }, false);
        let last: RawPoint = { x: 0, y: 0, pressure: undefined };
        pieces.update([], [last]);
        for (const { dx, dy, guesses } of hand) {
          const before = cornersOf(pieces.whole()[0] ?? new Float64Array());
          const next = { x: last.x + dx / 16, y: last.y + dy / 16, pressure: undefined };
          const predicted = guesses.map(([x, y]) => ({
            x: next.x + x / 16,
            y: next.y + y / 16,
            pressure: undefined,
          }));
          const changed = pieces.update([last], [next, ...predicted]);
          last = next;
          const now = cornersOf(pieces.whole()[0] ?? new Float64Array());
          const different = [...before, ...now].filter((corner) => before.has(corner) !== now.has(corner));
          for (const corner of different) {
            const [x = Number.NaN, y = Number.NaN] = corner.split(' ').map(Number);
            expect(x >= changed.minX && x <= changed.maxX && y >= changed.minY && y <= changed.maxY).toBe(
              true,
            );
          }
        }
        const whole = cornersOf(pieces.whole()[0] ?? new Float64Array());
        const inPieces = new Set(pieces.within(EVERYWHERE).flatMap((piece) => [...cornersOf(piece)]));
        expect([...inPieces].sort()).toEqual([...whole].sort());
      }),
      { numRuns: 40 },
    );
  });

  it('shows as much of a long stroke in a small box as of a short one, and changes as little of it', () => {
    const pieces = createLivePieces({ tool: 'pen', width: 3.5 }, false);
    const at = (i: number): RawPoint => ({ x: i * 4, y: 40 * Math.sin(i / 9), pressure: undefined });
    const sizes: number[] = [];
    for (let i = 0; i < 20_000; i++) {
      const { minX, maxX } = pieces.update([at(i)], [at(i + 1)]);
      if (i < 100 || i % 4_000 !== 3_999) continue;
      expect(maxX - minX).toBeLessThan(40);
      const found = pieces.within({ minX, minY: -100, maxX, maxY: 100 });
      sizes.push(found.reduce((sum, piece) => sum + piece.length, 0));
    }
    expect(sizes).toHaveLength(5);
    expect(Math.max(...sizes)).toBeLessThan(400);
  });
});
