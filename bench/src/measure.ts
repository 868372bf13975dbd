import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** Milliseconds that `work` takes. */
export const time = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options?: { readonly type: 'minor' }) => void;

/**
 * Collects what was made lately, so that it is not done within what is measured next. A full collection would also drop
 * most code that V8 has optimised, and making it anew be measured instead.
 */
export const collectYoung = (): void => collect({ type: 'minor' });

/** Bytes in use, on the heap and in array buffers, after a collection. */
export const bytesInUse = (): number => {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Bytes that what `make` returns keeps in use. */
export const bytesKeptBy = (make: () => object): number => {
  const before = bytesInUse();
  const made = make();
  const after = bytesInUse();
  // Still referred to here, so that it cannot have been collected before it was measured.
  if (Object.keys(made).length < 0) throw new Error('unreachable');
  return after - before;
};
