import { RECEIPT_EVENT, type Receipt, type Sequence } from '@inkwire/core';
import type Pusher from 'pusher';
import type { Unannounced } from './announced.js';
import { createBackoff } from './backoff.js';
import { type ChannelReceipts, createChannelReceipts } from './receipts.js';
import type { Timer } from './timer.js';

/** Pusher takes at most this many events in one call. */
const BATCH = 10;

/** Tells the channels' subscribers what their logs took. */
export interface Publisher {
  /** Announces what a commit stored; called after the commit, never before. */
  announce(stored: Unannounced): void;
  /** Sends what waits, without further attempts, and stops. */
  close(): Promise<void>;
}

export interface PublisherOptions {
  readonly pusher: { triggerBatch(batch: Pusher.BatchEvent[]): Promise<unknown> };
  readonly clock: () => number;
  readonly timer: Timer;
  /** Told what has been announced, so that a restart knows what has not; must not reject. */
  readonly onAnnounced: (heads: ReadonlyMap<string, Sequence>) => Promise<void>;
  /** Told how many receipts went out in a call, and how long that took. */
  readonly onPublished: (receipts: number, seconds: number) => void;
  /** Told why a call to Pusher failed; it is repeated after 1, 2, 4 … 30 s. */
  readonly onFailure: (error: unknown, retryInMs: number) => void;
}

/** One loop for all channels: it sends what is due in batches, and waits for the next time. */
export const createPublisher = (options: PublisherOptions): Publisher => {
  const { pusher, clock, timer } = options;
  const channels = new Map<string, ChannelReceipts>();
  let cancelTimer = (): void => {};
  let wakeAt = Number.POSITIVE_INFINITY;
  let sending: Promise<void> | null = null;
  let retryAt = Number.NEGATIVE_INFINITY;
  let retryAfter = 0;
  const backoff = createBackoff();
  let closed = false;

  const wake = (due: number): void => {
    if (sending || closed || due >= wakeAt) return;
    cancelTimer();
    wakeAt = due;
    const now = clock();
    // The clock may have been put back since the last attempt.
    const pause = Math.min(retryAfter, retryAt - now);
    cancelTimer = timer(Math.max(0, due - now, pause), () => {
      wakeAt = Number.POSITIVE_INFINITY;
      sending = sendDue().finally(() => {
        sending = null;
        wake(nextDue());
      });
    });
  };

  const nextDue = (): number => {
    let next = Number.POSITIVE_INFINITY;
    for (const [channel, receipts] of channels) {
      const due = receipts.due();
      if (due === null) channels.delete(channel);
      else next = Math.min(next, due);
    }
    return next;
  };

  const sendDue = async (): Promise<void> => {
    const now = clock();
    // Who has waited longest first: where calls are slower than boards are busy, every board has its turn.
    const due = [...channels]
      .map((entry) => ({ entry, at: entry[1].due() ?? Number.POSITIVE_INFINITY }))
      .filter(({ at }) => at <= now)
      .sort((one, other) => one.at - other.at)
      .slice(0, BATCH);
    await send(
      due.map(({ entry }) => entry),
      now,
    );
  };

  const send = async (due: readonly (readonly [string, ChannelReceipts])[], now: number): Promise<void> => {
    if (due.length === 0) return;
    const receipts = due.map(([channel, waiting]): [string, Receipt] => [channel, waiting.take(now)]);
    const started = performance.now();
    try {
      await pusher.triggerBatch(
        receipts.map(([channel, receipt]) => ({
          channel,
          name: RECEIPT_EVENT,
          data: JSON.stringify(receipt),
        })),
      );
    } catch (error) {
      for (const [, waiting] of due) waiting.putBack();
      retryAfter = backoff.failed();
      retryAt = clock() + retryAfter;
      options.onFailure(error, retryAfter);
      return;
    }
    backoff.succeeded();
    options.onPublished(receipts.length, (performance.now() - started) / 1_000);
    await options.onAnnounced(new Map(receipts.map(([channel, { head }]) => [channel, head])));
  };

  return {
    announce({ channel, epoch, head, entries }) {
      const receipts = channels.get(channel) ?? createChannelReceipts();
      channels.set(channel, receipts);
      receipts.add(epoch, head, entries, clock());
      wake(receipts.due() ?? Number.POSITIVE_INFINITY);
    },
    async close() {
      closed = true;
      cancelTimer();
      await sending;
      const waiting = [...channels].filter(([, receipts]) => receipts.waiting);
      for (let first = 0; first < waiting.length; first += BATCH)
        await send(waiting.slice(first, first + BATCH), clock());
    },
  };
};
