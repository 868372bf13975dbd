import { LRUCache } from 'lru-cache';
import type { Database, Statement } from './database.js';
import type { SnapshotInfo } from './snapshot.js';

/** Reads one part of a snapshot, counted from 0; undefined where the snapshot has it no more. The bytes may be shared. */
export type ReadPart = (
  channel: number,
  snapshot: SnapshotInfo,
  part: number,
) => Promise<Uint8Array | undefined>;

const PART: Statement = {
  name: 'inkwire snapshot part',
  sql: 'select body from inkwire.snapshot_parts where channel = $1 and seq = $2 and part = $3',
};

export const partsIn =
  (database: Database): ReadPart =>
  async (channel, snapshot, part) => {
    const [row] = await database.readBytes(PART, [channel, snapshot.seq, part]);
    return row?.[0] ?? undefined;
  };

/** How much is kept in memory: a dozen boards of ten thousand strokes. */
const KEPT_BYTES = 16 << 20;

/** Longer snapshots are read each time: one of them would push out all others, and its own beginning by its end. */
const LONGEST_KEPT = KEPT_BYTES / 2;

/**
 * The same as `read`, which is asked once for what many read: a snapshot never changes, so those that were read last are
 * kept, and whoever wants the same part at the same time shares one answer.
 */
export const keepParts = (read: ReadPart): ReadPart => {
  type Wanted = Parameters<ReadPart>;
  const kept = new LRUCache<string, Uint8Array, Wanted>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ length }) => Math.max(1, length),
    fetchMethod: (_key, _stale, { context }) => read(...context),
    // A part that is pushed out while it is read still goes to those who wait for it.
    ignoreFetchAbort: true,
  });
  return (channel, snapshot, part) => {
    const { seq, madeAt, length } = snapshot;
    if (length > LONGEST_KEPT) return read(channel, snapshot, part);
    // With its time, so that a database that was restored under this process has other snapshots than before.
    const key = JSON.stringify([channel, seq, madeAt, length, part]);
    return kept.fetch(key, { context: [channel, snapshot, part] });
  };
};
