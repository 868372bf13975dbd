const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** The waits between attempts at Pusher's HTTP API: 1, 2, 4 … 30 s, from the start again after a success. */
export interface Backoff {
  /** How long to wait after one more failure. */
  failed(): number;
  succeeded(): void;
}

export const createBackoff = (): Backoff => {
  let next = FIRST_MS;
  return {
    failed() {
      const wait = next;
      next = Math.min(next * 2, LONGEST_MS);
      return wait;
    },
    succeeded() {
      next = FIRST_MS;
    },
  };
};
