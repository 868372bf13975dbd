import type { EventsAnswer, Sequence, WorkspaceEvent } from '@inkwire/core';
import type { Channels } from './channels.js';
import type { Database, Query } from './database.js';

/** One answer holds at most this much; the reader asks for the rest. */
const MOST_EVENTS = 200;
const MOST_BYTES = 1 << 20;

/** Where an event stands among those of its channel. */
export interface StoredEvent {
  readonly seq: Sequence;
  readonly event: WorkspaceEvent;
}

/** The durable, numbered workspace events of all channels. */
export interface EventLog {
  /** Stores the events of one channel in one transaction, each once, however often it is handed in with the same id. */
  store(channel: string, events: readonly WorkspaceEvent[]): Promise<StoredEvent[]>;
  /** Stores an event unless one of its type and actor is younger than `apartMs`; null then. */
  storeApart(event: WorkspaceEvent, apartMs: number): Promise<StoredEvent | null>;
  read(channel: string, after: number): Promise<EventsAnswer>;
  /** Drops events older than `before`. */
  trim(before: number): Promise<void>;
}

export const createEventLog = (database: Database, channels: Channels): EventLog => {
  /** Inserts what the channel has not; the events it has by these ids, in order of `events`. */
  const insert = async (
    query: Query,
    channel: number,
    events: readonly WorkspaceEvent[],
  ): Promise<StoredEvent[]> => {
    const ids = events.map(({ id }) => id);
    await query(
      `with given as (
          select distinct on (event_id) * from
            unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[])
            with ordinality as g (event_id, type, actor, at, body, place)
          order by event_id, place
        ), fresh as (
          select *, row_number() over (order by place) as number from given
          where not exists (select from inkwire.events e where e.channel = $1 and e.event_id = given.event_id)
        ), head as (
          update inkwire.channels set event_head = event_head + (select count(*) from fresh) where id = $1
          returning event_head - (select count(*) from fresh) as before
        )
        insert into inkwire.events (channel, seq, event_id, type, actor, at, body)
          select $1, head.before + number, event_id, type, actor, at, body from fresh, head`,
      [
        channel,
        ids,
        events.map(({ type }) => type),
        events.map(({ actor }) => actor),
        events.map(({ at }) => at),
        events.map((event) => JSON.stringify(event)),
      ],
    );
    const rows = await query<{ event_id: string; seq: Sequence; body: string }>(
      'select event_id, seq, body from inkwire.events where channel = $1 and event_id = any($2)',
      [channel, ids],
    );
    const stored = new Map(rows.map(({ event_id, seq, body }) => [event_id, { seq, body }]));
    return ids.map((id) => {
      const row = stored.get(id);
      if (!row) throw new Error(`The event ${id} was not stored.`);
      return { seq: row.seq, event: JSON.parse(row.body) };
    });
  };

  /** Runs `work` in a transaction that holds the channel, so that numbers are in order of commits. */
  const holding = async <T>(
    name: string,
    work: (query: Query, channel: number) => Promise<T>,
  ): Promise<T> => {
    const { id } = await channels.open(name);
    return database.transaction(async (query) => {
      await query('select from inkwire.channels where id = $1 for update', [id]);
      return work(query, id);
    });
  };

  return {
    store: (channel, events) => holding(channel, (query, id) => insert(query, id, events)),
    storeApart: (event, apartMs) =>
      holding(event.channel, async (query, id) => {
        const [younger] = await query(
          'select 1 from inkwire.events where channel = $1 and type = $2 and actor = $3 and at > $4 limit 1',
          [id, event.type, event.actor, event.at - apartMs],
        );
        if (younger) return null;
        const [stored] = await insert(query, id, [event]);
        return stored ?? null;
      }),
    async read(channel, after) {
      const { id } = await channels.open(channel);
      const [log] = await database.query<Pick<EventsAnswer, 'epoch' | 'head' | 'floor'>>(
        'select epoch, event_head as head, event_floor as floor from inkwire.channels where id = $1',
        [id],
      );
      if (!log) throw new Error(`The log of ${channel} has gone.`);
      const rows = await database.query<{ seq: Sequence; body: string }>(
        `select seq, body from inkwire.events where channel = $1 and seq > $2 and seq <= $3
          order by seq limit ${MOST_EVENTS}`,
        [id, after, log.head],
      );
      let bytes = 0;
      const fitting = rows.filter(({ body }, index) => {
        bytes += body.length;
        return index === 0 || bytes <= MOST_BYTES;
      });
      return { ...log, events: fitting.map(({ seq, body }) => [seq, JSON.parse(body)]) };
    },
    async trim(before) {
      await database.transaction(async (query) => {
        await query(
          `update inkwire.channels c set event_floor = old.seq
            from (select channel, max(seq) as seq from inkwire.events where at < $1 group by channel) old
            where c.id = old.channel and c.event_floor < old.seq and c.event_announced >= old.seq`,
          [before],
        );
        await query(
          `delete from inkwire.events e using inkwire.channels c where e.channel = c.id and e.seq <= c.event_floor`,
        );
      });
    },
  };
};
