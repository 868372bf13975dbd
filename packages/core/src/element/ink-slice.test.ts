import { describe, expect, it } from 'vitest';
import { decodeInk, encodeInk, inkPoints } from './ink.js';
import { sliceInk } from './ink-slice.js';

const ink = decodeInk(
  encodeInk([
    { x: 0, y: 0, pressure: 0, tiltX: 10 },
    { x: 8, y: 0, pressure: 0.5, tiltX: 20 },
    { x: 8, y: 8, pressure: 1, tiltX: 30 },
  ]),
);

describe('a slice of ink', () => {
  it('begins and ends between points, with the pressure and tilt that the pen had there', () => {
    expect(inkPoints(sliceInk(ink, [0.5, 1.25]))).toEqual([
      { x: 4, y: 0, pressure: 0.25, tiltX: 15, tiltY: 0 },
      { x: 8, y: 0, pressure: 0.5, tiltX: 20, tiltY: 0 },
      { x: 8, y: 2, pressure: 0.625, tiltX: 22.5, tiltY: 0 },
    ]);
  });

  it('of everything is the ink, and of one place one point', () => {
    expect(sliceInk(ink, [0, 2])).toEqual(ink);
    expect(inkPoints(sliceInk(ink, [1, 1]))).toHaveLength(1);
    expect(inkPoints(sliceInk(ink, [1.5, 9]))).toHaveLength(2);
  });

  it('lacks the axes that the ink lacks', () => {
    const plain = decodeInk(
      encodeInk([
        { x: 0, y: 0 },
        { x: 4, y: 4 },
      ]),
    );
    expect(inkPoints(sliceInk(plain, [0.5, 1]))).toEqual([
      { x: 2, y: 2 },
      { x: 4, y: 4 },
    ]);
  });
});
