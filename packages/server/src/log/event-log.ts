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
  /** Stores an event once, however often it is handed in with the same id. */
  store(event: WorkspaceEvent): Promise<StoredEvent>;
  /** Stores an event unless one of its type and actor is younger than `apartMs`; null then. */
  storeApart(event: WorkspaceEvent, apartMs: number): Promise<StoredEvent | null>;
  read(channel: string, after: number): Promise<EventsAnswer>;
  /** Drops events older than `before`. */
  trim(before: number): Promise<void>;
}

export const createEventLog = (database: Database, channels: Channels): EventLog => {
  const storeIf = async (
    event: WorkspaceEvent,
    condition: (query: Query, channel: number) => Promise<boolean>,
  ): Promise<StoredEvent | null> => {
    const { id } = await channels.open(event.channel);
    return database.transaction(async (query) => {
      await query('select from inkwire.channels where id = $1 for update', [id]);
      const [known] = await query<{ seq: Sequence; body: string }>(
        'select seq, body from inkwire.events where channel = $1 and event_id = $2',
        [id, event.id],
      );
      if (known) return { seq: known.seq, event: JSON.parse(known.body) };
      if (!(await condition(query, id))) return null;
      const [head] = await query<{ seq: Sequence }>(
        'update inkwire.channels set event_head = event_head + 1 where id = $1 returning event_head as seq',
        [id],
      );
      if (!head) throw new Error(`The log of ${event.channel} has gone.`);
      await query(
        `insert into inkwire.events (channel, seq, event_id, type, actor, at, body)
          values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, head.seq, event.id, event.type, event.actor, event.at, JSON.stringify(event)],
      );
      return { seq: head.seq, event };
    });
  };

  return {
    async store(event) {
      const stored = await storeIf(event, async () => true);
      if (!stored) throw new Error('An unconditional event was not stored.');
      return stored;
    },
    storeApart: (event, apartMs) =>
      storeIf(event, async (query, channel) => {
        const younger = await query(
          'select from inkwire.events where channel = $1 and type = $2 and actor = $3 and at > $4 limit 1',
          [channel, event.type, event.actor, event.at - apartMs],
        );
        return younger.length === 0;
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
