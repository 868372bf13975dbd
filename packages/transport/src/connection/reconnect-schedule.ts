import type { Clock } from '../clock.js';

/** Gaps between the starts of attempts, in seconds: 1, 2, 4, 8, 16, then 30 for ever. */
const gapSeconds = (attempt: number): number => (attempt > 4 ? 30 : 2 ** attempt);

/** A connection that held this long was a good one: the next drop starts the schedule anew. */
const HELD_MS = 5_000;

/** An attempt without any answer is given up after this long, even if the next one is due later. */
const ATTEMPT_MS = 12_000;

/** An attempt under way this long is not interrupted by news from the browser. */
const FRESH_MS = 1_000;

export interface ReconnectScheduleOptions {
  /** Starts an attempt. Never called from within a call to the schedule. */
  readonly attempt: () => void;
  /** Ends an attempt that nobody answered. */
  readonly abandon: () => void;
  readonly clock: Clock;
  /** 0 ≤ random() < 1 */
  readonly random: () => number;
}

export interface ReconnectSchedule {
  start(): void;
  /** The attempt under way led to a connection. */
  connected(): void;
  /** The attempt under way failed, or the connection is gone. */
  lost(): void;
  /** Something changed for the better (the network is back, somebody looks): attempt at once. */
  hurry(): void;
  stop(): void;
}

/**
 * When to connect (R1): attempts start 0, 1, 3, 7, 15, 31, 61, 91 … s after a drop, each gap ± 10 %, however the attempt
 * before failed: refused, unanswered, or accepted and closed at once.
 */
export const createReconnectSchedule = (options: ReconnectScheduleOptions): ReconnectSchedule => {
  const { attempt, abandon, clock, random } = options;
  let state: 'stopped' | 'waiting' | 'attempting' | 'connected' = 'stopped';
  let attempts = 0;
  let startedAt = Number.NEGATIVE_INFINITY;
  let nextAt = Number.NEGATIVE_INFINITY;
  let cancelNext = (): void => {};
  let cancelLimit = (): void => {};

  const cancel = (): void => {
    cancelNext();
    cancelLimit();
  };

  const planNext = (): void => {
    nextAt = startedAt + gapSeconds(attempts) * 1_000 * (0.9 + 0.2 * random());
    attempts += 1;
    cancelNext();
    cancelNext = clock.after(nextAt - clock.now(), begin);
  };

  const begin = (): void => {
    cancel();
    if (state === 'attempting') abandon();
    state = 'attempting';
    startedAt = clock.now();
    planNext();
    cancelLimit = clock.after(ATTEMPT_MS, () => {
      if (state !== 'attempting') return;
      state = 'waiting';
      abandon();
    });
    attempt();
  };

  const beginAt = (time: number): void => {
    cancel();
    state = 'waiting';
    cancelNext = clock.after(Math.max(0, time - clock.now()), begin);
  };

  return {
    start: () => {
      if (state === 'stopped') beginAt(clock.now());
    },
    connected: () => {
      if (state !== 'attempting') return;
      cancel();
      state = 'connected';
      cancelNext = clock.after(HELD_MS, () => {
        attempts = 0;
        nextAt = Number.NEGATIVE_INFINITY;
      });
    },
    lost: () => {
      if (state === 'attempting') state = 'waiting';
      else if (state === 'connected') beginAt(nextAt);
    },
    hurry: () => {
      if (state === 'stopped' || state === 'connected') return;
      attempts = 0;
      // What has just begun may succeed. If it was too early for that, it counts as the first.
      if (state === 'attempting' && clock.now() - startedAt < FRESH_MS) {
        planNext();
        return;
      }
      if (state === 'attempting') abandon();
      beginAt(clock.now());
    },
    stop: () => {
      state = 'stopped';
      cancel();
    },
  };
};
