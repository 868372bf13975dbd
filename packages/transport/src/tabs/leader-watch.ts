import type { Clock } from '../clock.js';

export interface LeaderWatchOptions {
  readonly clock: Clock;
  /** Asks the leader to show that it lives. */
  readonly ping: () => void;
  /** The leader has not answered for as long as one that lives would never take. */
  readonly onSilent: () => void;
}

/** Looks whether the leader answers: a frozen tab keeps its lock and runs no code (T2). */
export interface LeaderWatch {
  /** The leader said something. */
  heard(): void;
  start(): void;
  stop(): void;
}

const LOOK_MS = 150;

/** A leader that says nothing for this long, though asked, is replaced; with the election that stays below a second. */
const SILENCE_MS = 550;

/** A look that comes this much too late says that this tab slept, not that the leader does. */
const LATE_MS = 150;

export const createLeaderWatch = ({ clock, ping, onSilent }: LeaderWatchOptions): LeaderWatch => {
  let heardAt = 0;
  let cancel: (() => void) | null = null;

  const look = (): void => {
    const due = clock.now() + LOOK_MS;
    cancel = clock.after(LOOK_MS, () => {
      const now = clock.now();
      // Hidden tabs are woken about once a second, and so never judge; the first that is seen again does.
      if (now > due + LATE_MS) heardAt = now;
      if (now - heardAt >= SILENCE_MS) {
        heardAt = now;
        onSilent();
      } else if (now - heardAt >= LOOK_MS) ping();
      look();
    });
  };

  const stop = (): void => {
    cancel?.();
    cancel = null;
  };

  return {
    heard: () => {
      heardAt = clock.now();
    },
    start: () => {
      stop();
      heardAt = clock.now();
      look();
    },
    stop,
  };
};
