import type { Clock } from '../../clock.js';

/** Time that stands still while something is on its way, and hurries to what is due next while nothing is. */
export interface EagerClock extends Clock {
  /** Something is on its way, until the returned function is called. */
  begin(): () => void;
  stop(): void;
}

/**
 * So many looks in a row find nothing on its way before time goes on. Between two of them the event loop turns at least
 * once, and what one socket says in one turn another one of this process hears in the next.
 */
const QUIET_LOOKS = 4;
const LOOK_MS = 1;

/** How far time goes on at once: the longer nothing happens, the further. */
const FIRST_LEAP_MS = 20;
const LONGEST_LEAP_MS = 2_000;

/** Waits cost nothing with it, and no timeout runs out while what it waits for is being worked on, however busy the machine. */
export const createEagerClock = (start = 1_700_000_000_000): EagerClock => {
  const tasks = new Set<{ readonly at: number; readonly task: () => void }>();
  let time = start;
  let underWay = 0;
  let quiet = 0;
  let leap = FIRST_LEAP_MS;
  let look: NodeJS.Timeout | null = null;
  let stopped = false;

  const nextUntil = (end: number) => {
    let next: { readonly at: number; readonly task: () => void } | null = null;
    for (const task of tasks) if (task.at <= end && (next === null || task.at < next.at)) next = task;
    return next;
  };

  /** Does what is due within the leap, in its order; whatever that sets in motion ends the leap. */
  const goOn = async (): Promise<void> => {
    const end = time + leap;
    leap = Math.min(LONGEST_LEAP_MS, leap * 2);
    for (let next = nextUntil(end); next && underWay === 0 && !stopped; next = nextUntil(end)) {
      tasks.delete(next);
      time = Math.max(time, next.at);
      next.task();
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (underWay === 0) time = Math.max(time, end);
  };

  const lookAgain = (): void => {
    look = setTimeout(() => {
      quiet = underWay > 0 ? 0 : quiet + 1;
      if (underWay > 0) leap = FIRST_LEAP_MS;
      if (quiet < QUIET_LOOKS) {
        lookAgain();
        return;
      }
      quiet = 0;
      void goOn().then(() => {
        if (!stopped) lookAgain();
      });
    }, LOOK_MS);
  };
  lookAgain();

  return {
    now: () => time,
    after: (ms, task) => {
      const waiting = { at: time + Math.max(0, ms), task };
      tasks.add(waiting);
      return () => tasks.delete(waiting);
    },
    begin: () => {
      let over = false;
      underWay += 1;
      return () => {
        if (!over) underWay -= 1;
        over = true;
      };
    },
    stop: () => {
      stopped = true;
      if (look) clearTimeout(look);
    },
  };
};
