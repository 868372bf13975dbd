import type { Clock } from '../clock.js';

/** Real time, `factor` times as fast. */
export const createFastClock = (factor: number): Clock => {
  const start = performance.now();
  return {
    now: () => (performance.now() - start) * factor,
    after: (ms, task) => {
      const timer = setTimeout(task, ms / factor);
      return () => clearTimeout(timer);
    },
  };
};
