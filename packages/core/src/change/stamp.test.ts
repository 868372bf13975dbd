import { expect, it } from 'vitest';
import { isStamp, MAX_STAMP, NO_STAMP, nextStamp, type Stamp } from './stamp.js';

it('D4: a stamp is the time, or one more than the newest stamp seen where that is later', () => {
  expect(nextStamp(NO_STAMP, 1_000.9)).toBe(1_000);
  expect(nextStamp(5_000 as Stamp, 1_000)).toBe(5_001);
  expect(nextStamp(5_000 as Stamp, Number.NEGATIVE_INFINITY)).toBe(5_001);
});

it('D4: nothing comes after the greatest stamp, and nothing throws there', () => {
  expect(nextStamp(MAX_STAMP, 1_000)).toBe(MAX_STAMP);
  expect([MAX_STAMP, MAX_STAMP + 1, 0, 1.5, '1'].map(isStamp)).toEqual([true, false, false, false, false]);
});
