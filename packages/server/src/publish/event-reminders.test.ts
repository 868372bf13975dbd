import type { Sequence } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { createEventReminders } from './event-reminders.js';
import type { Timer } from './timer.js';

describe('event reminders', () => {
  it('E3: the last event of a channel is told of again after 2 s and 10 s, and no other', () => {
    const waiting = new Map<() => void, number>();
    const timer: Timer = (ms, work) => {
      waiting.set(work, ms);
      return () => waiting.delete(work);
    };
    const passTo = (time: number): void => {
      for (const [work, at] of [...waiting])
        if (at <= time) {
          waiting.delete(work);
          work();
        }
    };
    const sent: string[] = [];
    const reminders = createEventReminders(timer, (channel, notice) =>
      sent.push(`${channel} ${JSON.stringify(notice)}`),
    );
    const event = { id: 'a', type: 't', channel: 'x', actor: 'ana', at: 1 };
    for (const seq of [1, 2] as Sequence[]) reminders.told('x', { epoch: 'e', seq, event });
    reminders.told('y', { epoch: 'e', seq: 7 as Sequence });
    passTo(2_000);
    expect(sent).toEqual(['x {"epoch":"e","seq":2}', 'y {"epoch":"e","seq":7}']);
    passTo(10_000);
    expect(sent).toHaveLength(4);
    expect(waiting.size).toBe(0);
    reminders.told('x', { epoch: 'e', seq: 3 as Sequence });
    reminders.close();
    expect(waiting.size).toBe(0);
  });
});
