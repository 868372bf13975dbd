import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caretAt, indexAt, lineAt, pieceAt, selectionBoxes } from './text-caret.js';
import { layoutText } from './text-layout.js';

/** Every UTF-16 unit is as wide as its font is large. */
const measure = (text: string, { size }: { size: number }) => text.length * size;

const lay = (text: string, width = 99, align: 'start' | 'center' | 'end' = 'start') =>
  layoutText([{ insert: text }], { font: 'sans', fontSize: 10, width: width * 10, align, measure });

describe('a caret', () => {
  it('stands before its character, on its line', () => {
    const layout = lay('ab\ncd');
    expect(caretAt(layout, 0)).toEqual({ x: 0, top: 0, height: 13, line: 0 });
    expect(caretAt(layout, 2)).toMatchObject({ x: 20, line: 0 });
    expect(caretAt(layout, 3)).toMatchObject({ x: 0, top: 13, line: 1 });
    expect(caretAt(layout, 99)).toMatchObject({ x: 20, line: 1 });
  });

  it('stands where a text would begin that is not there yet', () => {
    expect(caretAt(lay('', 10, 'center'), 0)).toMatchObject({ x: 50, line: 0 });
    expect(caretAt(lay('a\n'), 2)).toMatchObject({ x: 0, line: 1 });
  });

  it('is in two places where a line breaks, and tells them apart', () => {
    const layout = lay('abc def', 4);
    expect(caretAt(layout, 4)).toMatchObject({ x: 0, line: 1 });
    expect(caretAt(layout, 4, true)).toMatchObject({ x: 40, line: 0 });
    expect(lineAt(layout, 4, true)).toBe(0);
  });

  it('goes from right to left where the letters do', () => {
    const layout = lay('abאבג', 99);
    expect(caretAt(layout, 1).x).toBe(10);
    expect(caretAt(layout, 2).x).toBe(50);
    expect(caretAt(layout, 4).x).toBe(30);
  });

  it('is found again from where it stands', () => {
    const unit = fc.constantFrom('a', ' ', 'b', '\n', 'א', 'ב', '1', '字');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), fc.integer({ min: 3, max: 12 }), (text, width) => {
        const layout = lay(text, width);
        for (let index = 0; index <= text.length; index++) {
          const caret = caretAt(layout, index);
          const found = indexAt(layout, [caret.x, caret.top + 1]);
          // Other indices may have their caret at the same place, and nobody sees a difference.
          const again = caretAt(layout, found.index, found.upstream);
          const line = layout.lines[caret.line]!;
          if (index > line.shownEnd) continue;
          expect(again).toEqual(caret);
        }
      }),
    );
  });
});

describe('indexAt', () => {
  it('takes the nearest side of a character, and the nearest line', () => {
    const layout = lay('abc\ndef');
    expect(indexAt(layout, [14, 5]).index).toBe(1);
    expect(indexAt(layout, [16, 5]).index).toBe(2);
    expect(indexAt(layout, [999, -50]).index).toBe(3);
    expect(indexAt(layout, [-9, 999]).index).toBe(4);
  });

  it('does not fall between the parts of a character', () => {
    const layout = lay('👩🏽‍🚀x');
    for (let x = 0; x < 100; x += 3) expect([0, 7, 8]).toContain(indexAt(layout, [x, 5]).index);
  });

  it('stays on the line that was pointed at, at the last letter before hanging spaces', () => {
    const layout = lay('abc   def', 4);
    expect(indexAt(layout, [999, 5])).toEqual({ index: 3, upstream: false });
    const word = lay('abcdef', 3);
    expect(indexAt(word, [999, 5])).toEqual({ index: 3, upstream: true });
  });
});

describe('selectionBoxes', () => {
  it('cover the characters, on each line, and a little for a line feed', () => {
    expect(selectionBoxes(lay('abcd'), 1, 3)).toEqual([{ minX: 10, minY: 0, maxX: 30, maxY: 13 }]);
    expect(selectionBoxes(lay('ab\ncd'), 1, 4)).toEqual([
      { minX: 10, minY: 0, maxX: 20, maxY: 13 },
      { minX: 20, minY: 0, maxX: 23.25, maxY: 13 },
      { minX: 0, minY: 13, maxX: 10, maxY: 26 },
    ]);
    expect(selectionBoxes(lay('abcd'), 2, 2)).toEqual([]);
  });

  it('are apart where the directions are mixed', () => {
    const boxes = selectionBoxes(lay('abאבג'), 1, 3);
    expect(boxes.map(({ minX, maxX }) => [minX, maxX])).toEqual([
      [10, 20],
      [40, 50],
    ]);
  });
});

it('pieceAt tells what is under the pointer', () => {
  const layout = layoutText(
    [{ insert: 'see ' }, { insert: 'this', attributes: { link: 'https://example.com' } }],
    { font: 'sans', fontSize: 10, width: 999, measure },
  );
  expect(pieceAt(layout, [55, 5])?.format.link).toBe('https://example.com');
  expect(pieceAt(layout, [15, 5])?.format.link).toBeNull();
  expect(pieceAt(layout, [155, 5])).toBeNull();
});
