import { describe, expect, it } from 'vitest';
import { hairlines } from '../paint/hairline.js';
import { createLiveHairline } from './live-hairline.js';

const SCALE = 0.2;
const at = (i: number) => ({ x: 7 * i + 3 * Math.sin(i), y: 50 * Math.sin(i / 9) - 0, pressure: undefined });
const points = Array.from({ length: 500 }, (_, i) => (i === 0 ? { x: 0, y: 0, pressure: undefined } : at(i)));
const whole = (until: number, scale: number) =>
  hairlines({ length: until, x: points.map(({ x }) => x), y: points.map(({ y }) => y) }, [], scale);

describe('createLiveHairline', () => {
  it('is the line that it will be when it is committed, at every scale, after every point', () => {
    const line = createLiveHairline();
    line.update([], points.slice(0, 1));
    for (let i = 1; i < points.length; i++) {
      line.update(points.slice(i - 1, i), points.slice(i, i + 1));
      // Looked at from elsewhere now and then.
      const scale = i % 70 === 0 ? SCALE / 3 : SCALE;
      if (i % 7 === 0) expect(line.whole(scale)).toEqual(whole(i + 1, scale));
    }
  });

  it('consists of pieces that meet, of which a small box needs few', () => {
    const line = createLiveHairline();
    line.update(points.slice(0, -1), points.slice(-1));
    const pieces = line.within({ minX: -1e6, minY: -1e6, maxX: 1e6, maxY: 1e6 }, SCALE);
    expect(pieces.length).toBeGreaterThan(5);
    const joined = pieces.flatMap((piece, i) => [...piece].slice(i === 0 ? 0 : 2));
    expect(joined).toEqual([...(whole(points.length, SCALE)[0] ?? [])]);
    for (const [i, piece] of pieces.entries())
      expect([...piece.slice(0, 2)]).toEqual(
        [...(pieces[i - 1] ?? piece).slice(i === 0 ? 0 : -2)].slice(0, 2),
      );
    expect(line.within({ minX: 0, minY: -100, maxX: 10, maxY: 100 }, SCALE)).toHaveLength(2);
  });

  it('tells where it moves: from the last point that stays to its end', () => {
    const line = createLiveHairline();
    const segments = () => {
      const [whole = new Float64Array(0)] = line.whole(SCALE);
      return Array.from({ length: whole.length / 2 - 1 }, (_, i) => [...whole.slice(2 * i, 2 * i + 4)]);
    };
    line.update([], points.slice(0, 1));
    for (let i = 1; i < points.length; i++) {
      const before = segments();
      const box = line.update(points.slice(i - 1, i), points.slice(i, i + 1));
      const after = segments();
      const [were, are] = [new Set(before.map(String)), new Set(after.map(String))];
      for (const segment of [...before, ...after]) {
        if (were.has(String(segment)) && are.has(String(segment))) continue;
        const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = segment;
        expect(Math.min(x0, x1)).toBeGreaterThanOrEqual(box.minX);
        expect(Math.max(x0, x1)).toBeLessThanOrEqual(box.maxX);
        expect(Math.min(y0, y1)).toBeGreaterThanOrEqual(box.minY);
        expect(Math.max(y0, y1)).toBeLessThanOrEqual(box.maxY);
      }
      // However long the line is already.
      expect(box.minX).toBeGreaterThan(at(i - 34).x);
    }
  });
});
