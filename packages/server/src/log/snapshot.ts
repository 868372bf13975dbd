import type { Sequence, SessionId } from '@inkwire/core';
import type { Database, Query } from './database.js';
import { TrimmedError } from './rows.js';

/** Bytes of one stored part of a snapshot. */
const PART_BYTES = 1 << 20;

/** A document as it was at one sequence, and what goes with it. */
export interface SnapshotInfo {
  readonly seq: Sequence;
  /** Bytes of the update in V2 encoding. */
  readonly length: number;
  /** When it was made, in ms since the epoch. */
  readonly madeAt: number;
  /** The last `n` of each recent session that it holds. */
  readonly sessions: readonly (readonly [session: SessionId, n: number])[];
}

interface SnapshotRow {
  seq: Sequence;
  length: number;
  made_at: number;
  sessions: string;
}

/** The newest snapshot at or below `seq`, or undefined where there is none. */
export const findSnapshot = async (
  query: Query,
  channel: number,
  seq: number,
): Promise<SnapshotInfo | undefined> => {
  const [row] = await query<SnapshotRow>(
    `select seq, length, made_at, sessions from inkwire.snapshots
      where channel = $1 and seq <= $2 order by seq desc limit 1`,
    [channel, seq],
  );
  return row && { seq: row.seq, length: row.length, madeAt: row.made_at, sessions: JSON.parse(row.sessions) };
};

/** The last number of each session up to `seq`; keys are kept for long, so the recent sessions are all there. */
export const sessionsUpTo = async (
  query: Query,
  channel: number,
  seq: number,
): Promise<SnapshotInfo['sessions']> => {
  // A look at each session's last entries, where grouping all entries would take longer the longer the log is.
  const rows = await query<{ session: SessionId; n: number }>(
    `select s.session, newest.n from inkwire.sessions s, lateral (
        select n from inkwire.entries e
        where e.channel = s.channel and e.session = s.session and e.seq <= $2
        order by n desc limit 1
      ) newest where s.channel = $1`,
    [channel, seq],
  );
  return rows.map(({ session, n }) => [session, n]);
};

/** The bytes of a snapshot, part by part. */
export async function* readSnapshot(
  database: Database,
  channel: number,
  snapshot: SnapshotInfo,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  let length = 0;
  for (let part = 0; length < snapshot.length; part += 1) {
    const [row] = await database.query<{ body: Uint8Array<ArrayBuffer> }>(
      'select body from inkwire.snapshot_parts where channel = $1 and seq = $2 and part = $3',
      [channel, snapshot.seq, part],
    );
    if (!row) throw new TrimmedError(`its snapshot at ${snapshot.seq}`);
    length += row.body.length;
    yield row.body;
  }
}

export const storeSnapshot = async (
  query: Query,
  channel: number,
  snapshot: Omit<SnapshotInfo, 'length'>,
  update: Uint8Array,
): Promise<void> => {
  await query(
    `insert into inkwire.snapshots (channel, seq, made_at, length, sessions) values ($1, $2, $3, $4, $5)`,
    [channel, snapshot.seq, snapshot.madeAt, update.length, JSON.stringify(snapshot.sessions)],
  );
  for (let part = 0; part * PART_BYTES < update.length; part += 1)
    await query('insert into inkwire.snapshot_parts (channel, seq, part, body) values ($1, $2, $3, $4)', [
      channel,
      snapshot.seq,
      part,
      update.slice(part * PART_BYTES, (part + 1) * PART_BYTES),
    ]);
};
