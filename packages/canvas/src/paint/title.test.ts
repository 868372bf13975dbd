import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitTitle } from './title.js';

const font = { family: 'sans-serif', size: 10 };
/** Every UTF-16 unit is ten units wide. */
const measure = (text: string) => text.length * 10;

describe('a title', () => {
  it('stands whole where there is room, on one line', () => {
    expect(fitTitle(' a\n b ', 99, font, measure)).toEqual({ text: 'a b', width: 30, direction: 'ltr' });
    expect(fitTitle('שלום', 99, font, measure)?.direction).toBe('rtl');
  });

  it('ends in dots where it is cut, and is left out where nothing of it fits', () => {
    expect(fitTitle('abcdef', 40, font, measure)?.text).toBe('abc…');
    expect(fitTitle('ab cdef', 40, font, measure)?.text).toBe('ab…');
    expect(fitTitle('👩🏽‍🚀👩🏽‍🚀', 90, font, measure)?.text).toBe('👩🏽‍🚀…');
    expect(fitTitle('abc', 15, font, measure)).toBeNull();
    expect(fitTitle('  ', 99, font, measure)).toBeNull();
  });

  it('is never wider than its room, and as long as it can be', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.integer({ min: 0, max: 300 }), (name, room) => {
        const title = fitTitle(name, room, font, measure);
        if (title === null) return;
        expect(title.width).toBeLessThanOrEqual(room);
        expect(title.width).toBe(measure(title.text));
      }),
    );
  });
});
