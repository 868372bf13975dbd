/** Time as the server sees it, so that tests move it instead of waiting for it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `callback` once after `delayMs`, unless the returned function is called first. */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** `clock`, with a way to call off everything that waits on it, or would wait on it later. */
export function stoppable(clock: Clock): Clock & { stop(): void } {
  const waiting = new Set<() => void>();
  let stopped = false;
  return {
    now: () => clock.now(),
    after(delayMs, callback) {
      if (stopped) return () => {};
      const cancel = clock.after(delayMs, () => {
        waiting.delete(cancel);
        callback();
      });
      waiting.add(cancel);
      return () => {
        waiting.delete(cancel);
        cancel();
      };
    },
    stop() {
      stopped = true;
      for (const cancel of waiting) cancel();
      waiting.clear();
    },
  };
}
