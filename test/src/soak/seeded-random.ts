/** A run that can be repeated: the same seed draws the same numbers. */
export interface SeededRandom {
  /** 0 ≤ x < 1 */
  next(): number;
  /** 0 ≤ n < below, a whole number. */
  below(below: number): number;
  /** True with that probability. */
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Some of the list, in its order. */
  some<T>(list: readonly T[], probability: number): T[];
  shuffled<T>(list: readonly T[]): T[];
  bytes(length: number): Uint8Array;
}

/** Steele and Vigna's SplitMix-like generator of 32 bits, known as mulberry32. */
export const seededRandom = (seed: number): SeededRandom => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('Nothing can be picked from an empty list.');
      return list[below(list.length)] as T;
    },
    some: (list, probability) => list.filter(() => next() < probability),
    shuffled: (list) =>
      list
        .map((entry) => ({ entry, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ entry }) => entry),
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  };
};
