import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawThinLine, type Pixels } from './line-raster.js';

const PAPER = 0xffffffff | 0;
const INK = 0xff000000 | 0;

function blank(left: number, top: number, width: number, height: number): Pixels {
  return { left, top, width, height, data: new Int32Array(width * height).fill(PAPER) };
}

function at({ left, top, width, data }: Pixels, x: number, y: number): number {
  return data[(y - top) * width + x - left] ?? Number.NaN;
}

/** Of black on white: 0 is black. */
function shade(pixels: Pixels, x: number, y: number): number {
  return (at(pixels, x, y) & 255) / 255;
}

/** How much ink there is, in whole pixels of it. */
function inkOf({ data }: Pixels): number {
  return data.reduce((sum, pixel) => sum + 1 - (pixel & 255) / 255, 0);
}

const coordinate = fc.double({ min: -20, max: 60, noNaN: true });
const line = fc
  .array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 12 })
  .map((points) => points.flat());

describe('drawThinLine', () => {
  it('covers a pixel across the line, and half a circle at either end', () => {
    const pixels = blank(0, 0, 40, 9);
    drawThinLine(pixels, [5, 4.5, 25, 4.5], 4, INK, 1);
    expect(at(pixels, 5, 4)).toBe(INK);
    expect(at(pixels, 24, 4)).toBe(INK);
    expect(at(pixels, 15, 3)).toBe(PAPER);
    expect(at(pixels, 15, 5)).toBe(PAPER);
    expect(shade(pixels, 4, 4)).toBeCloseTo(1 - Math.PI / 8, 2);
    expect(at(pixels, 3, 4)).toBe(PAPER);
    expect(inkOf(pixels)).toBeCloseTo(20 + Math.PI / 4, 1);
  });

  it('shares two rows by how near they are, and is as faint as it is thin', () => {
    const pixels = blank(0, 0, 40, 9);
    drawThinLine(pixels, [5, 4.75, 25, 4.75], 4, INK, 0.4);
    expect(shade(pixels, 15, 4)).toBeCloseTo(1 - 0.4 * 0.75, 2);
    expect(shade(pixels, 15, 5)).toBeCloseTo(1 - 0.4 * 0.25, 2);
  });

  it('draws a line that goes nowhere as a dot', () => {
    const pixels = blank(0, 0, 9, 9);
    drawThinLine(pixels, [4.5, 4.5], 2, INK, 1);
    expect(inkOf(pixels)).toBeCloseTo(Math.PI / 4, 1);
    expect(shade(pixels, 4, 4)).toBeLessThan(0.25);
  });

  it('leaves as much ink whichever way a line is drawn, and from point to point as at once', () => {
    fc.assert(
      fc.property(coordinate, coordinate, fc.double({ min: 0, max: 6.3, noNaN: true }), (x, y, turn) => {
        const [toX, toY] = [x + 14 * Math.cos(turn), y + 14 * Math.sin(turn)];
        const draw = (points: number[]): Pixels => {
          const pixels = blank(-60, -60, 160, 160);
          drawThinLine(pixels, points, points.length, INK, 0.5);
          return pixels;
        };
        const there = inkOf(draw([x, y, toX, toY]));
        expect(inkOf(draw([toX, toY, x, y]))).toBeCloseTo(there, 1);
        expect(inkOf(draw([x, y, (x + toX) / 2, (y + toY) / 2, toX, toY]))).toBeCloseTo(there, 0);
        // Across a diagonal a pixel's height is less.
        const along = 7 * Math.max(Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn)));
        expect(there).toBeGreaterThan(along * 0.98);
        expect(there).toBeLessThan(along * 1.02 + Math.PI / 8 + 0.05);
      }),
    );
  });

  it('draws each pixel alike, however much of the canvas is drawn at once', () => {
    const side = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(
        line,
        fc.integer({ min: -30, max: 30 }),
        fc.integer({ min: -30, max: 30 }),
        side,
        side,
        (points, left, top, width, height) => {
          const whole = blank(-40, -40, 150, 150);
          const part = blank(left, top, width, height);
          for (const pixels of [whole, part]) drawThinLine(pixels, points, points.length, INK, 0.7);
          const same = [...part.data].map((_, i) =>
            at(whole, left + (i % width), top + Math.floor(i / width)),
          );
          expect([...part.data]).toEqual(same);
        },
      ),
    );
  });

  it('keeps colours apart, and is opaque on what is', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const color = fc.tuple(byte, byte, byte);
    const pixelOf = ([r, g, b]: readonly number[]) =>
      0xff000000 | ((b ?? 0) << 16) | ((g ?? 0) << 8) | (r ?? 0);
    fc.assert(
      fc.property(color, color, fc.double({ min: 0, max: 1, noNaN: true }), (paper, ink, strength) => {
        const pixels = blank(0, 0, 3, 1);
        pixels.data.fill(pixelOf(paper));
        drawThinLine(pixels, [0, 0.5, 3, 0.5], 4, pixelOf(ink), strength);
        const pixel = at(pixels, 1, 0);
        expect(pixel >>> 24).toBe(255);
        for (const [i, under] of paper.entries()) {
          const mixed = under + ((ink[i] ?? 0) - under) * strength;
          expect(Math.abs(((pixel >> (8 * i)) & 255) - mixed)).toBeLessThan(1.01);
        }
      }),
    );
  });

  it('takes coordinates from the ends of the range', () => {
    const pixels = blank(0, 0, 9, 9);
    drawThinLine(pixels, [-1e12, 4.5, 1e12, 4.5, 1e12, -1e12], 6, INK, 1);
    expect([...pixels.data.subarray(36, 45)]).toEqual(Array(9).fill(INK));
  });
});
