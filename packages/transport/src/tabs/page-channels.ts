import type { OpenTabLine } from './browser-scope.js';

/** What BroadcastChannel does, among the connections of one page (T4): every other end hears, a moment later, a copy. */
export const createPageChannels = (): OpenTabLine => {
  const ends = new Map<string, Set<(message: unknown) => void>>();
  return (name, onMessage) => {
    const of = ends.get(name) ?? new Set();
    ends.set(name, of);
    of.add(onMessage);
    return {
      post: (message) => {
        const copy: unknown = structuredClone(message);
        for (const end of of)
          if (end !== onMessage)
            queueMicrotask(() => {
              if (of.has(end)) end(copy);
            });
      },
      close: () => {
        of.delete(onMessage);
        if (of.size === 0) ends.delete(name);
      },
    };
  };
};
