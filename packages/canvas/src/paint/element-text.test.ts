import { addElement, createBoard, type NewElement, newElementId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { textLayoutOf, type WrittenElement } from './element-text.js';

const measure = (text: string, { size }: { size: number }) => [...text].length * size * 0.5;

function written(element: NewElement): WrittenElement {
  const board = createBoard();
  const id = newElementId();
  board.commit(addElement(board, { ...element, id }));
  return board.get(id) as WrittenElement;
}

describe('the text of an element', () => {
  it('is laid out once for as long as the element stays as it is', () => {
    const element = written({ kind: 'text', position: [0, 0], size: [100, 30], text: 'abc' });
    expect(textLayoutOf(element, measure)).toBe(textLayoutOf(element, measure));
  });

  it('stands at the top, in the middle or at the bottom of a shape', () => {
    const top = (verticalAlign: 'start' | 'center' | 'end') =>
      textLayoutOf(
        written({
          kind: 'shape',
          position: [0, 0],
          size: [200, 116],
          fontSize: 20,
          text: 'a\nb',
          verticalAlign,
        }),
        measure,
      ).lines[0]?.top;
    expect([top('start'), top('center'), top('end')]).toEqual([8, 32, 56]);
  });

  it('stays inside round and pointed forms', () => {
    for (const form of ['ellipse', 'diamond', 'triangle', 'heart'] as const) {
      const layout = textLayoutOf(
        written({
          kind: 'shape',
          form,
          position: [0, 0],
          size: [200, 200],
          fontSize: 20,
          text: 'many words that need their room',
        }),
        measure,
      );
      for (const { x, width } of layout.lines) {
        expect(x).toBeGreaterThan(20);
        expect(x + width).toBeLessThan(180);
      }
    }
  });

  it('shrinks to fit a sticky note, and grows back no larger than its size', () => {
    const sticky = (text: string) =>
      textLayoutOf(
        written({ kind: 'sticky', position: [0, 0], size: [128, 128], fontSize: 20, text }),
        measure,
      );
    expect(sticky('short').fontSize).toBe(20);
    const long = sticky('one two three four five six seven eight nine ten eleven twelve thirteen');
    expect(long.fontSize).toBeLessThan(20);
    expect(long.contentSize[1]).toBeLessThanOrEqual(100.5);
    // The largest that fits: the step above does not.
    const larger = textLayoutOf(
      written({
        kind: 'sticky',
        position: [0, 0],
        size: [128, 128],
        fontSize: long.fontSize / 0.94,
        text: long.text,
      }),
      measure,
    );
    expect(larger.fontSize).toBeLessThan(long.fontSize / 0.94);
  });

  it('is rather made smaller than a word of it broken', () => {
    const sticky = (text: string) =>
      textLayoutOf(
        written({ kind: 'sticky', position: [0, 0], size: [128, 128], fontSize: 20, text }),
        measure,
      );
    expect(sticky('responsibility').lines).toHaveLength(1);
    expect(sticky('x'.repeat(30)).lines.length).toBeGreaterThan(1);
    expect(sticky('x'.repeat(30)).fontSize).toBe(20);
    const diamond = (text: string) => {
      const size = [150, 84] as const;
      const element = { kind: 'shape', form: 'diamond', position: [0, 0], size, fontSize: 16, text } as const;
      return textLayoutOf(written(element), measure);
    };
    expect(diamond('Authorized?').lines).toHaveLength(1);
    expect(diamond('x'.repeat(30)).lines.length).toBeGreaterThan(1);
  });

  it('fits into the box that another machine made for it, and overflows a box that nobody has measured', () => {
    const text = (size: readonly [number, number], fit: 'content' | 'width' = 'content') =>
      textLayoutOf(
        written({ kind: 'text', position: [0, 0], size, fit, fontSize: 20, text: 'ten letters' }),
        measure,
      );
    expect(text([110, 26]).fontSize).toBe(20);
    expect(text([100, 26]).fontSize).toBeLessThan(20);
    expect(text([100, 26]).lines).toHaveLength(1);
    expect(text([100, 60], 'width').lines).toHaveLength(2);
    expect(text([0, 0]).fontSize).toBe(20);
  });

  it('of a box without room is set as small as text gets, and throws nothing', () => {
    const layout = textLayoutOf(
      written({ kind: 'sticky', position: [0, 0], size: [0.5, 0.5], text: 'a word or two' }),
      measure,
    );
    expect(Math.max(...layout.contentSize)).toBeLessThanOrEqual(0.25 + 0.5);
  });
});
