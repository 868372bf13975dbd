import type { TextAttributes, TextRun } from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutText, type TextLayoutOptions } from './text-layout.js';

/** Every character is as wide as its font is large. */
const measure = (text: string, { size }: { size: number }) => [...text].length * size;

const lay = (text: string | readonly TextRun[], width: number, options: Partial<TextLayoutOptions> = {}) =>
  layoutText(typeof text === 'string' ? [{ insert: text }] : text, {
    font: 'sans',
    fontSize: 1,
    width,
    measure,
    ...options,
  });

const broken = (text: string, width: number) =>
  lay(text, width).lines.map(({ start, shownEnd }) => text.slice(start, shownEnd));

describe('the lines of a text', () => {
  it('break between words, and spaces hang over the edge', () => {
    expect(broken('the quick brown fox', 9)).toEqual(['the quick', 'brown fox']);
    expect(broken('the quick    brown', 9)).toEqual(['the quick', 'brown']);
  });

  it('break at line feeds, empty ones too, whatever the feed is', () => {
    expect(broken('a\n\nb\r\nc\u2028d', 9)).toEqual(['a', '', 'b', 'c', 'd']);
    expect(lay('one two', 3, { wrap: false }).lines).toHaveLength(1);
    expect(lay('', 3).lines).toHaveLength(1);
    expect(lay('a\n', 3).lines).toMatchObject([
      { start: 0, end: 1 },
      { start: 2, end: 2 },
    ]);
  });

  it('break a word that is wider than a line, between characters as people see them', () => {
    expect(broken('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(broken('👩🏽‍🚀👩🏽‍🚀', 4)).toEqual(['👩🏽‍🚀', '👩🏽‍🚀']);
    expect(lay('abc defgh', 4).breaksWords).toBe(true);
    expect(lay('abc defg', 4).breaksWords).toBe(false);
  });

  it('leave signs with their word, and break addresses where they can be read', () => {
    expect(broken('wait, what?', 5)).toEqual(['wait,', 'what?']);
    expect(broken('see (this)', 6)).toEqual(['see', '(this)']);
    expect(broken('a\u00a0b c', 3)).toEqual(['a\u00a0b', 'c']);
    expect(broken('see https://example.com/board', 12)).toEqual(['see https://', 'example.com/', 'board']);
  });

  it('break Chinese and Japanese anywhere but before what closes and after what opens', () => {
    expect(broken('今天天气很好。我们去', 6)).toEqual(['今天天气很', '好。我们去']);
    expect(broken('日本（東京）', 3)).toEqual(['日本', '（東', '京）']);
    // Strict rules: no line begins with a small kana or with the mark of a long vowel.
    for (const line of broken('ラーメンをちょっと', 3)) expect(line).not.toMatch(/^[ーょっ]/);
  });

  it('break Thai between its words, which no space separates', () => {
    const lines = broken('ภาษาไทยเขียนติดกัน', 8);
    expect(lines.join('')).toBe('ภาษาไทยเขียนติดกัน');
    const words = [...new Intl.Segmenter('th', { granularity: 'word' }).segment('ภาษาไทยเขียนติดกัน')];
    const ends = new Set(words.map(({ index }) => index));
    let at = 0;
    for (const line of lines.slice(0, -1)) {
      at += line.length;
      expect(ends).toContain(at);
    }
  });

  it('hold every character once, and none is too wide that could be narrower', () => {
    const unit = fc.constantFrom('a', 'b', ' ', '.', '(', ')', '字', '\n', 'ü', 'ש', '1', '👍');
    const runs = fc.array(
      fc.record({
        insert: fc.string({ unit, minLength: 1, maxLength: 20 }),
        attributes: fc.constantFrom<TextAttributes>({}, { bold: true }, { code: 3 }, { color: '#ff0000' }),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 20 }), (value, width) => {
        const { text, lines } = lay(value, width);
        let at = 0;
        for (const line of lines) {
          expect(line.start).toBeGreaterThanOrEqual(at);
          expect(text.slice(at, line.start)).toMatch(/^\n?$/);
          const covered = line.pieces.map(({ start, end }) => [start, end]).sort(([a], [b]) => a! - b!);
          expect(covered.flat().slice(1, -1)).toEqual(covered.slice(1).flatMap(([start]) => [start, start]));
          if (line.end > line.start)
            expect([covered[0]![0], covered.at(-1)![1]]).toEqual([line.start, line.end]);
          expect(line.width).toBeLessThanOrEqual(width + 1e-9);
          at = line.end;
        }
        expect(text.slice(at)).toMatch(/^\n?$/);
      }),
    );
  });
});

describe('what stands on a line', () => {
  it('is at the start, the middle or the end; the start of Hebrew is at the right', () => {
    const x = (text: string, align: TextLayoutOptions['align']) => lay(text, 10, { align }).lines[0]?.x;
    expect([x('abcd', 'start'), x('abcd', 'center'), x('abcd', 'end')]).toEqual([0, 3, 6]);
    expect([x('שלום', 'start'), x('שלום', 'center'), x('שלום', 'end')]).toEqual([6, 3, 0]);
  });

  it('is in the order of the Unicode bidirectional algorithm', () => {
    const order = (text: string) =>
      lay(text, 99).lines[0]?.pieces.map(({ start, end }) => text.slice(start, end));
    expect(order('abc אבג def')).toEqual(['abc ', 'אבג', ' def']);
    expect(order('אבג abc דהו')).toEqual([' דהו', 'abc', 'אבג ']);
    // Numbers run from left to right within what runs from right to left.
    expect(order('אבג 123 דהו')).toEqual([' דהו', '123', 'אבג ']);
    expect(lay('123 مرحبا', 99).lines[0]?.direction).toBe('rtl');
    expect(lay('"a" مرحبا', 99).lines[0]?.direction).toBe('ltr');
  });

  it('keeps hanging spaces outside, on the side where the line ends', () => {
    const [first] = lay('שלום   עולם', 5).lines;
    expect(first?.x).toBe(1);
    expect(Math.min(...(first?.pieces.map(({ x }) => x) ?? []))).toBe(-2);
  });

  it('has the format that was given to it, and passes over what nobody understands', () => {
    const { lines } = lay(
      [
        { insert: 'a', attributes: { bold: true, color: 'url(javascript:1)', size: 99 } },
        { insert: 'b', attributes: { code: true, link: 'https://example.com', underline: 'yes' } },
      ],
      99,
    );
    const [a, b] = lines[0]?.pieces ?? [];
    expect(a?.font.bold).toBe(true);
    expect(a?.format.color).toBeNull();
    expect(b?.font.family).toContain('monospace');
    expect(b?.format).toMatchObject({ link: 'https://example.com', underline: false });
  });
});
