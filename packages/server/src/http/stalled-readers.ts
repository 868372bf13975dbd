import type { Timer } from '../publish/timer.js';

/** Watches whether the answers that are streamed are taken, and ends those that nobody takes: each holds memory. */
export interface StalledReaders {
  /** Watches an answer; `cut` ends it, and is called once at most. */
  watch(cut: () => void): Watched;
  /** From now on there is little patience: the server is closing. */
  hurry(): void;
}

/** What is told of a streamed answer. */
export interface Watched {
  /** The next part is there for whoever reads. */
  offered(): void;
  /** It was taken, or nothing has to be taken any more. */
  taken(): void;
}

/** Parts are small and slow networks take some of each second: whoever takes none for so long has gone, or never reads. */
const PATIENCE_MS = 60_000;
const CLOSING_PATIENCE_MS = 1_000;

export const createStalledReaders = (timer: Timer, onCut: () => void): StalledReaders => {
  const offering = new Set<Watched>();
  let patience = PATIENCE_MS;
  return {
    watch(cut) {
      let stop = (): void => {};
      const watched: Watched = {
        offered() {
          stop();
          offering.add(watched);
          stop = timer(patience, () => {
            offering.delete(watched);
            onCut();
            cut();
          });
        },
        taken() {
          stop();
          offering.delete(watched);
        },
      };
      return watched;
    },
    hurry() {
      patience = CLOSING_PATIENCE_MS;
      for (const watched of [...offering]) watched.offered();
    },
  };
};
