import { type Clock, systemClock } from '../clock.js';

/** Real time, which tells how many tasks still wait. */
export const createCountingClock = (): Clock & { readonly waiting: number } => {
  const waiting = new Set<object>();
  return {
    now: systemClock.now,
    after: (ms, task) => {
      const token = {};
      waiting.add(token);
      const cancel = systemClock.after(ms, () => {
        waiting.delete(token);
        task();
      });
      return () => {
        waiting.delete(token);
        cancel();
      };
    },
    get waiting() {
      return waiting.size;
    },
  };
};
