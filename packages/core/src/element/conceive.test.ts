import { describe, expect, it } from 'vitest';
import { addElement } from '../edit/add.js';
import { boardOf, put } from '../testing/boards.js';
import { inkOf } from './decoded-ink.js';
import type { Element, StrokeElement } from './element.js';
import type { NewElement } from './new-element.js';

const place = { position: [10, 20], size: [100, 50] } as const;

const made = (element: NewElement): Element => {
  const board = boardOf(1, { clock: () => 5 });
  return board.get(put(board, element))!;
};

describe('new elements', () => {
  it('are of every kind, with what their author left out', () => {
    const expected: [NewElement, object][] = [
      [
        { kind: 'shape', ...place },
        {
          form: 'rectangle',
          fill: 'none',
          width: 2,
          dash: 'solid',
          radius: 0,
          text: [],
          font: 'hand',
          fontSize: 20,
        },
      ],
      [
        { kind: 'text', ...place, text: 'hello', fit: 'width' },
        { text: [{ insert: 'hello' }], fit: 'width', align: 'start' },
      ],
      [
        { kind: 'sticky', ...place, color: '#FFEE00' },
        { votes: 0, ballots: new Map(), color: '#ffee00' },
      ],
      [
        { kind: 'image', ...place, source: 'files/1', naturalSize: [640, 480] },
        { source: 'files/1', naturalSize: [640, 480], crop: [0, 0, 1, 1] },
      ],
      [
        { kind: 'frame', ...place, title: 'Plan' },
        { title: 'Plan', fill: 'none' },
      ],
      [{ kind: 'group' }, { size: [0, 0], position: [0, 0] }],
      [
        {
          kind: 'arrow',
          points: [
            [10, 30],
            [40, 20],
          ],
        },
        {
          position: [10, 20],
          points: [
            [0, 10],
            [30, 0],
          ],
          size: [30, 10],
          startHead: 'none',
          endHead: 'arrow',
        },
      ],
      [
        {
          kind: 'line',
          points: [
            [0, 0],
            [1, 1],
          ],
          routing: 'elbow',
        },
        { endHead: 'none', routing: 'elbow' },
      ],
    ];
    const base = { author: 'user-1', createdAt: 5, rotation: 0, parent: null, locked: false, opacity: 1 };
    for (const [element, fields] of expected) {
      const own = 'position' in element ? { position: [10, 20], size: [100, 50] } : {};
      expect(made(element), element.kind).toMatchObject({ ...base, kind: element.kind, ...own, ...fields });
    }
  });

  it('D7: a stroke keeps its points to the quantum of who drew it', () => {
    const points = [
      { x: 100.03, y: -3 },
      { x: 103.111, y: 4.7 },
    ];
    const stroke = made({ kind: 'stroke', points, quantum: 1 / 1024 }) as StrokeElement;
    const ink = inkOf(stroke);
    for (const [index, { x, y }] of points.entries()) {
      expect(Math.abs((ink.x[index] ?? 0) + stroke.position[0] - x)).toBeLessThanOrEqual(1 / 2048);
      expect(Math.abs((ink.y[index] ?? 0) + stroke.position[1] - y)).toBeLessThanOrEqual(1 / 2048);
    }
  });

  it('a stroke can leave out points that nobody would miss', () => {
    const points = Array.from({ length: 100 }, (_, index) => ({ x: index, y: 0 }));
    const whole = made({ kind: 'stroke', points }) as StrokeElement;
    const simple = made({ kind: 'stroke', points, simplify: { tolerance: 0.5 } }) as StrokeElement;
    expect([inkOf(whole).length, inkOf(simple).length]).toEqual([100, 2]);
    expect(simple.size).toEqual(whole.size);
  });

  it('D7: wrong ones are refused with the name of the field', () => {
    const board = boardOf(1);
    const wrong: [object, RegExp][] = [
      [{ kind: 'blob' }, /kind/],
      [{ kind: 'shape', ...place, position: [0] }, /position/],
      [{ kind: 'shape', ...place, form: 'blob' }, /form/],
      [{ kind: 'text', ...place, text: [{ delete: 1 }] }, /text/],
      [{ kind: 'line', points: [[0, 0]] }, /points/],
      [
        {
          kind: 'line',
          points: [
            [0, 0],
            [0, Number.NaN],
          ],
        },
        /points\[1\]\[1\]/,
      ],
      [{ kind: 'stroke', points: 'many' }, /points/],
      [{ kind: 'frame', ...place, id: 'x' }, /id/],
      [{ kind: 'frame', ...place, parent: 'x' }, /parent/],
    ];
    for (const [element, field] of wrong) {
      expect(() => addElement(board, element as NewElement), String(field)).toThrow(field);
    }
  });
});
