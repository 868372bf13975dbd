/** Calls `work` once after `ms`; returns the way to call that off. */
export type Timer = (ms: number, work: () => void) => () => void;

/** The system's timer; it does not keep the process alive. */
export const systemTimer: Timer = (ms, work) => {
  const handle = setTimeout(work, ms);
  handle.unref();
  return () => clearTimeout(handle);
};
