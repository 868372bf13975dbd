import type { LogHeader, Sequence, SessionId } from '@inkwire/core';
import type { Database, Statement } from './database.js';
import { findSnapshot, type SnapshotInfo, type SnapshotRow, snapshotOf } from './snapshot.js';

/** Which part of a log's past to read. */
export interface HistoryRequest {
  /** The answer lets the reader build the document at this sequence … */
  readonly from: number;
  /** … and at each one after it up to this. */
  readonly until: number;
}

/** What an answer consists of. */
export interface ReadPlan {
  readonly header: LogHeader;
  readonly snapshot: SnapshotInfo | undefined;
  /** The answer's rows lie after this sequence … */
  readonly start: number;
  /** … up to this. */
  readonly until: number;
}

/** A reader who is further behind the newest snapshot than this gets the snapshot: it is less than the rows. */
const MOST_ROWS_BEHIND = 2_000;

/**
 * Everything that goes before the rows after `$2`, as they were at one moment. With another epoch than `$3`, or a head
 * below `$2`, the read starts over. Whose the clientIDs are is told of those that wrote since, and of some that wrote
 * shortly before; with a snapshot, of all.
 */
const PLAN: Statement = {
  name: 'inkwire plan of a read',
  sql: `
  select c.epoch, c.head, place.after, newest.seq, newest.length, newest.made_at, newest.sessions, known.writers
  from inkwire.channels c
  cross join lateral (
    select case when $2 > c.head or $3 <> c.epoch then 0 else $2 end as after
  ) place
  left join lateral (
    select seq, length, made_at, sessions from inkwire.snapshots
    where channel = c.id and seq > place.after and is_served
      and (place.after = 0 or place.after < c.floor or c.snapshot - place.after > ${MOST_ROWS_BEHIND})
    order by seq desc limit 1
  ) newest on true
  cross join lateral (
    select coalesce(json_agg(json_build_array(client, user_id) order by client), '[]')::text as writers
    from inkwire.clients
    where channel = c.id and (place.after = 0 or newest.seq is not null or seq > place.after)
  ) known
  where c.id = $1`,
};

interface PlanRow extends SnapshotRow {
  epoch: string;
  head: Sequence;
  after: number;
  writers: string;
}

/** Plans the rows after `after`, or a snapshot and the rows after that, whichever is less. */
export const planRead = async (
  database: Database,
  channel: number,
  after: number,
  epoch: string | undefined,
): Promise<ReadPlan> => {
  const [row] = await database.run<PlanRow>(PLAN, [channel, after, epoch ?? null]);
  if (!row) throw new Error('The log has gone.');
  const snapshot = row.seq === null ? undefined : snapshotOf(row);
  const header: LogHeader = {
    epoch: row.epoch,
    head: row.head,
    writers: JSON.parse(row.writers),
    ...(snapshot ? { sessions: snapshot.sessions } : {}),
  };
  return { header, snapshot, start: snapshot?.seq ?? row.after, until: row.head };
};

/** Plans the nearest snapshot at or below `from`, and the rows up to `until`. */
export const planHistory = async (
  database: Database,
  channel: number,
  request: HistoryRequest,
): Promise<ReadPlan> => {
  const { epoch, head, floor } = await stateOf(database, channel);
  const until = Math.min(request.until, head);
  const from = Math.min(Math.max(request.from, floor), until);
  const snapshot = await findSnapshot(database.query, channel, from);
  const start = snapshot?.seq ?? 0;
  const header: LogHeader = {
    epoch,
    head,
    writers: await writersOf(database, channel),
    authors: await authorsBetween(database, channel, start, until),
    ...(snapshot ? { sessions: snapshot.sessions } : {}),
  };
  return { header, snapshot, start, until };
};

/** How a log stands. */
interface LogState {
  readonly epoch: string;
  readonly head: Sequence;
  readonly floor: number;
}

export const stateOf = async (database: Database, channel: number): Promise<LogState> => {
  const [log] = await database.query<LogState>(
    'select epoch, head, floor from inkwire.channels where id = $1',
    [channel],
  );
  if (!log) throw new Error('The log has gone.');
  return log;
};

/** Who stands behind all clientIDs that ever joined. */
export const writersOf = async (database: Database, channel: number): Promise<LogHeader['writers']> => {
  const rows = await database.query<{ client: number; user_id: string }>(
    'select client, user_id from inkwire.clients where channel = $1 order by client',
    [channel],
  );
  return rows.map((row) => [row.client, row.user_id]);
};

const authorsBetween = async (
  database: Database,
  channel: number,
  after: number,
  until: number,
): Promise<NonNullable<LogHeader['authors']>> => {
  const rows = await database.query<{ session: SessionId; user_id: string }>(
    `select s.session, s.user_id from inkwire.sessions s
      where s.channel = $1 and exists (
        select from inkwire.entries e
        where e.channel = $1 and e.session = s.session and e.seq > $2 and e.seq <= $3
      ) order by s.session`,
    [channel, after, until],
  );
  return rows.map((row) => [row.session, row.user_id]);
};
