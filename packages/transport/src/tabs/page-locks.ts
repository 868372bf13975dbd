import type { Locks } from './locks.js';

interface Waiting {
  readonly onHeld: () => void;
  readonly onStolen: () => void;
}

/** Locks among the connections of one page, for where the browser has none that tabs share (T4). */
export const createPageLocks = (): Locks => {
  const queues = new Map<string, Waiting[]>();

  const queueOf = (name: string): Waiting[] => {
    const queue = queues.get(name) ?? [];
    queues.set(name, queue);
    return queue;
  };

  const leave = (name: string, one: Waiting): void => {
    const queue = queueOf(name);
    const index = queue.indexOf(one);
    if (index === -1) return;
    queue.splice(index, 1);
    if (queue.length === 0) queues.delete(name);
    else if (index === 0) queueMicrotask(() => queue[0]?.onHeld());
  };

  return {
    hold: (name, { onHeld = () => {}, onStolen = () => {}, steal = false } = {}) => {
      const queue = queueOf(name);
      let told = false;
      const one: Waiting = {
        // A holder that left while the next one was told is followed by another.
        onHeld: () => {
          if (told) return;
          told = true;
          onHeld();
        },
        onStolen,
      };
      const robbed = steal ? queue.shift() : undefined;
      if (steal) queue.unshift(one);
      else queue.push(one);
      if (robbed) queueMicrotask(robbed.onStolen);
      if (queue[0] === one) queueMicrotask(() => queue[0] === one && one.onHeld());
      return () => leave(name, one);
    },
    tryHold: (name) => {
      const queue = queueOf(name);
      if (queue.length > 0) return Promise.resolve(null);
      const one: Waiting = { onHeld: () => {}, onStolen: () => {} };
      queue.push(one);
      return Promise.resolve(() => leave(name, one));
    },
  };
};
