import type { Timer } from './publish/timer.js';

/** One thing to do again and again. */
export interface Chore {
  readonly everyMs: number;
  work(): Promise<void>;
}

/** Does each chore at its interval, never twice at once; a failure is told, and the next turn tries again. */
export const startMaintenance = (
  timer: Timer,
  chores: readonly Chore[],
  onFailure: (error: unknown) => void,
): { stop(): Promise<void> } => {
  let stopped = false;
  const running = new Set<Promise<void>>();
  const cancels = new Map<Chore, () => void>();
  const plan = (chore: Chore): void => {
    if (stopped) return;
    cancels.set(
      chore,
      timer(chore.everyMs, () => {
        const turn = chore
          .work()
          .catch(onFailure)
          .then(() => {
            running.delete(turn);
            plan(chore);
          });
        running.add(turn);
      }),
    );
  };
  for (const chore of chores) plan(chore);
  return {
    async stop() {
      stopped = true;
      for (const cancel of cancels.values()) cancel();
      await Promise.all(running);
    },
  };
};
