import type { Database, Query, Statement } from './database.js';
import { othersTurn } from './others-turn.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How long things are kept, in milliseconds. */
export interface Retention {
  /** Rows, dated snapshots and workspace events: how far back history can be replayed. Default 30 days. */
  readonly historyMs: number;
  /** Removed elements, until they are purged from the document. Default 30 days. */
  readonly removedMs: number;
  /** Keys of entries whose rows are gone, so that a late retry is answered with its exact place. Default 90 days. */
  readonly keysMs: number;
}

export const DEFAULT_RETENTION: Retention = {
  historyMs: 30 * DAY_MS,
  removedMs: 30 * DAY_MS,
  keysMs: 90 * DAY_MS,
};

/** Of the snapshots between the oldest and the newest, one a day is kept; younger ones may still be read by somebody. */
const EVERY_MS = DAY_MS;
const READ_MS = 60 * 60 * 1_000;

/**
 * Decides what is no longer read, given `snapshot`, the newest; {@link dropRetired} takes it away.
 *
 * The floor rises to the newest snapshot that is older than the history to keep: everything above it can be rebuilt from
 * it.
 *
 * @returns the floor
 */
export const retire = async (
  query: Query,
  channel: number,
  snapshot: number,
  retention: Retention,
  now: number,
): Promise<number> => {
  const [base] = await query<{ seq: number | null }>(
    'select max(seq) as seq from inkwire.snapshots where channel = $1 and seq <= $2 and made_at <= $3 and is_served',
    [channel, snapshot, now - retention.historyMs],
  );
  const floor = base?.seq ?? 0;
  await query(
    `update inkwire.snapshots s set is_served = false where channel = $1 and is_served and (
        seq < $2 or seq > $2 and seq < $3 and made_at < $4 and exists (
          select from inkwire.snapshots later
          where later.channel = s.channel and later.seq > s.seq and later.seq < $3 and later.is_served
            and later.made_at / $5::bigint = s.made_at / $5::bigint
        )
      )`,
    [channel, floor, snapshot, now - READ_MS, EVERY_MS],
  );
  return floor;
};

/** What one statement takes away: as little as lets others wait for a moment only. */
const PARTS = 16;
const ROWS = 1_000;
const BYTES = 4 << 20;

const DROP_PARTS: Statement = {
  name: 'inkwire drop snapshot parts',
  sql: `
  delete from inkwire.snapshot_parts p using (
    select channel, seq, part from inkwire.snapshot_parts
      where channel = $1 and seq in (select seq from inkwire.snapshots where channel = $1 and not is_served)
      limit ${PARTS}
    ) unserved
    where p.channel = unserved.channel and p.seq = unserved.seq and p.part = unserved.part
    returning p.part`,
};

/** Empties the next rows after $2 up to $3, and returns the last of them. */
const EMPTY_ROWS: Statement = {
  name: 'inkwire empty rows',
  sql: `
  with near as (
    select seq, sum(octet_length(body)) over (order by seq) as bytes, octet_length(body) as own
    from (
      select seq, body from inkwire.entries
      where channel = $1 and seq > $2 and seq <= $3
      order by seq limit ${ROWS}
    ) rows
  ), small as (
    select seq from near where coalesce(bytes - own, bytes, 0) < ${BYTES}
  ), emptied as (
    update inkwire.entries e set body = null, seal = null from small
      where e.channel = $1 and e.seq = small.seq and e.body is not null
  )
  select max(seq) as seq from small`,
};

/** Drops keys, and keeps how far their sessions and clients had come: first the lock, in whose order appends wait. */
const DROP_KEYS: Statement = {
  name: 'inkwire drop keys',
  sql: `
  with log as (
    select id from inkwire.channels where id = $1 for no key update
  ), old as (
    select e.channel, e.seq from log join inkwire.entries e on e.channel = log.id
      where e.seq <= $2 and e.appended_at < $3 and e.body is null
      order by e.seq limit ${ROWS}
  ), dropped as (
    delete from inkwire.entries e using old where e.channel = old.channel and e.seq = old.seq
      returning e.seq, e.session, e.n, e.client, e.clock
  ), kept_sessions as (
    update inkwire.sessions s set last = greatest(s.last, d.n)
      from (select session, max(n) as n from dropped group by session) d
      where s.channel = $1 and s.session = d.session
  ), kept_clients as (
    update inkwire.clients c set clock = greatest(c.clock, d.clock)
      from (select client, max(clock) as clock from dropped where client is not null group by client) d
      where c.channel = $1 and c.client = d.client
  )
  select seq from dropped`,
};

/**
 * Takes away what nobody is served any more, piece by piece: snapshots that were retired, or whose compaction was killed,
 * and the rows up to `floor`, which lose their bytes and keep their keys until those were appended before `keysBefore`.
 *
 * What it does not come to is left to the next compaction of the channel.
 */
export const dropRetired = async (
  database: Database,
  channel: number,
  floor: number,
  keysBefore: number,
): Promise<void> => {
  await dropUnserved(database, channel);
  let last: number | null = 0;
  while (last !== null && last < floor) {
    await othersTurn();
    const [emptied]: { seq: number | null }[] = await database.run(EMPTY_ROWS, [channel, last, floor]);
    last = emptied?.seq ?? null;
  }
  let dropped = ROWS;
  while (dropped === ROWS) {
    await othersTurn();
    dropped = (await database.run(DROP_KEYS, [channel, floor, keysBefore])).length;
  }
};

/** Takes away the snapshots that are not served, piece by piece. */
export const dropUnserved = async (database: Database, channel: number): Promise<void> => {
  let dropped = PARTS;
  while (dropped === PARTS) {
    await othersTurn();
    dropped = (await database.run(DROP_PARTS, [channel])).length;
  }
  await database.query('delete from inkwire.snapshots where channel = $1 and not is_served', [channel]);
};
