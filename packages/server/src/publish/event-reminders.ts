import type { EventNotice } from '@inkwire/core';
import type { Timer } from './timer.js';

/** The last event of a channel is told of again after these times, in case word of it was lost on the way. */
export const REMIND_AFTER_MS = [2_000, 10_000] as const;

/** Says again which event was the last, without the event itself: whoever has it already need not read it twice. */
export interface EventReminders {
  told(channel: string, last: EventNotice): void;
  close(): void;
}

export const createEventReminders = (
  timer: Timer,
  send: (channel: string, notice: Omit<EventNotice, 'event'>) => void,
): EventReminders => {
  const waiting = new Map<string, () => void>();

  const cancel = (channel: string): void => {
    waiting.get(channel)?.();
    waiting.delete(channel);
  };

  return {
    told(channel, { epoch, seq }) {
      cancel(channel);
      const cancels = REMIND_AFTER_MS.map((ms) => timer(ms, () => send(channel, { epoch, seq })));
      const last = timer(Math.max(...REMIND_AFTER_MS), () => waiting.delete(channel));
      waiting.set(channel, () => {
        for (const off of [...cancels, last]) off();
      });
    },
    close() {
      for (const channel of [...waiting.keys()]) cancel(channel);
    },
  };
};
