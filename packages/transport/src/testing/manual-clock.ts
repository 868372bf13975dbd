import type { Clock } from '../clock.js';

export interface ManualClock extends Clock {
  /** Moves time on by `ms` and runs what is due on the way, in order. */
  advance(ms: number): void;
  /** Tasks that still wait. */
  readonly waiting: number;
}

export const createManualClock = (start = 1_700_000_000_000): ManualClock => {
  let time = start;
  let order = 0;
  const tasks = new Map<number, { readonly at: number; readonly task: () => void }>();
  const firstUntil = (end: number): [id: number, at: number, task: () => void] | null => {
    let first: [id: number, at: number, task: () => void] | null = null;
    for (const [id, { at, task }] of tasks)
      if (at <= end && (first === null || at < first[1])) first = [id, at, task];
    return first;
  };
  return {
    now: () => time,
    after: (ms, task) => {
      order += 1;
      const id = order;
      tasks.set(id, { at: time + Math.max(0, ms), task });
      return () => tasks.delete(id);
    },
    advance: (ms) => {
      const end = time + ms;
      for (let due = firstUntil(end); due; due = firstUntil(end)) {
        const [id, at, task] = due;
        tasks.delete(id);
        time = at;
        task();
      }
      time = end;
    },
    get waiting() {
      return tasks.size;
    },
  };
};
