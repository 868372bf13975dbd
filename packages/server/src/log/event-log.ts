import { isDeepStrictEqual } from 'node:util';
import type { EventsAnswer, Sequence, WorkspaceEvent } from '@inkwire/core';
import { InkwireRefusal } from '../refusal.js';
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
  /**
   * Stores the events of one channel in one transaction, each once, however often it is handed in with the same id.
   *
   * @throws {InkwireRefusal} `event_taken` when another event has the id of one of them; then none is stored
   */
  store(channel: string, events: readonly WorkspaceEvent[]): Promise<StoredEvent[]>;
  /** Stores an event unless one of its type and actor is younger than `apartMs`; null then. */
  storeApart(event: WorkspaceEvent, apartMs: number): Promise<StoredEvent | null>;
  read(channel: string, after: number): Promise<EventsAnswer>;
  /** Drops events older than `before`. */
  trim(before: number): Promise<void>;
}

/** An event as it is stored, and read again. */
interface WrittenEvent {
  readonly event: WorkspaceEvent;
  readonly body: string;
}

const write = (event: WorkspaceEvent): WrittenEvent => {
  const body = JSON.stringify(event);
  return { event: JSON.parse(body), body };
};

/** Whether it is the same event again: only the time is that of the call. */
const isRetry = (event: WorkspaceEvent, first: WorkspaceEvent): boolean =>
  isDeepStrictEqual({ ...event, at: first.at }, first);

const refuseTaken = (id: string): InkwireRefusal =>
  new InkwireRefusal(
    'event_taken',
    `The channel has another event of the id ${id}: give this one an id of its own, or none.`,
  );

export const createEventLog = (database: Database, channels: Channels): EventLog => {
  /** Stores events whose ids the channel has not, under the numbers that follow its last one. */
  const insert = async (
    query: Query,
    channel: number,
    written: readonly WrittenEvent[],
  ): Promise<StoredEvent[]> => {
    const events = written.map(({ event }) => event);
    const [head] = await query<{ before: number }>(
      `with head as (
          update inkwire.channels set event_head = event_head + cardinality($2::text[]) where id = $1
          returning event_head - cardinality($2::text[]) as before
        ), stored as (
          insert into inkwire.events (channel, seq, event_id, type, actor, at, body)
            select $1, head.before + place, event_id, type, actor, at, body
              from head, unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[])
              with ordinality as x(event_id, type, actor, at, body, place)
        )
        select before from head`,
      [
        channel,
        events.map(({ id }) => id),
        events.map(({ type }) => type),
        events.map(({ actor }) => actor),
        events.map(({ at }) => at),
        written.map(({ body }) => body),
      ],
    );
    if (!head) throw new Error(`The channel ${channel} has gone.`);
    return events.map((event, index) => ({ seq: (head.before + index + 1) as Sequence, event }));
  };

  /** Stores those of the events that the channel has not; nothing where one of them has the id of another. */
  const insertNew = async (
    query: Query,
    channel: number,
    written: readonly WrittenEvent[],
  ): Promise<StoredEvent[] | InkwireRefusal> => {
    const rows = await query<{ seq: Sequence; body: string }>(
      'select seq, body from inkwire.events where channel = $1 and event_id = any($2)',
      [channel, written.map(({ event }) => event.id)],
    );
    const stored = new Map<string, StoredEvent>();
    const note = (one: StoredEvent): unknown => stored.set(one.event.id, one);
    for (const { seq, body } of rows) note({ seq, event: JSON.parse(body) });
    const fresh = new Map<string, WrittenEvent>();
    for (const one of written) {
      const { id } = one.event;
      const first = stored.get(id) ?? fresh.get(id);
      if (!first) fresh.set(id, one);
      else if (!isRetry(one.event, first.event)) return refuseTaken(id);
    }
    if (fresh.size > 0) for (const one of await insert(query, channel, [...fresh.values()])) note(one);
    return written.map(({ event }) => {
      const one = stored.get(event.id);
      if (!one) throw new Error(`The event ${event.id} was not stored.`);
      return one;
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
    async store(channel, events) {
      const written = events.map(write);
      const stored = await holding(channel, (query, id) => insertNew(query, id, written));
      // It is no error of the transaction, which would cost the database its connection.
      if (stored instanceof InkwireRefusal) throw stored;
      return stored;
    },
    storeApart: (event, apartMs) =>
      holding(event.channel, async (query, id) => {
        const [younger] = await query(
          'select 1 from inkwire.events where channel = $1 and type = $2 and actor = $3 and at > $4 limit 1',
          [id, event.type, event.actor, event.at - apartMs],
        );
        if (younger) return null;
        const [stored] = await insert(query, id, [write(event)]);
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
      await database.longTransaction(async (query) => {
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
