import type { Clock } from '../clock.js';
import type { Locks } from './locks.js';

export interface ElectionOptions {
  readonly locks: Locks;
  readonly name: string;
  readonly clock: Clock;
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

export const createElection = ({ locks, name, clock, onLead, onDeposed }: ElectionOptions): Election => {
  let release = (): void => {};
  let leads = false;
  let stopped = false;
  let deposing = false;
  const timers = new Set<() => void>();

  const run = (steal: boolean): void => {
    release();
    release = locks.hold(name, {
      steal,
      onHeld: () => {
        leads = true;
        onLead();
      },
      onStolen: () => {
        leads = false;
        if (stopped) return;
        onDeposed();
        run(false);
      },
    });
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
        if (stopped || leads) {
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
