import type { Sequence } from '@inkwire/core';
import type { Database } from './database.js';
import { type Folded, foldFurther, UnfoldableRow } from './fold.js';
import { FoldError, type RemoteDocument } from './fold-thread.js';
import type { Fold } from './quarantine.js';
import { dropRetired, dropUnserved, type Retention, retire } from './retention.js';
import { findSnapshot, type SnapshotInfo, sessionsUpTo } from './snapshot.js';
import { serveSnapshot, stageSnapshot } from './stage-snapshot.js';

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
 * arrive meanwhile lie above the snapshot and are not touched. The snapshot is stored piece by piece, and so is taken away
 * what it replaces; readers see one short transaction between the two. One process at a time works on a channel; another gets
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
    // What a compaction that was killed had stored.
    await dropUnserved(database, channel);
    const previous = await findSnapshot(database.query, channel, log.head);
    const folded = await purgeFolded(database, channel, await rules.fold(channel, log.head), rules);
    const update = await folded.doc.snapshot().finally(folded.doc.close);
    const seq = folded.seq as Sequence;
    const sessions = await sessionsUpTo(database.query, channel, seq);
    const snapshot = { seq, madeAt: now, length: update.length, sessions };
    await stageSnapshot(database, channel, snapshot, update);
    const floor = await serve(database, channel, snapshot, rules.retention);
    await dropRetired(database, channel, floor, now - rules.retention.keysMs);
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

/** The moment from which readers have the new snapshot; returns the floor of the log. */
const serve = (
  database: Database,
  channel: number,
  { seq, length, madeAt }: SnapshotInfo,
  retention: Retention,
): Promise<number> =>
  database.transaction(async (query) => {
    await serveSnapshot(query, channel, seq);
    const floor = await retire(query, channel, seq, retention, madeAt);
    // Last, since appends to the channel wait from here on until the transaction ends.
    await query(
      `update inkwire.channels set snapshot = $2, compacted_at = $3, floor = greatest(floor, $5), bytes = $4 + (
          select coalesce(sum(octet_length(body)), 0) from inkwire.entries where channel = $1 and seq > $2
        ) where id = $1`,
      [channel, seq, madeAt, length, floor],
    );
    return floor;
  });
