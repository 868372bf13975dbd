import type { Change, Step } from './change.js';
import { composeDeltas } from './text-delta.js';

const composed = <K, T>(
  first: ReadonlyMap<K, Step<T>>,
  second: ReadonlyMap<K, Step<T>>,
): ReadonlyMap<K, Step<T>> => {
  const steps = new Map(first);
  for (const [key, { from, to }] of second) {
    const start = steps.get(key);
    const step = { from: start === undefined ? from : start.from, to };
    // What came and went leaves nothing. A value that was set and set back was written, and stays a write.
    if (step.from === null && step.to === null) steps.delete(key);
    else steps.set(key, step);
  }
  return steps;
};

/**
 * The one change that does what `first` and then `second` do:
 * `apply(apply(contents, first), second)` equals `apply(contents, compose(first, second))`.
 */
export const compose = (first: Change, second: Change): Change => {
  const texts = new Map(first.texts);
  for (const [id, delta] of second.texts) {
    const both = composeDeltas(texts.get(id) ?? [], delta);
    if (both.length === 0) texts.delete(id);
    else texts.set(id, both);
  }
  return {
    writer: first.writer === second.writer ? first.writer : 0,
    births: composed(first.births, second.births),
    writes: composed(first.writes, second.writes),
    texts,
  };
};
