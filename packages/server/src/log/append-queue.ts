import { type AppendAnswer, MAX_APPEND_BYTES, MAX_APPEND_ENTRIES } from '@inkwire/core';
import { type AppendedGroup, appendGroups, OvertakenError } from './append.js';
import type { Candidate } from './append-plan.js';
import type { Channels } from './channels.js';
import { type Database, sqlState } from './database.js';
import type { Stored } from './store.js';

interface Waiting {
  readonly candidates: readonly Candidate[];
  resolve(answer: AppendAnswer): void;
  reject(error: unknown): void;
}

/** Requests to one channel that go into one transaction. */
type Turn = readonly [channel: string, requests: readonly Waiting[]];

/** So many entries are worth a transaction of their own, beside others that are under way. */
const FEWEST_ENTRIES = 50;

/**
 * Appends in groups: what arrives while transactions are under way makes up the next one, whichever channels it is for.
 * A channel has one transaction at a time, so its requests keep their order. No transaction takes the work of all lanes:
 * one would wait for the database then while nobody works here, and have everybody's next requests at once afterwards.
 */
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
  const busy = new Set<string>();
  const working = new Set<Promise<void>>();
  /** Entries that wait or are being stored. */
  let open = 0;
  let isPlanned = false;

  const appendTurns = async (turns: readonly Turn[]): Promise<void> => {
    let appended: AppendedGroup[];
    try {
      const groups = [];
      for (const [channel, requests] of turns)
        groups.push({
          state: await channels.open(channel),
          requests: requests.map(({ candidates }) => candidates),
        });
      appended = await appendGroups(database, groups, clock());
    } catch (error) {
      // The transaction may or may not have happened: only the database knows now.
      for (const [channel] of turns) channels.forget(channel);
      // No channel answers for another's trouble.
      if (turns.length > 1 && (error instanceof OvertakenError || sqlState(error) !== undefined))
        for (const turn of turns) await appendTurns([turn]);
      else for (const [, requests] of turns) for (const { reject } of requests) reject(error);
      return;
    }
    for (const [index, [, requests]] of turns.entries()) {
      const { stored, answers } = appended[index] as AppendedGroup;
      if (stored) onStored(stored);
      for (const [place, { resolve }] of requests.entries()) resolve(answers[place] as AppendAnswer);
    }
  };

  /** As many requests as one transaction should carry, at least one. */
  const takeTurns = (): Turn[] => {
    const room = { entries: MAX_APPEND_ENTRIES, bytes: MAX_APPEND_BYTES };
    const share = Math.max(FEWEST_ENTRIES, open / database.lanes);
    const turns: Turn[] = [];
    for (const [channel, queue] of queues) {
      if (busy.has(channel)) continue;
      if (MAX_APPEND_ENTRIES - room.entries >= share) break;
      const requests = takeFitting(queue, room, turns.length === 0);
      if (requests.length > 0) turns.push([channel, requests]);
      if (queue.length > 0) break;
      queues.delete(channel);
    }
    return turns;
  };

  const work = async (turns: readonly Turn[]): Promise<void> => {
    for (const [channel] of turns) busy.add(channel);
    await appendTurns(turns);
    for (const [channel, requests] of turns) {
      busy.delete(channel);
      open -= entriesIn(requests);
    }
  };

  const start = (): void => {
    isPlanned = false;
    while (working.size < database.lanes) {
      const turns = takeTurns();
      if (turns.length === 0) return;
      const turn = work(turns).finally(() => {
        working.delete(turn);
        plan();
      });
      working.add(turn);
    }
  };

  /** Starts once everything is here that has arrived at this moment. */
  const plan = (): void => {
    if (isPlanned || queues.size === 0 || working.size >= database.lanes) return;
    isPlanned = true;
    setImmediate(start);
  };

  return {
    append: (channel, candidates) =>
      new Promise((resolve, reject) => {
        const queue = queues.get(channel) ?? [];
        queue.push({ candidates, resolve, reject });
        open += candidates.length;
        queues.set(channel, queue);
        plan();
      }),
    async idle() {
      while (queues.size > 0 || working.size > 0) {
        await Promise.all(working);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
};

const entriesIn = (requests: readonly Waiting[]): number =>
  requests.reduce((entries, { candidates }) => entries + candidates.length, 0);

/** Takes requests off the front of `queue` as long as they fit into `room`; the first one of all always does. */
const takeFitting = (
  queue: Waiting[],
  room: { entries: number; bytes: number },
  isFirst: boolean,
): Waiting[] => {
  let count = 0;
  for (const { candidates } of queue) {
    room.entries -= candidates.length;
    for (const { entry } of candidates) room.bytes -= entry.update.length;
    if ((room.entries < 0 || room.bytes < 0) && !(isFirst && count === 0)) break;
    count += 1;
  }
  return queue.splice(0, count);
};
