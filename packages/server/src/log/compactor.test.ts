import { expect, it } from 'vitest';
import type { Timer } from '../publish/timer.js';
import { createChannels } from './channels.js';
import type { CompactionRules } from './compact.js';
import { createCompactor } from './compactor.js';
import type { Database } from './database.js';

const COMPACTION_MS = 100;

/** Knows every channel, and has each compaction of one take its time and then say that there is nothing to do. */
const createIdleDatabase = (work: () => void): Database => {
  const query = async (): Promise<never[]> => [{ id: 1, bytes: 0 } as never];
  return {
    query,
    run: query,
    readBytes: async () => [],
    lanes: 1,
    async script() {},
    transaction: (inside) => inside(query),
    longTransaction: (inside) => inside(query),
    async withLock() {
      work();
      return undefined;
    },
    async close() {},
  };
};

it('L6: rests nine times as long as a compaction took, and is through at once when it is closed', async () => {
  let time = 0;
  let compactions = 0;
  const rests: { readonly ms: number; readonly end: () => void }[] = [];
  const timer: Timer = (ms, end) => {
    rests.push({ ms, end });
    return () => {};
  };
  const database = createIdleDatabase(() => {
    compactions += 1;
    time += COMPACTION_MS;
  });
  const compactor = createCompactor({
    database,
    channels: createChannels(database),
    afterRows: 10,
    timer,
    now: () => time,
    rulesOf: () => ({}) as CompactionRules,
    onCompacted() {},
    onFailure(_channel, error) {
      throw error;
    },
  });
  compactor.note('presence-board-a', 10, 1);
  await expect.poll(() => rests.map(({ ms }) => ms), { interval: 1 }).toEqual([9 * COMPACTION_MS]);

  // Two more channels have grown enough: neither has its turn before the rest is over.
  compactor.note('presence-board-b', 10, 1);
  compactor.note('presence-board-c', 10, 1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(compactions).toBe(1);
  rests[0]?.end();
  await expect.poll(() => rests.length, { interval: 1 }).toBe(2);
  expect(compactions).toBe(2);

  await compactor.close();
  compactor.note('presence-board-d', 10, 1);
  expect([compactions, rests.length]).toEqual([2, 2]);
});
