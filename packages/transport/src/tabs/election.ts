import type { Clock } from '../clock.js';
import type { Locks } from './locks.js';

export interface ElectionOptions {
  readonly locks: Locks;
  readonly name: string;
  readonly clock: Clock;
  /** Whether this tab leads: it may hold the lock and follow a tab that had it before and was late to say so. */
  readonly isLeading: () => boolean;
  readonly onLead: () => void;
  /** Another tab took the lead, because this one seemed frozen. */
  readonly onDeposed: () => void;
}

/** Makes one tab the leader: the one that holds the lock, which passes on by itself when its tab ends (T1). */
export interface Election {
  /** Takes the lead from a leader that does not answer. Of several tabs that try at once, one does. */
  depose(): void;
  stop(): void;
}

/** Nobody else deposes a leader that is this new. */
const PROBATION_MS = 1_000;

export const createElection = (options: ElectionOptions): Election => {
  const { locks, name, clock, isLeading, onLead, onDeposed } = options;
  let release = (): void => {};
  let turns = 0;
  let stopped = false;
  let deposing = false;
  const timers = new Set<() => void>();

  const run = (steal: boolean): void => {
    turns += 1;
    const turn = turns;
    const leave = release;
    release = locks.hold(name, {
      steal,
      onHeld: onLead,
      onStolen: () => {
        if (stopped || turn !== turns) return;
        onDeposed();
        run(false);
      },
    });
    // Not before: whoever waits would lead for a moment.
    leave();
  };
  run(false);

  return {
    depose: () => {
      if (deposing || stopped) return;
      deposing = true;
      void locks.tryHold(`${name} heir`).then((letGo) => {
        deposing = false;
        if (!letGo) return;
        // The lead may have come by itself meanwhile.
        if (stopped || isLeading()) {
          letGo();
          return;
        }
        run(true);
        const cancel = clock.after(PROBATION_MS, () => end());
        const end = (): void => {
          timers.delete(end);
          cancel();
          letGo();
        };
        timers.add(end);
      });
    },
    stop: () => {
      stopped = true;
      release();
      for (const end of [...timers]) end();
    },
  };
};
