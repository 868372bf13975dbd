import { sameBytes } from '../element/bytes.js';
import type { TextDelta, TextRun } from '../element/text.js';
import type { BirthWrite, Change, Version, Write } from './change.js';
import type { Contents } from './contents.js';
import { applyDelta, lengthOf } from './text-delta.js';
import { sameVersion } from './version.js';

/** A copy of `map` in which each key of `changes` has what `step` makes of it; null takes the key out. */
const patched = <K, V, C>(
  map: ReadonlyMap<K, V>,
  changes: ReadonlyMap<K, C>,
  step: (value: V | null, change: C, key: K) => V | null,
): ReadonlyMap<K, V> => {
  if (changes.size === 0) return map;
  const next = new Map(map);
  for (const [key, change] of changes) {
    const value = step(next.get(key) ?? null, change, key);
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  return next;
};

const mismatch = (key: string): never => {
  throw new RangeError(`The change was not made on these contents: ${key} is different.`);
};

const applyBirth = (birth: Uint8Array | null, { from, to }: BirthWrite, key: string): Uint8Array | null =>
  sameBytes(birth, from) ? to : mismatch(key);

const applyWrite = (version: Version | null, { from, to }: Write, key: string): Version | null =>
  sameVersion(version, from) ? to : mismatch(key);

const applyText = (runs: readonly TextRun[] | null, delta: TextDelta): readonly TextRun[] | null => {
  const text = applyDelta(runs ?? [], delta);
  return lengthOf(text) === 0 ? null : text;
};

/** The contents after `change`. Throws `RangeError` when it was made on others: rebase it with `transform` first. */
export const apply = (contents: Contents, change: Change): Contents => ({
  births: patched(contents.births, change.births, applyBirth),
  versions: patched(contents.versions, change.writes, applyWrite),
  texts: patched(contents.texts, change.texts, applyText),
});
