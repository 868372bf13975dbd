import { compareBytes } from '../element/bytes.js';
import { type Change, isSlotKey, type Step, type Version, type WriteKey } from './change.js';
import { transformDelta } from './text-delta.js';
import { isNewer } from './version.js';

/** Each of `steps` on top of the other's step of the same key; those that lose to it are left out. */
const rebased = <K, T>(
  steps: ReadonlyMap<K, Step<T>>,
  others: ReadonlyMap<K, Step<T>>,
  wins: (to: T | null, other: T | null, key: K) => boolean,
): ReadonlyMap<K, Step<T>> => {
  const next = new Map<K, Step<T>>();
  for (const [key, step] of steps) {
    const other = others.get(key);
    if (other === undefined) next.set(key, step);
    else if (wins(step.to, other.to, key)) next.set(key, { from: other.to, to: step.to });
  }
  return next;
};

/** Ids are random, so two births of one id differ only by malice; the greater writer's stays, as in Yjs. */
const birthWins =
  (writer: number, otherWriter: number) =>
  (to: Uint8Array | null, other: Uint8Array | null): boolean => {
    if (to === null || other === null) return to !== null;
    return writer === otherWriter ? compareBytes(to, other) > 0 : writer > otherWriter;
  };

/** Where every writer has a version, an absence only says that what was there is counted elsewhere: any version wins. */
const versionWins = (to: Version | null, other: Version | null, key: WriteKey): boolean => {
  if (to === null) return false;
  return other === null && isSlotKey(key) ? true : isNewer(to, other);
};

/**
 * Rebases `change` over `other`; both start from the same contents, and are the work of different writers.
 *
 * For any `a`, `b`: `apply(apply(contents, a), transform(b, a))` equals `apply(apply(contents, b), transform(a, b))`.
 * A register that both write goes to the newer version, so no side needs to be told which one it is; of two insertions
 * at one place in a text, that of the smaller writer stands first, as in Yjs.
 */
export const transform = (change: Change, other: Change): Change => {
  const texts = new Map(change.texts);
  for (const [id, delta] of change.texts) {
    const over = other.texts.get(id);
    if (over === undefined) continue;
    const next = transformDelta(delta, over, other.writer < change.writer);
    if (next.length === 0) texts.delete(id);
    else texts.set(id, next);
  }
  return {
    writer: change.writer,
    births: rebased(change.births, other.births, birthWins(change.writer, other.writer)),
    writes: rebased(change.writes, other.writes, versionWins),
    texts,
  };
};
