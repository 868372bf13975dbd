import type { Query } from './database.js';

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
 * Drops what is older than the retention, up to `snapshot`, the newest.
 *
 * The floor rises to the newest snapshot that is older than the history to keep: everything above it can be rebuilt from
 * it. Rows up to the floor lose their bytes and keep their keys for a while.
 */
export const trim = async (
  query: Query,
  channel: number,
  snapshot: number,
  retention: Retention,
  now: number,
): Promise<void> => {
  const [base] = await query<{ seq: number | null }>(
    'select max(seq) as seq from inkwire.snapshots where channel = $1 and seq <= $2 and made_at <= $3',
    [channel, snapshot, now - retention.historyMs],
  );
  const floor = base?.seq ?? 0;
  await query('delete from inkwire.snapshots where channel = $1 and seq < $2', [channel, floor]);
  await query(
    `delete from inkwire.snapshots s where channel = $1 and seq > $2 and seq < $3 and made_at < $4
      and exists (
        select from inkwire.snapshots later
        where later.channel = s.channel and later.seq > s.seq and later.seq < $3
          and later.made_at / $5::bigint = s.made_at / $5::bigint
      )`,
    [channel, floor, snapshot, now - READ_MS, EVERY_MS],
  );
  await query(
    'update inkwire.entries set body = null, seal = null where channel = $1 and seq <= $2 and body is not null',
    [channel, floor],
  );
  await query('delete from inkwire.entries where channel = $1 and seq <= $2 and appended_at < $3', [
    channel,
    floor,
    now - retention.keysMs,
  ]);
  // Last, since appends to the channel wait from here on until the transaction ends.
  await query('update inkwire.channels set floor = greatest(floor, $2) where id = $1', [channel, floor]);
};
