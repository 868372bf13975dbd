import { describe, expect, it } from 'vitest';
import { createBoardActivity, EDITED_EVERY_MS } from './board-activity.js';
import type { Timer } from './timer.js';

describe('board activity', () => {
  it('E4: is told at once, and once more at the end of 5 s if it went on, for each person and board', () => {
    const waiting = new Map<() => void, number>();
    const timer: Timer = (ms, work) => {
      waiting.set(work, ms);
      return () => waiting.delete(work);
    };
    const pass = (): void => {
      const due = [...waiting.keys()];
      waiting.clear();
      for (const work of due) work();
    };
    const told: string[] = [];
    const activity = createBoardActivity(timer, (_channel, board, actor) => told.push(`${actor} ${board}`));
    for (let step = 0; step < 3; step += 1) {
      activity.edited('presence-board-x', 'ana');
      activity.edited('presence-board-y', 'ana');
      activity.edited('presence-board-x', 'ben');
      activity.edited('presence-board-x', '');
      activity.edited('private-user-x', 'ana');
    }
    expect(told).toEqual(['ana x', 'ana y', 'ben x']);
    expect([...waiting.values()]).toEqual([EDITED_EVERY_MS, EDITED_EVERY_MS, EDITED_EVERY_MS]);
    pass();
    expect(told).toHaveLength(6);
    pass();
    expect(told).toHaveLength(6);
    activity.edited('presence-board-x', 'ana');
    expect(told).toHaveLength(7);
    activity.close();
    expect(waiting.size).toBe(0);
  });

  it('W4: where fifty edit at once, each is told of less often', () => {
    const rests: number[] = [];
    const timer: Timer = (ms) => {
      rests.push(ms);
      return () => {};
    };
    const activity = createBoardActivity(timer, () => {});
    for (let person = 1; person <= 50; person += 1) activity.edited('presence-board-x', `person ${person}`);
    activity.edited('presence-board-y', 'ana');
    expect([rests[0], rests[9], rests[49], rests[50]]).toEqual([5_000, 10_000, 50_000, 5_000]);
  });
});
