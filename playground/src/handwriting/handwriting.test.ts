import { describe, expect, it } from 'vitest';
import { glyphOf } from './alphabet.js';
import { type TimedStroke, writePage } from './handwriting.js';
import { pages } from './pages.js';

const sheet = { width: 600, height: 400 };

describe('writePage', () => {
  it('writes the same page for the same seed, and another for another', () => {
    expect(writePage({ seed: 3, ...sheet })).toEqual(writePage({ seed: 3, ...sheet }));
    expect(writePage({ seed: 3, ...sheet, page: pages[0]! })).not.toEqual(
      writePage({ seed: 4, ...sheet, page: pages[0]! }),
    );
  });

  it.each(pages.map((page) => [page.title, page] as const))('keeps "%s" on the sheet', (_, page) => {
    for (const size of [sheet, { width: 340, height: 600 }]) {
      const points = writePage({ seed: 1, ...size, page }).flat();
      const xs = points.map(([x]) => x);
      const ys = points.map(([, y]) => y);
      expect(Math.min(...xs)).toBeGreaterThan(-5);
      expect(Math.max(...xs)).toBeLessThan(size.width + 5);
      expect(Math.min(...ys)).toBeGreaterThan(-5);
      expect(Math.max(...ys)).toBeLessThan(size.height + 5);
    }
  });

  it('moves like a hand: forward in time, lifting between strokes, pressing within 0..1', () => {
    const strokes = writePage({ seed: 2, ...sheet });
    let clock = -1;
    for (const stroke of strokes) {
      expect(stroke[0]![3]).toBeGreaterThan(clock);
      for (const [index, [, , pressure, ms]] of stroke.entries()) {
        if (index > 0) expect(ms).toBeGreaterThan(stroke[index - 1]![3]);
        expect(pressure).toBeGreaterThan(0);
        expect(pressure).toBeLessThanOrEqual(1);
      }
      clock = stroke.at(-1)![3];
    }
    expect(clock).toBeGreaterThan(10_000);
    expect(clock).toBeLessThan(40_000);
  });

  it('is faster in the middle of a long line than at its ends', () => {
    const underline = writePage({ seed: 2, ...sheet, page: pages[0]! }).find(isUnderline)!;
    const speeds = underline.slice(1).map((sample, index) => sample[0] - underline[index]![0]);
    const middle = speeds[Math.floor(speeds.length / 2)]!;
    expect(middle).toBeGreaterThan(2 * speeds[0]!);
    expect(middle).toBeGreaterThan(2 * speeds.at(-2)!);
  });
});

describe('glyphOf', () => {
  it('says which letter it has not learnt', () => {
    expect(() => glyphOf('ß')).toThrow(new RangeError('This hand has not learnt to write "ß".'));
  });
});

/** The first stroke that is much wider than high. */
function isUnderline(stroke: TimedStroke): boolean {
  const xs = stroke.map(([x]) => x);
  const ys = stroke.map(([, y]) => y);
  return Math.max(...xs) - Math.min(...xs) > 100 && Math.max(...ys) - Math.min(...ys) < 10;
}
