import type { Version } from './change.js';

/** Whether `a` was written after `b`: the greater stamp, and at one stamp the greater writer (D4). */
export const isNewer = (a: Version, b: Version | null): boolean =>
  b === null || a.stamp > b.stamp || (a.stamp === b.stamp && a.writer > b.writer);

export const sameVersion = (a: Version | null, b: Version | null): boolean =>
  a === b || (a !== null && b !== null && a.stamp === b.stamp && a.writer === b.writer);
