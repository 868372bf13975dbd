import type Pusher from 'pusher';
import type { Database } from '../log/database.js';
import type { Stored } from '../log/store.js';
import { findUnannounced, markAnnounced } from './announced.js';
import { createEventPublisher } from './event-publisher.js';
import { createPublisher } from './publisher.js';
import type { Timer } from './timer.js';

/** Tells subscribers through Pusher what was stored: never before, and never not at all. */
export interface Announcements {
  /** Announces entries by a receipt. */
  stored(stored: Stored): void;
  /** Announces the workspace events of a channel. */
  eventStored(channel: string): void;
  /** Announces what was stored before `before` and never announced, by whichever process. */
  recover(before: number): Promise<void>;
  /** Sends what is due once more, and stops. */
  close(): Promise<void>;
}

export interface AnnouncementsOptions {
  readonly database: Database;
  readonly pusher: Pusher;
  readonly clock: () => number;
  readonly timer: Timer;
  /** Told how many went out in a call, and how long that took. */
  readonly onPublished: (kind: 'receipt' | 'event', count: number, seconds: number) => void;
  /** Told of a failed call to Pusher, and when it is repeated. */
  readonly onFailure: (error: unknown, retryInMs: number) => void;
  /** Told when the database could not note what was announced; it will be announced again. */
  readonly onUnnoted: (error: unknown) => void;
}

export const createAnnouncements = (options: AnnouncementsOptions): Announcements => {
  const { database, pusher, clock, timer, onPublished, onFailure, onUnnoted } = options;
  const receipts = createPublisher({
    pusher,
    clock,
    timer,
    onAnnounced: (heads) => markAnnounced(database, heads).catch(onUnnoted),
    onPublished: (count, seconds) => onPublished('receipt', count, seconds),
    onFailure,
  });
  const events = createEventPublisher({
    database,
    pusher,
    timer,
    onPublished: (count, seconds) => onPublished('event', count, seconds),
    onFailure,
  });
  return {
    stored({ channel, epoch, head, entries }) {
      receipts.announce({
        channel,
        epoch,
        head,
        entries: entries.map(([seq, { session, n }]) => [seq, session, n]),
      });
    },
    eventStored: events.announce,
    async recover(before) {
      for (const unannounced of await findUnannounced(database, before)) receipts.announce(unannounced);
      await events.recover(before);
    },
    async close() {
      await Promise.all([receipts.close(), events.close()]);
    },
  };
};
