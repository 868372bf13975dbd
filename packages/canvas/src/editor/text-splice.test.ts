import { applyDelta, plainText, type TextRun } from '@inkwire/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deltasOf, movedIndex, spliceBetween } from './text-splice.js';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', '😁', 'é'), maxLength: 12 });
const runsOf = (text: string): readonly TextRun[] => (text === '' ? [] : [{ insert: text }]);

it('turns any text into any other, wherever the caret was, and parts no character', () => {
  fc.assert(
    fc.property(letters, letters, fc.nat(24), (before, after, caret) => {
      const splice = spliceBetween(before, after, caret);
      if (splice === null) return before === after;
      expect(plainText(deltasOf(splice).reduce(applyDelta, runsOf(before)))).toBe(after);
      for (const text of [splice.inserted, before.slice(splice.index, splice.index + splice.removed)])
        expect(text).toBe(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
      return true;
    }),
    { numRuns: 1000 },
  );
});

it('takes what was typed to lie before the caret, where several places are possible', () => {
  expect(spliceBetween('aaa', 'aaaa', 1)).toEqual({ index: 0, removed: 0, inserted: 'a' });
  expect(spliceBetween('aaa', 'aaaa', 4)).toEqual({ index: 3, removed: 0, inserted: 'a' });
  expect(spliceBetween('aaa', 'aa', 1)).toEqual({ index: 1, removed: 1, inserted: '' });
});

it('moves a caret with the text around it, and not for what is inserted just at it', () => {
  expect(movedIndex(3, [{ insert: 'xy' }])).toBe(5);
  expect(movedIndex(3, [{ retain: 3 }, { insert: 'xy' }])).toBe(3);
  expect(movedIndex(3, [{ retain: 4 }, { delete: 2 }])).toBe(3);
  expect(movedIndex(3, [{ retain: 1 }, { delete: 4 }])).toBe(1);
  expect(movedIndex(3, [{ delete: 1 }, { retain: 1 }, { insert: 'q' }])).toBe(3);
});
