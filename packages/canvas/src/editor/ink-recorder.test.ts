import { decodeInk, encodeInk } from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInkRecorder, quantumAt } from './ink-recorder.js';

const sample = fc.record({
  point: fc.tuple(
    fc.double({ min: -1e5, max: 1e5, noNaN: true }),
    fc.double({ min: -1e5, max: 1e5, noNaN: true }),
  ),
  pressure: fc.double({ min: 0, max: 1, noNaN: true }),
  tilt: fc.tuple(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -90, max: 90 })),
});

describe('ink recorder', () => {
  it('keeps points exactly as they come back from their bytes', () => {
    fc.assert(
      fc.property(
        fc.array(sample, { minLength: 1, maxLength: 50 }),
        fc.double({ min: 0.02, max: 64, noNaN: true }),
        (samples, zoom) => {
          const quantum = quantumAt(zoom);
          const recorder = createInkRecorder(quantum, true);
          for (const each of samples) recorder.add(each);
          const stored = decodeInk(encodeInk(recorder.points, { quantum }));
          expect(stored.length).toBe(recorder.points.length);
          for (const [i, point] of recorder.points.entries()) {
            expect(stored.x[i]).toBe(point.x);
            expect(stored.y[i]).toBe(point.y);
            expect(stored.pressure?.[i]).toBe(Math.fround(point.pressure ?? Number.NaN));
            expect([stored.tiltX?.[i], stored.tiltY?.[i]]).toEqual([point.tiltX, point.tiltY]);
          }
        },
      ),
    );
  });

  it('leaves out a pointer that rests, but not that it presses harder', () => {
    const recorder = createInkRecorder(1 / 16, true);
    for (const pressure of [0.25, 0.625, 0.5]) recorder.add({ point: [1.01, 2], pressure });
    recorder.add({ point: [1.5, 2], pressure: 0.5 });
    expect(recorder.points).toEqual([
      { x: 1, y: 2, pressure: 0.625 },
      { x: 1.5, y: 2, pressure: 0.5 },
    ]);
  });

  it('goes on with the last pressure where a lifted pen measures none', () => {
    const recorder = createInkRecorder(1 / 16, true);
    recorder.add({ point: [0, 0], pressure: 0.75 });
    recorder.add({ point: [1, 0], pressure: undefined });
    expect(recorder.points[1]?.pressure).toBe(0.75);
  });

  it('stores no pressure where there is none, or where the tool has no use for it', () => {
    const mouse = createInkRecorder(1 / 16, true);
    mouse.add({ point: [0, 0], pressure: undefined });
    const marker = createInkRecorder(1 / 16, false);
    marker.add({ point: [0, 0], pressure: 0.75 });
    expect([...mouse.points, ...marker.points]).toEqual([
      { x: 0, y: 0 },
      { x: 0, y: 0 },
    ]);
  });

  it('is never coarser than a sixteenth of a pixel on the screen, nor than a sixteenth of a unit', () => {
    for (const zoom of [0.02, 0.5, 1, 1.01, 3, 64]) {
      const quantum = quantumAt(zoom);
      expect(quantum * Math.max(zoom, 1)).toBeLessThanOrEqual(1 / 16);
      expect(Number.isInteger(Math.log2(quantum))).toBe(true);
    }
    expect(quantumAt(64)).toBe(1 / 1024);
  });
});
