import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCamera, viewportBox } from './camera.js';
import { approach, cameraOver } from './follow.js';

const size = { width: 800, height: 600 };
const camera = fc
  .record({
    x: fc.integer({ min: -5000, max: 5000 }),
    y: fc.integer({ min: -5000, max: 5000 }),
    zoom: fc.double({ min: 0.05, max: 20, noNaN: true }),
  })
  .map(({ x, y, zoom }) => createCamera(x, y, zoom));

describe('P4: following', () => {
  it('shows all of what the other sees, and no more than it must', () => {
    fc.assert(
      fc.property(camera, (theirs) => {
        const seen = viewportBox(theirs, { width: 1200, height: 500 });
        const mine = viewportBox(cameraOver(seen, size), size);
        expect(mine.minX).toBeLessThanOrEqual(seen.minX + 1e-6);
        expect(mine.maxX).toBeGreaterThanOrEqual(seen.maxX - 1e-6);
        expect(mine.minY).toBeLessThanOrEqual(seen.minY + 1e-6);
        expect(mine.maxY).toBeGreaterThanOrEqual(seen.maxY - 1e-6);
        expect(mine.maxX - mine.minX).toBeCloseTo(seen.maxX - seen.minX, 4);
      }),
    );
  });

  it('arrives exactly, in about a second, from anywhere', () => {
    fc.assert(
      fc.property(camera, camera, (from, target) => {
        let at = from;
        let frames = 0;
        while (at !== target && frames < 200) {
          at = approach(at, target, size, 1000 / 60);
          frames++;
        }
        expect(at).toBe(target);
        expect(frames).toBeLessThan(150);
      }),
    );
  });

  it('depends on the time that passed, not on the number of frames', () => {
    const [from, target] = [createCamera(0, 0, 1), createCamera(900, -400, 3)];
    const once = approach(from, target, size, 64);
    let often = from;
    for (let i = 0; i < 8; i++) often = approach(often, target, size, 8);
    expect(often.x).toBeCloseTo(once.x, 6);
    expect(often.zoom).toBeCloseTo(once.zoom, 6);
  });
});
