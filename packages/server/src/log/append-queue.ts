import { type AppendAnswer, MAX_APPEND_BYTES, MAX_APPEND_ENTRIES } from '@inkwire/core';
import { type AppendedGroup, appendGroup, type Stored } from './append.js';
import type { Candidate } from './append-plan.js';
import type { Channels } from './channels.js';
import type { Database } from './database.js';

interface Waiting {
  readonly candidates: readonly Candidate[];
  resolve(answer: AppendAnswer): void;
  reject(error: unknown): void;
}

/** Appends to a channel one group after another; what arrives while one is stored makes up the next. */
export interface AppendQueue {
  append(channel: string, candidates: readonly Candidate[]): Promise<AppendAnswer>;
  /** Resolves when everything that was handed in so far is answered. */
  idle(): Promise<void>;
}

export const createAppendQueue = (
  database: Database,
  channels: Channels,
  clock: () => number,
  onStored: (stored: Stored) => void,
): AppendQueue => {
  const queues = new Map<string, Waiting[]>();
  const workers = new Map<string, Promise<void>>();

  const appendNext = async (channel: string, group: readonly Waiting[]): Promise<void> => {
    let appended: AppendedGroup;
    try {
      const state = await channels.open(channel);
      appended = await appendGroup(
        database,
        state,
        group.map((waiting) => waiting.candidates),
        clock(),
      );
    } catch (error) {
      // The transaction may or may not have happened: only the database knows now.
      channels.forget(channel);
      for (const waiting of group) waiting.reject(error);
      return;
    }
    if (appended.stored) onStored(appended.stored);
    for (const [index, waiting] of group.entries()) waiting.resolve(appended.answers[index] as AppendAnswer);
  };

  const work = async (channel: string, queue: Waiting[]): Promise<void> => {
    while (queue.length > 0) await appendNext(channel, takeGroup(queue));
    queues.delete(channel);
    workers.delete(channel);
  };

  return {
    append: (channel, candidates) =>
      new Promise((resolve, reject) => {
        const waiting = { candidates, resolve, reject };
        const queue = queues.get(channel);
        if (queue) queue.push(waiting);
        else {
          const fresh = [waiting];
          queues.set(channel, fresh);
          workers.set(channel, work(channel, fresh));
        }
      }),
    async idle() {
      await Promise.all(workers.values());
    },
  };
};

/** As many requests as one transaction should carry, at least one. */
const takeGroup = (queue: Waiting[]): Waiting[] => {
  let entries = 0;
  let bytes = 0;
  let count = 0;
  for (const { candidates } of queue) {
    entries += candidates.length;
    for (const { entry } of candidates) bytes += entry.update.length;
    if (count > 0 && (entries > MAX_APPEND_ENTRIES || bytes > MAX_APPEND_BYTES)) break;
    count += 1;
  }
  return queue.splice(0, count);
};
