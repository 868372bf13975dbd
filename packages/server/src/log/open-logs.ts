import type { Seals } from '../access/seals.js';
import type { Timer } from '../publish/timer.js';
import { createAppendQueue } from './append-queue.js';
import { type ChannelLog, createChannelLog } from './channel-log.js';
import { createChannels } from './channels.js';
import type { Compaction } from './compact.js';
import { type Compactor, createCompactor } from './compactor.js';
import type { Database } from './database.js';
import { noticeRestore, renewEpochs } from './epoch.js';
import { createEventLog, type EventLog } from './event-log.js';
import { createFoldThread } from './fold-thread.js';
import { openDatabase } from './open-database.js';
import { createPurge } from './purge.js';
import { createFold, type Quarantined } from './quarantine.js';
import type { Retention } from './retention.js';
import type { Stored } from './store.js';

/** Everything that is kept, and what keeps it in order. */
export interface Logs {
  readonly database: Database;
  readonly log: ChannelLog;
  readonly events: EventLog;
  readonly compactor: Compactor;
  /** Finishes what is under way and closes the database. */
  close(): Promise<void>;
}

export interface LogsOptions {
  /** A folder, or a `postgres://` address. */
  readonly location: string;
  /** After which a statement is given up that PostgreSQL does not answer. */
  readonly timeoutMs: number;
  /** Whether the database was restored from a backup since the last start. */
  readonly restored: boolean;
  readonly seals: Seals;
  readonly retention: Retention;
  readonly compactAfterEntries: number;
  readonly clock: () => number;
  readonly timer: Timer;
  /** Told after each commit, in the order of each channel's log. */
  readonly onStored: (stored: Stored) => void;
  readonly onCompacted: (channel: string, compaction: Compaction) => void;
  readonly onCompactionFailed: (channel: string, error: unknown) => void;
  /** Told of rows that were made harmless. */
  readonly onQuarantined: (quarantined: Quarantined) => void;
}

export const openLogs = async (options: LogsOptions): Promise<Logs> => {
  const { seals, retention, clock, timer } = options;
  const database = await openDatabase(options.location, options.timeoutMs);
  if (options.restored) await renewEpochs(database);
  await noticeRestore(database);
  const channels = createChannels(database);
  const queue = createAppendQueue(database, channels, clock, (stored) => {
    let bytes = 0;
    for (const [, { update }] of stored.entries) bytes += update.length;
    compactor.note(stored.channel, stored.entries.length, bytes);
    options.onStored(stored);
  });
  const thread = createFoldThread();
  const fold = createFold(database, thread, options.onQuarantined);
  const purge = createPurge({ database, channels, queue, seals, clock });
  const compactor = createCompactor({
    database,
    channels,
    afterRows: options.compactAfterEntries,
    timer,
    rulesOf: (channel) => ({
      fold,
      retention,
      clock,
      purge: (doc, before) => purge(channel, doc, before),
    }),
    onCompacted: options.onCompacted,
    onFailure: options.onCompactionFailed,
  });
  return {
    database,
    log: createChannelLog(database, channels, queue, fold, clock),
    events: createEventLog(database, channels),
    compactor,
    async close() {
      await queue.idle();
      await compactor.close();
      await queue.idle();
      await thread.close();
      await database.close();
    },
  };
};
