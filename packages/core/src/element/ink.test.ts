import { describe, expect, it } from 'vitest';
import { decodeInk, encodeInk } from './ink.js';

describe('ink', () => {
  it('keeps every point to its quantum, pressure and tilt included', () => {
    const points = [
      { x: -12.03, y: 4, pressure: 0, tiltX: -45, tiltY: 10 },
      { x: 0.031, y: 1e6, pressure: 1, tiltX: 0, tiltY: 90 },
    ];
    const ink = decodeInk(encodeInk(points));
    expect([...ink.x]).toEqual([-12, 0]);
    expect([...ink.y]).toEqual([4, 1e6]);
    expect([...(ink.pressure ?? [])]).toEqual([0, 1]);
    expect([...(ink.tiltX ?? [])]).toEqual([-45, 0]);
    expect(decodeInk(encodeInk(points, { quantum: 1 / 1000 })).quantum).toBe(1 / 1024);
  });

  it('needs no bytes for what the pen does not give', () => {
    expect(decodeInk(encodeInk([{ x: 1, y: 2 }]))).toMatchObject({ length: 1, pressure: null, tiltX: null });
  });

  it('refuses points that are not finite, and bytes that are not ink', () => {
    expect(() => encodeInk([{ x: Number.NaN, y: 0 }])).toThrow(RangeError);
    const bytes = encodeInk([
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ]);
    for (const wrong of [
      new Uint8Array(0),
      bytes.slice(0, -1),
      new Uint8Array([...bytes, 0]),
      new Uint8Array([99, ...bytes.slice(1)]),
      new Uint8Array([1, 0, 4, 255, 255, 255, 255, 15]),
    ]) {
      expect(() => decodeInk(wrong)).toThrow(expect.objectContaining({ code: 'ink' }));
    }
  });
});
