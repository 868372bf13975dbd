import { readFileSync } from 'node:fs';
import { addElements, createBoard, type Element } from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExchangeError } from '../exchange-error.js';
import type { Imported } from '../imported.js';
import { importExcalidraw } from './import-excalidraw.js';

const sample = readFileSync(
  new URL('../../testing/excalidraw/every-kind.excalidraw', import.meta.url),
  'utf8',
);

/** What the board shows of what came in. */
function onBoard({ elements }: Imported): Element[] {
  const board = createBoard();
  board.commit(addElements(board, elements));
  const shown = [...board.elements()];
  board.destroy();
  return shown;
}

const kinds = (elements: readonly { kind: string }[]) => {
  const found: Record<string, number> = {};
  for (const { kind } of elements) found[kind] = (found[kind] ?? 0) + 1;
  return found;
};

describe('what is broken, huge or hostile', () => {
  const drawing = JSON.parse(sample) as { elements: Record<string, unknown>[] };
  const file = (elements: unknown, rest: object = {}) =>
    JSON.stringify({ type: 'excalidraw', elements, ...rest });
  const box = { type: 'rectangle', id: 'a', x: 0, y: 0, width: 10, height: 10 };
  const failure = (text: string): ExchangeError => {
    try {
      importExcalidraw(text);
    } catch (error) {
      if (error instanceof ExchangeError) return error;
      throw error;
    }
    throw new Error('It came in.');
  };

  it.each([
    ['no JSON', '{"type":', 'format', undefined],
    ['nothing', '', 'format', undefined],
    ['no object', '[]', 'format', undefined],
    ['another type', '{"type":"drawing","elements":[]}', 'format', 'type'],
    ['no elements', '{"type":"excalidraw"}', 'format', 'elements'],
    ['an element that is none', file([box, null]), 'format', 'elements[1]'],
    ['no place', file([{ ...box, x: null }]), 'format', 'elements[0].x'],
    ['a place that is no number', file([{ ...box, y: '12' }]), 'format', 'elements[0].y'],
    [
      'an infinite size',
      file([{ ...box, width: 0 }]).replace('"width":0', '"width":1e999'),
      'format',
      'elements[0].width',
    ],
    ['a place beyond all boards', file([{ ...box, x: -1e300 }]), 'format', 'elements[0].x'],
    [
      'points that are none',
      file([{ ...box, type: 'line', points: [[0, 0], [1]] }]),
      'format',
      'elements[0].points[1]',
    ],
    [
      'points that are not finite',
      file([
        {
          ...box,
          type: 'line',
          points: [
            [0, 0],
            [1, null],
          ],
        },
      ]),
      'format',
      'elements[0].points[1][1]',
    ],
    [
      'a text that is none',
      file([{ ...box, type: 'text', text: { toString: 1 } }]),
      'format',
      'elements[0].text',
    ],
    [
      'a million points',
      file([{ ...box, type: 'freedraw', points: Array(1e6).fill([1, 2]) }]),
      'too-large',
      'elements[0].points',
    ],
    [
      'endless text',
      file([{ ...box, type: 'text', text: 'a'.repeat(300_000) }]),
      'too-large',
      'elements[0].text',
    ],
    ['too many elements', file(Array(100_001).fill(1)), 'too-large', 'elements'],
    ['a library without items', '{"type":"excalidrawlib","libraryItems":{"length":3}}', 'format', 'library'],
  ])('%s: a typed error that names what is wrong', (_name, text, code, field) => {
    const error = failure(text);
    expect({ code: error.code, field: error.field }).toEqual({ code, field });
    expect(error.message).toMatch(/\.$/);
  });

  it('deep nesting does not exhaust the stack, wherever it is', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(failure(deep)).toBeInstanceOf(ExchangeError);
    const inside = file([{ ...box, customData: 1, groupIds: 2 }])
      .replace('"customData":1', `"customData":${deep}`)
      .replace(
        '"groupIds":2',
        `"groupIds":${JSON.stringify(Array.from({ length: 5000 }, (_, i) => `g${i}`))}`,
      );
    expect(importExcalidraw(inside).elements).toHaveLength(1);
  });

  it('names of prototypes are names like any other', () => {
    const text = file([
      { ...box, id: '__proto__', groupIds: ['__proto__', 'constructor'], frameId: 'constructor' },
      { ...box, id: 'constructor', groupIds: ['__proto__', 'constructor'], type: 'toString' },
      { ...box, id: 'b', type: 'image', fileId: 'constructor', groupIds: ['__proto__', 'constructor'] },
      {
        ...box,
        id: 'c',
        type: 'arrow',
        points: [
          [0, 0],
          [5, 5],
        ],
        endArrowhead: 'constructor',
        endBinding: { elementId: '__proto__' },
      },
    ]).replace('"id":"b"', '"__proto__":{"polluted":true},"id":"b"');
    const { elements } = importExcalidraw(text);
    expect(kinds(elements)).toEqual({ group: 1, shape: 2, arrow: 1 });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  // Found by the property below, with seed -1702416894.
  it('a pen’s line is no wider than a board takes, and this is said', () => {
    const line = { ...box, type: 'freedraw', points: [[0, 0]], strokeWidth: Number.MAX_VALUE };
    const imported = importExcalidraw(file([line]));
    expect(onBoard(imported)).toMatchObject([{ kind: 'stroke', width: 4_080 }]);
    expect(imported.remarks).toMatchObject([{ code: 'value', count: 1 }]);
  });

  it('circles of groups, frames, labels and bindings are cut', () => {
    const shown = onBoard(
      importExcalidraw(
        file([
          { ...box, id: 'a', groupIds: ['g', 'h'] },
          { ...box, id: 'b', groupIds: ['h', 'g'] },
          { ...box, id: 'c', groupIds: ['g', 'g'] },
          { ...box, id: 'f', type: 'frame', frameId: 'f' },
          { ...box, id: 'e', type: 'frame', frameId: 'f' },
          { ...box, id: 't', type: 'text', text: 'me', containerId: 't' },
          {
            ...box,
            id: 'x',
            type: 'arrow',
            points: [
              [0, 0],
              [9, 9],
            ],
            startBinding: { elementId: 'x' },
          },
        ]),
      ),
    );
    const byId = new Map(shown.map((element) => [element.id, element]));
    for (const start of shown) {
      const seen = new Set<string>();
      for (
        let at: Element | undefined = start;
        at;
        at = at.parent === null ? undefined : byId.get(at.parent)
      ) {
        expect(seen.has(at.id)).toBe(false);
        seen.add(at.id);
      }
    }
    expect(shown.filter(({ kind }) => kind === 'text')).toHaveLength(1);
  });

  it('whatever is put in place of any value, it comes in whole or not at all', () => {
    const odd = fc.oneof(
      fc.constantFrom(
        null,
        Number.MAX_VALUE,
        -1,
        0,
        '',
        '__proto__',
        true,
        [],
        {},
        [[]],
        [null],
        'transparent',
        '#12',
      ),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const fields = [...new Set(drawing.elements.flatMap((element) => Object.keys(element)))];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(drawing.elements.length - 1), fc.constantFrom(...fields), odd), {
          minLength: 1,
          maxLength: 6,
        }),
        (changes) => {
          const elements = structuredClone(drawing.elements);
          for (const [index, field, value] of changes)
            Object.assign(elements[index] ?? {}, { [field]: value });
          let imported: Imported;
          try {
            imported = importExcalidraw(file(elements));
          } catch (error) {
            expect(error).toBeInstanceOf(ExchangeError);
            return;
          }
          // What came in is what the board takes, down to the last value.
          onBoard(imported);
        },
      ),
      { numRuns: 300 },
    );
  });
});
