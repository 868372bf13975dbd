import type { Sequence, SessionId } from '@inkwire/core';
import type { Database } from '../log/database.js';

/** Of what was stored but never announced, the newest entries go into the receipt; whoever misses more pulls. */
const MOST_ENTRIES = 200;

/** What a channel's subscribers have not been told. */
export interface Unannounced {
  readonly channel: string;
  readonly epoch: string;
  readonly head: Sequence;
  readonly entries: readonly (readonly [seq: Sequence, session: SessionId, n: number])[];
}

/** Notes how far each channel has been announced. */
export const markAnnounced = async (
  database: Database,
  heads: ReadonlyMap<string, Sequence>,
): Promise<void> => {
  await database.query(
    `update inkwire.channels c set announced = x.head
      from unnest($1::text[], $2::bigint[]) as x(name, head) where c.name = x.name and c.announced < x.head`,
    [[...heads.keys()], [...heads.values()]],
  );
};

/** What was appended before `before` and not announced, because the process that stored it ended first. */
export const findUnannounced = async (database: Database, before: number): Promise<Unannounced[]> => {
  const channels = await database.query<{
    id: number;
    name: string;
    epoch: string;
    head: Sequence;
    announced: number;
  }>(
    'select id, name, epoch, head, announced from inkwire.channels where announced < head and appended_at <= $1',
    [before],
  );
  const found: Unannounced[] = [];
  for (const { id, name, epoch, head, announced } of channels) {
    const rows = await database.query<{ seq: Sequence; session: SessionId; n: number }>(
      `select seq, session, n from inkwire.entries where channel = $1 and seq > $2 and seq <= $3
        order by seq desc limit ${MOST_ENTRIES}`,
      [id, announced, head],
    );
    const entries = rows.reverse().map(({ seq, session, n }) => [seq, session, n] as const);
    found.push({ channel: name, epoch, head, entries });
  }
  return found;
};
