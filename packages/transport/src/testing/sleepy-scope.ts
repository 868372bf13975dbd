import type { BrowserScope } from '../tabs/browser-scope.js';

/** A browser's scope as one tab sees it that a test can freeze: it keeps its locks, hears nothing and says nothing. */
export interface SleepyScope extends BrowserScope {
  freeze(): void;
  /** What was said meanwhile arrives now. */
  thaw(): void;
}

export const createSleepyScope = (scope: BrowserScope): SleepyScope => {
  let frozen = false;
  const waiting: (() => void)[] = [];
  const whenAwake = (task: () => void): void => {
    if (frozen) waiting.push(task);
    else task();
  };
  return {
    acrossTabs: scope.acrossTabs,
    isHidden: scope.isHidden,
    locks: {
      tryHold: scope.locks.tryHold,
      hold: (name, { onHeld, onStolen, steal = false } = {}) =>
        scope.locks.hold(name, {
          steal,
          onHeld: () => whenAwake(() => onHeld?.()),
          onStolen: () => whenAwake(() => onStolen?.()),
        }),
    },
    open: (name, onMessage) => {
      const line = scope.open(name, (message) => whenAwake(() => onMessage(message)));
      return { post: (message) => whenAwake(() => line.post(message)), close: line.close };
    },
    freeze: () => {
      frozen = true;
    },
    thaw: () => {
      frozen = false;
      for (const task of waiting.splice(0)) task();
    },
  };
};
