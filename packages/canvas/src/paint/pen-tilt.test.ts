import { decodeInk, encodeInk } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { drawnPressure, drawnPressures } from './pen-tilt.js';

describe('the tilt of a pen', () => {
  it('changes nothing while it is held to write, whichever way it leans', () => {
    for (const [tiltX, tiltY] of [
      [0, 0],
      [45, 0],
      [-30, 40],
      [0, -50],
    ] as const)
      expect(drawnPressure({ pressure: 0.375, tiltX, tiltY })).toBe(0.375);
  });

  it('broadens the line the flatter it is held, and no further than the hardest press', () => {
    const at = (tiltX: number, tiltY = 0, pressure = 0.25) => drawnPressure({ pressure, tiltX, tiltY });
    expect(at(60)).toBeGreaterThan(at(50));
    expect(at(75)).toBeGreaterThan(at(60));
    expect(at(-75)).toBe(at(75));
    expect(at(0, 75)).toBe(at(75));
    expect(at(90, 90)).toBe(at(80));
    for (const pressure of [0, 0.5, 1]) expect(at(90, 90, pressure)).toBeLessThanOrEqual(1);
  });

  it('is for a whole stroke what it is for its points, to the last bit', () => {
    const points = Array.from({ length: 90 }, (_, i) => ({
      ...{ x: i, y: 0, pressure: i / 256, tiltX: 90 - i, tiltY: -i },
    }));
    const pressures = drawnPressures(decodeInk(encodeInk(points)));
    for (const [i, point] of points.entries()) expect(pressures?.[i]).toBe(drawnPressure(point));
    const upright = decodeInk(encodeInk(points.map(({ x, y, pressure }) => ({ x, y, pressure }))));
    expect(drawnPressures(upright)).toBe(upright.pressure);
  });
});
