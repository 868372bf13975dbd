import { sameBytes } from '../element/bytes.js';
import type { ElementId } from '../element/id.js';
import type { TextDelta, TextRun } from '../element/text.js';
import type { Change, Step } from './change.js';
import type { Contents } from './contents.js';
import { canonicalDelta, lengthOf } from './text-delta.js';
import { sameVersion } from './version.js';

const steps = <K, T>(
  before: ReadonlyMap<K, T>,
  after: ReadonlyMap<K, T>,
  same: (a: T, b: T) => boolean,
): ReadonlyMap<K, Step<T>> => {
  const found = new Map<K, Step<T>>();
  for (const [key, from] of before) {
    const to = after.get(key) ?? null;
    if (to === null || !same(from, to)) found.set(key, { from, to });
  }
  for (const [key, to] of after) if (!before.has(key)) found.set(key, { from: null, to });
  return found;
};

const replace = (before: readonly TextRun[], after: readonly TextRun[]): TextDelta =>
  canonicalDelta([...after, ...(before.length > 0 ? [{ delete: lengthOf(before) }] : [])]);

/**
 * What happened between two states of a board: `apply(before, difference(before, after))` equals `after`.
 * Texts that differ are replaced as a whole: nothing says any more how they were written.
 */
export const difference = (before: Contents, after: Contents): Change => {
  const texts = new Map<ElementId, TextDelta>();
  for (const id of new Set([...before.texts.keys(), ...after.texts.keys()])) {
    const from = before.texts.get(id) ?? [];
    const to = after.texts.get(id) ?? [];
    if (JSON.stringify(from) !== JSON.stringify(to)) texts.set(id, replace(from, to));
  }
  return {
    writer: 0,
    births: steps(before.births, after.births, sameBytes),
    writes: steps(before.versions, after.versions, sameVersion),
    texts,
  };
};
