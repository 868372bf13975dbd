import type { Sequence } from '@inkwire/core';
import type { Database } from './database.js';
import { type Folded, foldFurther, UnfoldableRow } from './fold.js';
import { FoldError, type RemoteDocument } from './fold-thread.js';
import type { Fold } from './quarantine.js';
import { type Retention, trim } from './retention.js';
import { findSnapshot, type SnapshotInfo, sessionsUpTo, storeSnapshot } from './snapshot.js';

/** What a compaction did. */
export interface Compaction {
  readonly seq: Sequence;
  /** Rows that the new snapshot takes in. */
  readonly rows: number;
  /** Bytes of the new snapshot. */
  readonly length: number;
}

export interface CompactionRules {
  readonly fold: Fold;
  readonly retention: Retention;
  readonly clock: () => number;
  /**
   * Appends, as an entry like any other, the update that deletes what was removed before `before` from `doc`; returns
   * the entry's sequence, or null when there was nothing to purge.
   */
  purge(doc: RemoteDocument, before: number): Promise<Sequence | null>;
}

/**
 * Folds the log of a channel into a new snapshot and drops what is older than the retention.
 *
 * Everything comes from the log as it is stored, so what is folded is exactly what readers of the rows have. Rows that
 * arrive meanwhile lie above the snapshot and are not touched. One process at a time works on a channel; another gets
 * undefined, and so does who comes too early: fewer than `fewestRows` since the last snapshot.
 */
export const compactChannel = (
  database: Database,
  channel: number,
  fewestRows: number,
  rules: CompactionRules,
): Promise<Compaction | undefined> =>
  database.withLock(channel, false, async () => {
    const [log] = await database.query<{ head: Sequence; snapshot: Sequence }>(
      'select head, snapshot from inkwire.channels where id = $1',
      [channel],
    );
    if (!log || log.head - log.snapshot < fewestRows) return undefined;
    const now = rules.clock();
    const previous = await findSnapshot(database.query, channel, log.head);
    const folded = await purgeFolded(database, channel, await rules.fold(channel, log.head), rules);
    const update = await folded.doc.snapshot().finally(folded.doc.close);
    const seq = folded.seq as Sequence;
    const sessions = await sessionsUpTo(database.query, channel, seq);
    await swap(database, channel, { seq, madeAt: now, sessions }, update, rules.retention);
    return { seq, rows: seq - (previous?.seq ?? 0), length: update.length };
  });

const purgeFolded = async (
  database: Database,
  channel: number,
  folded: Folded,
  { fold, purge, clock, retention }: CompactionRules,
): Promise<Folded> => {
  try {
    const purged = await purge(folded.doc, clock() - retention.removedMs);
    return purged === null ? folded : await foldFurther(database, channel, folded, purged);
  } catch (error) {
    folded.doc.close();
    // What cannot be purged stays: the log is compacted all the same.
    if (error instanceof FoldError || error instanceof UnfoldableRow) return fold(channel, folded.seq);
    throw error;
  }
};

const swap = (
  database: Database,
  channel: number,
  snapshot: Omit<SnapshotInfo, 'length'>,
  update: Uint8Array,
  retention: Retention,
): Promise<void> =>
  database.transaction(async (query) => {
    await storeSnapshot(query, channel, snapshot, update);
    await trim(query, channel, snapshot.seq, retention, snapshot.madeAt);
    await query(
      `update inkwire.channels set snapshot = $2, compacted_at = $3, bytes = $4 + (
          select coalesce(sum(octet_length(body)), 0) from inkwire.entries where channel = $1 and seq > $2
        ) where id = $1`,
      [channel, snapshot.seq, snapshot.madeAt, update.length],
    );
  });
