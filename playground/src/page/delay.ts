import type { Board } from '@inkwire/core';

/** Tells how long an element took from one board's commit to another's, in ms. */
export function measureDelay(boards: readonly Board[], onDelay: (ms: number) => void): void {
  const committed = new Map<string, number>();
  for (const board of boards) {
    board.subscribe((effect) => {
      const now = performance.now();
      for (const id of effect.touched) {
        if (effect.local) {
          committed.set(id, now);
          continue;
        }
        const start = committed.get(id);
        if (start === undefined) continue;
        committed.delete(id);
        onDelay(now - start);
      }
    });
  }
}
