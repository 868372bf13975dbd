import type { Database, Query, Statement } from './database.js';
import { othersTurn } from './others-turn.js';
import { PART_BYTES, type SnapshotInfo } from './snapshot.js';

const ADD_PART: Statement = {
  name: 'inkwire add snapshot part',
  sql: 'insert into inkwire.snapshot_parts (channel, seq, part, body) values ($1, $2, $3, $4)',
};

/**
 * Stores a snapshot part by part, each in a transaction of its own, so that nobody waits for more than one of them.
 * Nobody is served it before {@link serveSnapshot}.
 */
export const stageSnapshot = async (
  database: Database,
  channel: number,
  { seq, madeAt, sessions }: SnapshotInfo,
  update: Uint8Array,
): Promise<void> => {
  await database.query(
    `insert into inkwire.snapshots (channel, seq, made_at, length, sessions, is_served)
      values ($1, $2, $3, $4, $5, false)`,
    [channel, seq, madeAt, update.length, JSON.stringify(sessions)],
  );
  for (let part = 0; part * PART_BYTES < update.length; part += 1) {
    await othersTurn();
    const body = update.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
    await database.run(ADD_PART, [channel, seq, part, body]);
  }
};

/**
 * Has readers served the snapshot at `seq`, all at once.
 *
 * @throws when it is not stored as a whole
 */
export const serveSnapshot = async (query: Query, channel: number, seq: number): Promise<void> => {
  const served = await query(
    `update inkwire.snapshots s set is_served = true where channel = $1 and seq = $2 and length = (
        select coalesce(sum(octet_length(body)), 0) from inkwire.snapshot_parts p
        where p.channel = s.channel and p.seq = s.seq
      ) returning seq`,
    [channel, seq],
  );
  if (served.length === 0) throw new Error(`The snapshot at ${seq} is gone before it was served.`);
};
