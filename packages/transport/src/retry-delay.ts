const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** How long to wait after the `failures`-th failure in a row (from 1): 1, 2, 4 … 30 s, ± 20 %. */
export const retryDelay = (failures: number, random: () => number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)) * (0.8 + 0.4 * random());
