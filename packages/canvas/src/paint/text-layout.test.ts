import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakLines, directionOf } from './text-layout.js';

/** Every character is one unit wide. */
const measure = (text: string) => [...text].length;
const broken = (text: string, width: number) => breakLines(text, width, measure).map((line) => line.text);

describe('breakLines', () => {
  it('breaks between words, and lets spaces hang over the edge', () => {
    expect(broken('the quick brown fox', 9)).toEqual(['the quick', 'brown fox']);
    expect(broken('the quick    brown', 9)).toEqual(['the quick', 'brown']);
  });

  it('keeps line feeds, empty lines too', () => {
    expect(broken('a\n\nb\r\nc', 9)).toEqual(['a', '', 'b', 'c']);
    expect(broken('one two', Number.POSITIVE_INFINITY)).toEqual(['one two']);
  });

  it('breaks a word that is wider than a line, between characters as people see them', () => {
    expect(broken('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(broken('👩🏽‍🚀👩🏽‍🚀', 4)).toEqual(['👩🏽‍🚀', '👩🏽‍🚀']);
  });

  it('leaves punctuation with its word', () => {
    expect(broken('wait, what?', 5)).toEqual(['wait,', 'what?']);
    expect(broken('see (this)', 6)).toEqual(['see', '(this)']);
  });

  it('breaks Chinese and Japanese without spaces, and begins no line with a full stop', () => {
    const lines = broken('今天天气很好。我们去公园吧。', 7);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      expect(measure(line)).toBeLessThanOrEqual(7);
      expect(line).not.toMatch(/^[。、]/);
    }
  });

  it('loses nothing but spaces, and no line is too wide that could be narrower', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '.', '(', ')', '字', '\n', 'ü'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (value, width) => {
        const lines = broken(value, width);
        expect(lines.join('').replace(/\s/g, '')).toBe(value.replace(/\s/g, ''));
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('directionOf', () => {
  it.each([
    ['hello', 'ltr'],
    ['שלום', 'rtl'],
    ['123 مرحبا', 'rtl'],
    ['"a" مرحبا', 'ltr'],
    ['', 'ltr'],
  ] as const)('of "%s" is %s', (text, direction) => {
    expect(directionOf(text)).toBe(direction);
  });
});
