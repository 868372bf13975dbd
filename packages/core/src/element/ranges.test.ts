import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Range, subtractRanges, uniteRanges } from './ranges.js';

const ranges = fc
  .array(fc.tuple(fc.nat(20), fc.nat(5)).map(([from, length]): Range => [from, from + length]))
  .map(uniteRanges);

const holds = (list: readonly Range[], at: number): boolean =>
  list.some(([from, to]) => from < at && at < to);

it('what is left of ranges is all of them that the others do not cover', () => {
  fc.assert(
    fc.property(ranges, ranges, (list, taken) => {
      const left = subtractRanges(list, taken);
      for (let at = 0.5; at < 26; at += 1) expect(holds(left, at)).toBe(holds(list, at) && !holds(taken, at));
      expect(uniteRanges([...left, ...taken])).toEqual(uniteRanges([...list, ...taken]));
    }),
    { numRuns: 1_000 },
  );
});

it('a dot is a range too', () => {
  expect(subtractRanges([[3, 3]], [[1, 2]])).toEqual([[3, 3]]);
  expect(subtractRanges([[3, 3]], [[2, 3]])).toEqual([]);
});
