import type { Clock } from '../clock.js';
import { retryDelay } from '../retry-delay.js';

export interface JobOptions {
  /** Does the work once. A rejection is a failure. */
  readonly work: () => Promise<void>;
  /** Told of each failure; returns the least wait before the next try in ms, or null to try no more until asked. */
  readonly onFailure: (error: unknown) => number | null;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Work that is done whenever somebody asks for it, once at a time, and again after a while when it failed. */
export interface Job {
  /** Asks for the work, within `delayMs`; while it is being done, for once more after that. */
  run(delayMs?: number): void;
  /** Takes back a delayed {@link run} that has not begun. */
  cancelRun(): void;
  /** As {@link run}, without waiting for the time that a failure imposed. */
  hurry(): void;
  /** Failures since the work last succeeded. */
  readonly failures: number;
  stop(): void;
}

export const createJob = (options: JobOptions): Job => {
  const { work, onFailure, clock, random } = options;
  let state: 'idle' | 'waiting' | 'working' | 'backing off' | 'stopped' = 'idle';
  let again = false;
  let failures = 0;
  let dueAt = 0;
  let cancel = (): void => {};

  const wait = (ms: number): void => {
    cancel();
    dueAt = clock.now() + ms;
    cancel = clock.after(ms, start);
  };

  const start = (): void => {
    cancel();
    state = 'working';
    again = false;
    work().then(
      () => {
        failures = 0;
        if (state !== 'working') return;
        state = 'idle';
        if (again) start();
      },
      (error: unknown) => {
        failures += 1;
        if (state !== 'working') return;
        const least = onFailure(error);
        // What the work or its owner did on the way may have stopped the job.
        if (isStopped()) return;
        if (least === null) {
          state = 'idle';
          return;
        }
        state = 'backing off';
        wait(Math.max(least, retryDelay(failures, random)));
      },
    );
  };

  const isStopped = (): boolean => state === 'stopped';

  return {
    run: (delayMs = 0) => {
      if (state === 'working') again = true;
      else if (state === 'idle' || (state === 'waiting' && clock.now() + delayMs < dueAt)) {
        state = 'waiting';
        if (delayMs > 0) wait(delayMs);
        else start();
      }
    },
    cancelRun: () => {
      if (state !== 'waiting') return;
      state = 'idle';
      cancel();
    },
    hurry: () => {
      if (state === 'working') again = true;
      else if (state !== 'stopped') start();
    },
    get failures() {
      return failures;
    },
    stop: () => {
      state = 'stopped';
      cancel();
    },
  };
};
