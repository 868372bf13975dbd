import type { Sequence, SessionId } from '@inkwire/core';
import type { Query } from './database.js';
import { TrimmedError } from './rows.js';
import type { ReadPart } from './snapshot-parts.js';

/** Bytes of one stored part of a snapshot: small enough that some can be made ready while one is sent. */
export const PART_BYTES = 256 << 10;

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

/** A snapshot as the database has it. */
export interface SnapshotRow {
  seq: Sequence;
  length: number;
  made_at: number;
  sessions: string;
}

export const snapshotOf = (row: SnapshotRow): SnapshotInfo => ({
  seq: row.seq,
  length: row.length,
  madeAt: row.made_at,
  sessions: JSON.parse(row.sessions),
});

/** The newest snapshot at or below `seq`, or undefined where there is none. */
export const findSnapshot = async (
  query: Query,
  channel: number,
  seq: number,
): Promise<SnapshotInfo | undefined> => {
  const [row] = await query<SnapshotRow>(
    `select seq, length, made_at, sessions from inkwire.snapshots
      where channel = $1 and seq <= $2 and is_served order by seq desc limit 1`,
    [channel, seq],
  );
  return row && snapshotOf(row);
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

/** So many parts are on their way at once: while one is used, a database makes the next ones ready. */
const AHEAD = 3;

/**
 * The bytes of a snapshot, part by part.
 *
 * @throws {TrimmedError} when it is being dropped
 */
export async function* readSnapshot(
  readPart: ReadPart,
  channel: number,
  snapshot: SnapshotInfo,
): AsyncGenerator<Uint8Array, void, void> {
  const coming: ReturnType<ReadPart>[] = [];
  let asked = 0;
  const ask = (): void => {
    const part = readPart(channel, snapshot, asked);
    // Whoever stops in between does not hear that it failed.
    part.catch(() => {});
    coming.push(part);
    asked += 1;
  };
  let length = 0;
  while (length < snapshot.length) {
    while (coming.length < AHEAD && asked * PART_BYTES < snapshot.length) ask();
    const body = await coming.shift();
    if (!body) throw new TrimmedError(`its snapshot at ${snapshot.seq}`);
    length += body.length;
    yield body;
  }
}
