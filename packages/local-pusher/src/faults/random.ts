/** Numbers from 0 up to but not including 1. */
export type Random = () => number;

/** A generator that repeats itself exactly for the same seed (xorshift32, Marsaglia 2003). */
export function createRandom(seed: number): Random {
  // Spread the seed over all bits; the state of xorshift must not be zero.
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 0x1_0000_0000;
  };
}
