import { type EventNotice, type Sequence, WORKSPACE_EVENT } from '@inkwire/core';
import type Pusher from 'pusher';
import type { Database } from '../log/database.js';
import { createBackoff } from './backoff.js';
import { createEventReminders } from './event-reminders.js';
import type { Timer } from './timer.js';

/** Pusher takes at most this many events in one call, and 10,240 bytes in one event. */
const BATCH = 10;
const MOST_BYTES = 10_000;

/** Tells the channels' subscribers of stored workspace events, in order, from the database: so none is ever forgotten. */
export interface EventPublisher {
  /** Sends what the channel has stored and not announced. */
  announce(channel: string): void;
  /** Takes up what another process, or an earlier life of this one, stored before `before` and did not announce. */
  recover(before: number): Promise<void>;
  /** Finishes the attempt at hand and stops. */
  close(): Promise<void>;
}

export interface EventPublisherOptions {
  readonly database: Database;
  readonly pusher: Pusher;
  readonly timer: Timer;
  /** Told how many events went out in a call, and how long that took. */
  readonly onPublished: (events: number, seconds: number) => void;
  /** Told why an attempt failed; it is repeated after 1, 2, 4 … 30 s. */
  readonly onFailure: (error: unknown, retryInMs: number) => void;
}

interface EventRow {
  name: string;
  epoch: string;
  seq: Sequence;
  body: string;
}

export const createEventPublisher = (options: EventPublisherOptions): EventPublisher => {
  const { database, pusher, timer } = options;
  const waiting = new Set<string>();
  const backoff = createBackoff();
  let working: Promise<void> | null = null;
  let closed = false;
  let endPause = (): void => {};
  const reminders = createEventReminders(timer, (channel, notice) => {
    // Whoever misses this too is told by the next event, or when they connect again.
    pusher.trigger(channel, WORKSPACE_EVENT, notice).catch(() => {});
  });

  /** Sends the first events of each of up to ten channels; which of them may have more. */
  const sendBatch = async (channels: readonly string[]): Promise<Iterable<string>> => {
    const rows = await database.query<EventRow>(
      `select c.name, c.epoch, e.seq, e.body from inkwire.channels c cross join lateral (
          select seq, body from inkwire.events where channel = c.id and seq > c.event_announced
          order by seq limit ${BATCH}
        ) e
        where c.name = any($1) order by e.seq - c.event_announced, c.id limit ${BATCH}`,
      [channels],
    );
    if (rows.length === 0) return [];
    const started = performance.now();
    await pusher.triggerBatch(
      rows.map((row) => ({ channel: row.name, name: WORKSPACE_EVENT, data: noticeOf(row) })),
    );
    const seconds = (performance.now() - started) / 1_000;
    const heads = new Map(rows.map(({ name, seq }) => [name, seq]));
    for (const { name, epoch, seq } of rows)
      if (seq === heads.get(name)) reminders.told(name, { epoch, seq });
    await database.query(
      `update inkwire.channels c set event_announced = x.seq
        from unnest($1::text[], $2::bigint[]) as x(name, seq) where c.name = x.name and c.event_announced < x.seq`,
      [[...heads.keys()], [...heads.values()]],
    );
    options.onPublished(rows.length, seconds);
    return rows.length === BATCH ? heads.keys() : [];
  };

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = timer(ms, resolve);
      endPause = () => {
        cancel();
        resolve();
      };
    });

  const work = async (): Promise<void> => {
    while (waiting.size > 0 && !closed) {
      // In turns, so that a channel of which much is told keeps nobody waiting.
      const channels = [...waiting].slice(0, BATCH);
      for (const channel of channels) waiting.delete(channel);
      try {
        for (const channel of await sendBatch(channels)) waiting.add(channel);
        backoff.succeeded();
      } catch (error) {
        for (const channel of channels) waiting.add(channel);
        const ms = backoff.failed();
        options.onFailure(error, ms);
        if (!closed) await pause(ms);
      }
    }
    working = null;
  };

  const announce = (channel: string): void => {
    if (closed) return;
    waiting.add(channel);
    working ??= work();
  };

  return {
    announce,
    async recover(before) {
      const rows = await database.query<{ name: string }>(
        `select name from inkwire.channels c where event_announced < event_head and exists (
            select from inkwire.events e where e.channel = c.id and e.seq > c.event_announced and e.at <= $1
          )`,
        [before],
      );
      for (const { name } of rows) announce(name);
    },
    async close() {
      closed = true;
      endPause();
      await working;
      reminders.close();
    },
  };
};

const noticeOf = ({ epoch, seq, body }: EventRow): string => {
  const notice: EventNotice = { epoch, seq, event: JSON.parse(body) };
  const text = JSON.stringify(notice);
  return Buffer.byteLength(text) <= MOST_BYTES ? text : JSON.stringify({ epoch, seq });
};
