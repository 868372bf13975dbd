/** The part of Web Locks that is needed here: names that one tab of a browser holds at a time, until it lets go or dies. */
export interface Locks {
  /** Waits for the lock; calls `onHeld` when this tab has it. Returns the way to let go of it, or to stop waiting. */
  hold(name: string, options?: HoldOptions): () => void;
  /** Takes the lock if nobody has it: returns the way to let go, or null. */
  tryHold(name: string): Promise<(() => void) | null>;
}

export interface HoldOptions {
  /** This tab has the lock now. */
  readonly onHeld?: () => void;
  /** Somebody took the lock away with {@link steal}. */
  readonly onStolen?: () => void;
  /** Takes the lock away from whoever has it, be they frozen or busy. Default: waits. */
  readonly steal?: boolean;
}

/** The locks that all tabs of this browser share; null where there are none: they need a secure context. */
export const browserLocks = (): Locks | null => {
  // A page without an origin of its own, as in a sandboxed frame, has them and may not use them.
  if (typeof navigator === 'undefined' || globalThis.origin === 'null') return null;
  const manager: LockManager | undefined = navigator.locks;
  return manager ? createWebLocks(manager) : null;
};

export const createWebLocks = (manager: LockManager): Locks => ({
  hold: (name, { onHeld, onStolen, steal = false } = {}) => {
    const waiting = new AbortController();
    let release = (): void => {};
    let released = false;
    const options = steal ? { steal } : { signal: waiting.signal };
    manager
      .request(name, options, () => {
        if (released) return;
        onHeld?.();
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      })
      // Rejects when the waiting was given up or the lock was stolen.
      .catch(() => {
        if (!released) onStolen?.();
      });
    return () => {
      released = true;
      waiting.abort();
      release();
    };
  },
  tryHold: (name) =>
    new Promise((resolve) => {
      manager
        .request(name, { ifAvailable: true }, (lock) => {
          if (!lock) {
            resolve(null);
            return;
          }
          return new Promise<void>((release) => resolve(release));
        })
        .catch(() => resolve(null));
    }),
});
