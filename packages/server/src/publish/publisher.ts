import { RECEIPT_EVENT, type Receipt, type Sequence } from '@inkwire/core';
import type Pusher from 'pusher';
import type { Unannounced } from './announced.js';
import { type ChannelReceipts, createChannelReceipts } from './receipts.js';
import type { Timer } from './timer.js';

/** Pusher takes at most this many events in one call. */
const BATCH = 10;

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

/** Tells the channels' subscribers what their logs took. */
export interface Publisher {
  /** Announces what a commit stored; called after the commit, never before. */
  announce(stored: Unannounced): void;
  /** Sends what waits, without further attempts, and stops. */
  close(): Promise<void>;
}

export interface PublisherOptions {
  readonly pusher: Pusher;
  readonly clock: () => number;
  readonly timer: Timer;
  /** Told what has been announced, so that a restart knows what has not. */
  readonly onAnnounced: (heads: ReadonlyMap<string, Sequence>) => Promise<void>;
  /** Told why a call to Pusher failed; it is repeated after 1, 2, 4 … 30 s. */
  readonly onFailure: (error: unknown, retryInMs: number) => void;
}

/** One loop for all channels: it sends what is due in batches, and waits for the next time. */
export const createPublisher = (options: PublisherOptions): Publisher => {
  const { pusher, clock, timer } = options;
  const channels = new Map<string, ChannelReceipts>();
  let cancelTimer = (): void => {};
  let sending: Promise<void> | null = null;
  let retryAt = Number.NEGATIVE_INFINITY;
  let retryMs = FIRST_RETRY_MS;
  let closed = false;

  const schedule = (): void => {
    cancelTimer();
    if (sending || closed) return;
    let next = Number.POSITIVE_INFINITY;
    for (const [channel, receipts] of channels) {
      const due = receipts.due();
      if (due === null) channels.delete(channel);
      else next = Math.min(next, due);
    }
    if (next === Number.POSITIVE_INFINITY) return;
    cancelTimer = timer(Math.max(0, next - clock(), retryAt - clock()), () => {
      sending = sendDue().finally(() => {
        sending = null;
        schedule();
      });
    });
  };

  const sendDue = async (): Promise<void> => {
    const now = clock();
    const due = [...channels].filter(([, receipts]) => (receipts.due() ?? Number.POSITIVE_INFINITY) <= now);
    await send(due.slice(0, BATCH), now);
  };

  const send = async (due: readonly (readonly [string, ChannelReceipts])[], now: number): Promise<void> => {
    if (due.length === 0) return;
    const receipts = due.map(([channel, waiting]): [string, Receipt] => [channel, waiting.take(now)]);
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
      retryAt = clock() + retryMs;
      options.onFailure(error, retryMs);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      return;
    }
    retryMs = FIRST_RETRY_MS;
    await options.onAnnounced(new Map(receipts.map(([channel, { head }]) => [channel, head])));
  };

  return {
    announce({ channel, epoch, head, entries }) {
      const receipts = channels.get(channel) ?? createChannelReceipts();
      channels.set(channel, receipts);
      receipts.add(epoch, head, entries, clock());
      schedule();
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
