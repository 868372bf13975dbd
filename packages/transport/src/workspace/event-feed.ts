import type { EventNotice, EventsAnswer, Sequence, WorkspaceEvent } from '@inkwire/core';
import type { Clock } from '../clock.js';
import { createJob, type Job } from '../feed/job.js';
import { isTemporary, TransportError, toTransportError } from '../transport-error.js';

/** How far a subscriber has come on a channel, as text that an app can keep. */
export type EventCursor = string;

export interface EventFeedOptions {
  readonly channel: string;
  /** Where to go on, or `start`; `null` for only what happens from now on. */
  readonly after: EventCursor | null;
  readonly read: (after: Sequence) => Promise<EventsAnswer>;
  /** Takes the next event; the one after it waits until this is done. */
  readonly deliver: (event: WorkspaceEvent, cursor: EventCursor) => void | Promise<void>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onError: (error: TransportError) => void;
}

/** The events of one channel, each exactly once and in order (E3). */
export interface EventFeed {
  /** Pusher brought an event, or word of one. */
  notice(notice: EventNotice): void;
  /** Something may have been missed. */
  refresh(): void;
  /** After the last event that was delivered; null before anything is known of the channel. */
  readonly cursor: EventCursor | null;
  stop(): void;
}

/** Events overtake each other on the way by less than this. */
const ORDER_GRACE_MS = 100;

/** How many events of an earlier history are recognized when a channel's log was restored from a backup. */
const REMEMBERED = 1_000;

/** How many events that came too early are kept; further ones are read again. */
const MAX_EARLY = 1_000;

const writeCursor = (epoch: string, seq: number): EventCursor => `${seq}.${epoch}`;

/** @throws {TransportError} with code `cursor` when it is none. */
const readCursor = (cursor: string): { epoch: string; seq: Sequence } => {
  const [, seq, epoch] = /^(\d{1,15})\.(.+)$/.exec(cursor) ?? [];
  if (seq === undefined || epoch === undefined)
    throw new TransportError(
      'cursor',
      `"${cursor}" is no cursor of an event; leave it out to begin with now.`,
    );
  return { epoch, seq: Number(seq) as Sequence };
};

export const createEventFeed = (options: EventFeedOptions): EventFeed => {
  const { channel, read, deliver, clock, random, onError } = options;
  const from = options.after === null || options.after === 'start' ? null : readCursor(options.after);
  let epoch = from?.epoch ?? '';
  let last = from?.seq ?? (0 as Sequence);
  let begun = options.after !== null;
  let stopped = false;
  const early = new Map<Sequence, WorkspaceEvent>();
  const delivered = new Set<string>();
  let delivering: Promise<void> = Promise.resolve();

  const hand = async (seq: Sequence, event: WorkspaceEvent, of: string): Promise<void> => {
    if (stopped || delivered.has(event.id)) return;
    delivered.add(event.id);
    for (const id of delivered) {
      if (delivered.size <= REMEMBERED) break;
      delivered.delete(id);
    }
    try {
      await deliver(event, writeCursor(of, seq));
    } catch (cause) {
      onError(
        new TransportError('handler', `A subscriber of ${channel} failed: ${String(cause)}`, { cause }),
      );
    }
  };

  const advance = (seq: Sequence, event: WorkspaceEvent): void => {
    last = seq;
    early.delete(seq);
    const of = epoch;
    delivering = delivering.then(() => hand(seq, event, of));
  };

  const advanceEarly = (): void => {
    for (let event = early.get((last + 1) as Sequence); event; event = early.get((last + 1) as Sequence))
      advance((last + 1) as Sequence, event);
  };

  const enter = (answer: EventsAnswer): void => {
    if (epoch !== '' && answer.epoch !== epoch) {
      // A restored history has the beginning of the one before; what was delivered of it is known by its ids.
      early.clear();
      last = Math.max(0, Math.min(last, answer.head) - REMEMBERED) as Sequence;
    } else if (!begun) last = answer.head;
    begun = true;
    epoch = answer.epoch;
  };

  const work = async (): Promise<void> => {
    for (;;) {
      const answer = await read(last);
      if (stopped) return;
      const before = { epoch, begun };
      enter(answer);
      if (before.epoch !== epoch && before.epoch !== '') continue;
      if (!before.begun) return;
      if (answer.floor > last) {
        const lost = answer.floor - last;
        last = answer.floor;
        onError(new TransportError('events_expired', `${lost} events of ${channel} are no longer kept.`));
      }
      for (const [seq, event] of answer.events) if (seq === last + 1) advance(seq, event);
      advanceEarly();
      if (last >= answer.head || answer.events.length === 0) return;
    }
  };

  const job: Job = createJob({
    clock,
    random,
    work,
    onFailure: (error) => {
      const failure = toTransportError(error);
      if (isTemporary(failure)) return failure.retryAfterMs;
      onError(failure);
      return failure.status === 401 ? 0 : null;
    },
  });
  job.run();

  return {
    notice: (notice) => {
      if (!begun || notice.epoch !== epoch) {
        job.run();
        return;
      }
      if (notice.seq <= last) return;
      if (notice.event && early.size < MAX_EARLY) early.set(notice.seq, notice.event);
      advanceEarly();
      if (notice.seq > last) job.run(ORDER_GRACE_MS);
      else if (early.size === 0) job.cancelRun();
    },
    refresh: () => job.hurry(),
    get cursor() {
      return epoch === '' ? null : writeCursor(epoch, last);
    },
    stop: () => {
      stopped = true;
      job.stop();
    },
  };
};
