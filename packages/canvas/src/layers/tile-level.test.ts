import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placesUnder, tileRect } from './tile-level.js';
import type { View } from './view.js';

const viewAt = (scale: number, originX: number, originY: number): View => ({
  ...{ scale, originX, originY },
  ...{ width: 1280, height: 800 },
});
const screen = { x: 0, y: 0, width: 1280, height: 800 };

describe('the places of tiles', () => {
  it('under a view are those that it shows, and no others', () => {
    expect(placesUnder(screen, viewAt(0.1, 0, 0), 0.1, 0)).toHaveLength(5 * 4);
    expect(placesUnder(screen, viewAt(1, -1, 255), 1, 0)).toHaveLength(6 * 5);
    expect(placesUnder(screen, viewAt(1, 256, -512), 1, 1)).toHaveLength(7 * 6);
  });

  it('under a part of a view cover it, at its own scale and where they are stretched', () => {
    const origin = fc.integer({ min: -5000, max: 5000 });
    const side = fc.integer({ min: 0, max: 700 });
    const length = fc.integer({ min: 1, max: 100 });
    const stretch = fc.constantFrom(1, 0.63, 0.9, 1.1, 1.6);
    fc.assert(
      fc.property(
        origin,
        origin,
        side,
        side,
        length,
        length,
        stretch,
        (originX, originY, x, y, width, height, stretch) => {
          const view = viewAt(0.7, originX, originY);
          const scale = 0.7 / stretch;
          const rects = placesUnder({ x, y, width, height }, view, scale, 0).map((place) =>
            tileRect(place, scale, view),
          );
          const left = Math.min(...rects.map((rect) => rect.x));
          const top = Math.min(...rects.map((rect) => rect.y));
          const right = Math.max(...rects.map((rect) => rect.x + rect.width));
          const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
          expect([left <= x, top <= y, right >= x + width, bottom >= y + height]).not.toContain(false);
          if (stretch !== 1) return;
          for (const rect of rects) {
            expect(rect.x < x + width && rect.x + rect.width > x).toBe(true);
            expect(rect.y < y + height && rect.y + rect.height > y).toBe(true);
          }
        },
      ),
    );
  });
});
