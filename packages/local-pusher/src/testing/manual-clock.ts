import type { Clock } from '../clock.js';

/** A clock that stands still until it is told otherwise. */
export interface ManualClock extends Clock {
  /** Moves on, calling back everything that falls due on the way in its order. */
  advance(byMs: number): void;
}

export function createManualClock(start = Date.now()): ManualClock {
  let now = start;
  let timers: { due: number; callback: () => void }[] = [];

  return {
    now: () => now,
    after(delayMs, callback) {
      const timer = { due: now + delayMs, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(byMs) {
      const end = now + byMs;
      for (;;) {
        const [next] = timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
        if (next === undefined) break;
        timers = timers.filter((other) => other !== next);
        now = next.due;
        next.callback();
      }
      now = end;
    },
  };
}
