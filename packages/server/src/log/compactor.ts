import type { Timer } from '../publish/timer.js';
import type { Channels } from './channels.js';
import { type Compaction, type CompactionRules, compactChannel } from './compact.js';
import type { Database } from './database.js';

/**
 * Beyond so many bytes since the last snapshot, or as many as that has, a log is compacted whatever the number of its
 * rows: so the writing of snapshots stays in proportion to the log.
 */
const MOST_BYTES = 8 << 20;

/**
 * After each compaction there is a rest of so many times its length: however fast people write, nine tenths of the
 * time are theirs alone. The rows that come meanwhile go into the next one all at once.
 */
const REST = 9;

/** Decides when logs are compacted, and does it beside the requests, one after another. */
export interface Compactor {
  /** Notes what a commit added to a channel's log. */
  note(channel: string, rows: number, bytes: number): void;
  /** Compacts a channel when it has at least `fewestRows` since its last snapshot. */
  request(channel: string, fewestRows: number): void;
  /** Compacts what has grown without this process noticing: after a restart, or through another process. */
  sweep(): Promise<void>;
  /** Finishes the compaction at hand; what else was requested is left to the next start. */
  close(): Promise<void>;
}

export interface CompactorOptions {
  readonly database: Database;
  readonly channels: Channels;
  /** Rows since the last snapshot that make a log worth compacting. */
  readonly afterRows: number;
  readonly timer: Timer;
  /** Milliseconds since any moment. Default: the time that the process is up. */
  readonly now?: () => number;
  readonly rulesOf: (channel: string) => CompactionRules;
  /** Told how each attempt ended. */
  readonly onCompacted: (channel: string, compaction: Compaction) => void;
  readonly onFailure: (channel: string, error: unknown) => void;
}

export const createCompactor = (options: CompactorOptions): Compactor => {
  const { database, channels, afterRows, timer, now = () => performance.now() } = options;
  const grown = new Map<string, { rows: number; bytes: number }>();
  const lengths = new Map<string, number>();
  const wanted = new Map<string, number>();
  let working: Promise<void> | null = null;
  let endRest = (): void => {};
  let isClosed = false;

  const compact = async (channel: string, fewestRows: number): Promise<void> => {
    try {
      const { id } = await channels.open(channel);
      const compaction = await compactChannel(database, id, fewestRows, options.rulesOf(channel));
      if (!compaction) return;
      if (compaction.length > MOST_BYTES) lengths.set(channel, compaction.length);
      options.onCompacted(channel, compaction);
    } catch (error) {
      options.onFailure(channel, error);
    }
  };

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = timer(ms, resolve);
      endRest = () => {
        cancel();
        resolve();
      };
    });

  const work = async (): Promise<void> => {
    for (let [next] = wanted; next; [next] = wanted) {
      const [channel, fewestRows] = next;
      wanted.delete(channel);
      grown.delete(channel);
      const started = now();
      await compact(channel, fewestRows);
      if (!isClosed) await rest(REST * (now() - started));
    }
    working = null;
  };

  const request = (channel: string, fewestRows: number): void => {
    if (isClosed) return;
    wanted.set(channel, Math.min(fewestRows, wanted.get(channel) ?? fewestRows));
    working ??= work();
  };

  return {
    note(channel, rows, bytes) {
      const growth = grown.get(channel) ?? { rows: 0, bytes: 0 };
      growth.rows += rows;
      growth.bytes += bytes;
      grown.set(channel, growth);
      // Some of these rows may be in a snapshot by now that was begun meanwhile; half of them are still worth another.
      if (growth.rows >= afterRows) request(channel, afterRows / 2);
      else if (growth.bytes >= (lengths.get(channel) ?? MOST_BYTES)) request(channel, 1);
    },
    request,
    async sweep() {
      const rows = await database.query<{ name: string }>(
        'select name from inkwire.channels where head - snapshot >= $1 limit 100',
        [afterRows],
      );
      for (const { name } of rows) request(name, afterRows);
    },
    async close() {
      isClosed = true;
      wanted.clear();
      endRest();
      await working;
    },
  };
};
