import type { InkwireServerOptions } from '@inkwire/server';
import { createManualClock } from './manual-clock.js';

/** A time that pages, server and Pusher share, and that stands still while something is under way between them. */
export interface TimeLapse {
  readonly clock: ReturnType<typeof createManualClock>;
  /** For the server. */
  readonly server: Pick<InkwireServerOptions, 'clock' | 'timer'>;
  /** For the pages: requests that are under way are seen. */
  readonly fetch: typeof globalThis.fetch;
  /** Lets `ms` pass, a step at a time, and what was sent arrive after each; `onStep` does what is done in it. */
  pass(ms: number, onStep?: () => void, stepMs?: number): Promise<void>;
}

/** A pointer's events come so often, ms. */
export const POINTER_MS = 16;

export const createTimeLapse = (): TimeLapse => {
  // Signed requests have the system's time, and may be ten minutes from the server's.
  const clock = createManualClock(Date.now() - 5 * 60_000);
  let underWay = 0;

  /** A client event waits for a timer of pusher-js, a socket for the next turn; nothing else takes time. */
  const arrived = async (): Promise<void> => {
    do await new Promise((resolve) => setTimeout(resolve, 1));
    while (underWay > 0);
  };

  return {
    clock,
    server: { clock: clock.now, timer: clock.after },
    fetch: async (input, init) => {
      underWay += 1;
      try {
        return await fetch(input, init);
      } finally {
        underWay -= 1;
      }
    },
    pass: async (ms, onStep = () => {}, stepMs = POINTER_MS) => {
      for (let passed = 0; passed < ms; passed += stepMs) {
        onStep();
        clock.advance(stepMs);
        await arrived();
      }
    },
  };
};
