import type { Version } from './change.js';

/** Only a forger writes two values at one stamp; they still need an order that is the same for everyone. */
const compareValues = (a: Version, b: Version): number => {
  const [first, second] = [JSON.stringify(a.value), JSON.stringify(b.value)];
  return first < second ? -1 : first > second ? 1 : 0;
};

/** Whether `a` was written after `b`: the greater stamp, and at one stamp the greater writer (D4). */
export const isNewer = (a: Version, b: Version | null): boolean => {
  if (b === null) return true;
  if (a.stamp !== b.stamp) return a.stamp > b.stamp;
  if (a.writer !== b.writer) return a.writer > b.writer;
  return a !== b && compareValues(a, b) > 0;
};

export const sameVersion = (a: Version | null, b: Version | null): boolean => {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return a.stamp === b.stamp && a.writer === b.writer && compareValues(a, b) === 0;
};
