import type { BrowserScope } from '../../tabs/browser-scope.js';

/** What one tab has of its browser. When it dies, the browser lets go of its locks, and nothing reaches it any more. */
export interface MortalScope extends BrowserScope {
  /** Whether this tab has the browser's connection. */
  readonly leads: boolean;
  die(): void;
}

export const createMortalScope = (scope: BrowserScope): MortalScope => {
  const ends = new Set<() => void>();
  const held = new Set<string>();
  let dead = false;

  /** Remembers how to end something, so that death does. */
  const until = (end: () => void): (() => void) => {
    ends.add(end);
    return () => {
      ends.delete(end);
      end();
    };
  };
  const alive = (task: () => void): void => {
    if (!dead) task();
  };

  return {
    acrossTabs: scope.acrossTabs,
    isHidden: scope.isHidden,
    locks: {
      hold: (name, { onHeld, onStolen, steal = false } = {}) => {
        const letGo = scope.locks.hold(name, {
          steal,
          onHeld: () =>
            alive(() => {
              held.add(name);
              onHeld?.();
            }),
          onStolen: () =>
            alive(() => {
              held.delete(name);
              onStolen?.();
            }),
        });
        return until(() => {
          held.delete(name);
          letGo();
        });
      },
      tryHold: async (name) => {
        const letGo = await scope.locks.tryHold(name);
        if (letGo && dead) letGo();
        return letGo && !dead ? until(letGo) : null;
      },
    },
    open: (name, onMessage) => {
      const line = scope.open(name, (message) => alive(() => onMessage(message)));
      return { post: (message) => alive(() => line.post(message)), close: until(line.close) };
    },
    get leads() {
      return [...held].some((name) => name.endsWith(' leader'));
    },
    die: () => {
      dead = true;
      for (const end of [...ends]) end();
      ends.clear();
    },
  };
};
