import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, fromOklch, toOklch } from './color.js';
import { adaptColor, adaptFill, DARK, forcedTheme, LIGHT } from './theme.js';

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('adaptColor', () => {
  it('gives the theme’s ink', () => {
    expect(adaptColor('ink', LIGHT)).toBe(LIGHT.ink);
    expect(adaptColor('ink', DARK)).toBe(DARK.ink);
    expect(contrast(LIGHT.ink, LIGHT.paper)).toBeGreaterThan(12);
    expect(contrast(DARK.ink, DARK.paper)).toBeGreaterThan(12);
  });

  it('leaves colours alone on light paper', () => {
    fc.assert(fc.property(color, (chosen) => adaptColor(chosen, LIGHT) === chosen));
  });

  it('keeps every colour as readable on dark paper as it was on light, up to 4.5 : 1', () => {
    fc.assert(
      fc.property(color, (chosen) => {
        const needed = Math.min(contrast(chosen, LIGHT.paper), 4.5);
        expect(contrast(adaptColor(chosen, DARK), DARK.paper)).toBeGreaterThanOrEqual(needed - 0.01);
      }),
      { numRuns: 2000 },
    );
  });

  it('makes every colour readable on paper that the device insists on, and fills nothing', () => {
    const papers = fc.constantFrom(['#000000', '#ffffff'], ['#ffffff', '#000000'], ['#2d3236', '#ffffff']);
    fc.assert(
      fc.property(papers, color, ([paper, ink], chosen) => {
        const theme = forcedTheme(paper!, ink!);
        expect(contrast(adaptColor(chosen, theme), theme.paper)).toBeGreaterThanOrEqual(4.49);
        expect(adaptFill(chosen, theme)).toBe(theme.paper);
        expect(adaptColor('ink', theme)).toBe(ink);
      }),
    );
  });

  it('turns pale fills into deep ones on dark paper, on which letters can be read as before', () => {
    for (const fill of ['#ffec99', '#d3f9d8', '#d0ebff', '#ffc9c9', '#ffffff']) {
      for (const ink of ['ink', '#2b8a3e', '#1864ab', '#c92a2a']) {
        const before = contrast(adaptColor(ink, LIGHT), fill);
        const after = contrast(adaptColor(ink, DARK), adaptFill(fill, DARK));
        expect(after).toBeGreaterThan(Math.min(before, 4.5) * 0.6);
      }
    }
  });

  it('keeps the hue of colours', () => {
    for (const chosen of ['#e03131', '#1971c2', '#2f9e44', '#6741d9', '#e8590c']) {
      const before = toOklch(chosen)?.hue ?? Number.NaN;
      const after = toOklch(adaptColor(chosen, DARK))?.hue ?? Number.NaN;
      expect(Math.abs(after - before)).toBeLessThan(0.08);
    }
  });

  it('turns black into light ink and white into the paper’s shade', () => {
    expect(contrast(adaptColor('#000000', DARK), DARK.paper)).toBeGreaterThan(12);
    expect(contrast(adaptColor('#ffffff', DARK), DARK.paper)).toBeLessThan(2);
  });
});

describe('OKLCH', () => {
  it('goes there and back', () => {
    fc.assert(
      fc.property(color, (hex) => {
        const there = toOklch(hex);
        if (there === null) throw new Error('A colour was not read.');
        const back = fromOklch(there);
        for (const shift of [1, 3, 5]) {
          const difference =
            Number.parseInt(back.slice(shift, shift + 2), 16) -
            Number.parseInt(hex.slice(shift, shift + 2), 16);
          expect(Math.abs(difference)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('knows nothing but #rrggbb', () => {
    for (const wrong of ['red', '#fff', '', 'ink', '#12345g', 'url(#a)']) expect(toOklch(wrong)).toBeNull();
  });
});
