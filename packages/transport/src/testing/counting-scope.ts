import type { BrowserScope } from '../tabs/browser-scope.js';

/** A browser's scope that tells what one page has of it. */
export interface CountingScope extends BrowserScope {
  /** Locks that are held or waited for. */
  readonly locked: number;
  /** Lines to other tabs that are open. */
  readonly lines: number;
}

export const createCountingScope = (scope: BrowserScope): CountingScope => {
  const locked = new Set<object>();
  const lines = new Set<object>();
  const until = (of: Set<object>, end: () => void): (() => void) => {
    const token = {};
    of.add(token);
    return () => {
      of.delete(token);
      end();
    };
  };
  return {
    acrossTabs: scope.acrossTabs,
    isHidden: scope.isHidden,
    locks: {
      hold: (name, options) => until(locked, scope.locks.hold(name, options)),
      tryHold: async (name) => {
        const release = await scope.locks.tryHold(name);
        return release && until(locked, release);
      },
    },
    open: (name, onMessage) => {
      const line = scope.open(name, onMessage);
      return { post: line.post, close: until(lines, line.close) };
    },
    get locked() {
      return locked.size;
    },
    get lines() {
      return lines.size;
    },
  };
};
