import type { Pane } from './pane.js';

/** Tells how long an element took from one person's commit to another's board, in ms, while all were live. */
export function measureDelay(panes: readonly Pane[], onDelay: (ms: number) => void): void {
  const committed = new Map<string, number>();
  for (const { board } of panes) {
    board.subscribe((effect) => {
      const now = performance.now();
      const live = panes.every(({ connection }) => connection.status.connection === 'live');
      for (const id of effect.touched) {
        const start = committed.get(id);
        committed.delete(id);
        if (effect.local && live) committed.set(id, now);
        else if (!effect.local && start !== undefined) onDelay(now - start);
      }
    });
  }
}
