import type { Sequence } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { createPublisher } from './publisher.js';

/** How long a call to Pusher takes here: by then, whoever was told of may be told of again. */
const CALL_MS = 300;
const BOARDS = Array.from({ length: 30 }, (_, index) => `presence-board-busy${index}`);

describe('receipts of many boards', () => {
  it('L5: every board has its turn, also where calls are slower than the boards are busy', async () => {
    const told = new Map(BOARDS.map((board) => [board, 0]));
    let now = 0;
    let wake = (): void => {};
    let answer = (): void => {};
    const publisher = createPublisher({
      pusher: {
        triggerBatch(batch) {
          for (const { channel } of batch) told.set(channel, (told.get(channel) ?? 0) + 1);
          return new Promise<void>((resolve) => {
            answer = resolve;
          });
        },
      },
      clock: () => now,
      timer(_ms, work) {
        wake = work;
        return () => {};
      },
      onAnnounced: async () => {},
      onPublished: () => {},
      onFailure: () => {},
    });
    for (let call = 1; call <= 6; call += 1) {
      for (const channel of BOARDS)
        publisher.announce({ channel, epoch: 'e', head: call as Sequence, entries: [] });
      wake();
      now += CALL_MS;
      answer();
      await new Promise((resolve) => setImmediate(resolve));
    }
    // Ten in each call.
    expect([...told.values()]).toEqual(BOARDS.map(() => 2));
  });

  it('L5: a failed call is repeated a second later, also by a clock that was put back', async () => {
    let now = 3_600_000;
    const timers: { ms: number; work: () => void }[] = [];
    const publisher = createPublisher({
      pusher: { triggerBatch: () => Promise.reject(new Error('No such host.')) },
      clock: () => now,
      timer(ms, work) {
        timers.push({ ms, work });
        return () => {};
      },
      onAnnounced: async () => {},
      onPublished: () => {},
      onFailure() {
        now = 0;
      },
    });
    publisher.announce({ channel: BOARDS[0] as string, epoch: 'e', head: 1 as Sequence, entries: [] });
    timers[0]?.work();
    await new Promise((resolve) => setImmediate(resolve));
    publisher.announce({ channel: BOARDS[1] as string, epoch: 'e', head: 1 as Sequence, entries: [] });
    expect(timers.at(-1)?.ms).toBe(1_000);
  });
});
