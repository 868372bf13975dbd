import type { Receipt, Sequence, SessionId } from '@inkwire/core';

/** Receipts of one channel are at least this far apart, so at most four a second. */
const SPACING_MS = 250;

/** In a crowd everybody is told of everybody's work: then so long for each session that writes. */
const SPACING_PER_WRITER_MS = 25;

/** A receipt is repeated this long after the last append, in case it was lost on the way. */
const REPEATS_MS = [2_000, 10_000];

/** As many entries as surely fit into Pusher's 10,240 bytes; whoever misses more of them pulls. */
const MOST_ENTRIES = 200;

type Announced = readonly (readonly [seq: Sequence, session: SessionId, n: number])[];

/** What is to be announced of one channel, and when. */
export interface ChannelReceipts {
  /** Notes what a commit stored at `now`. */
  add(epoch: string, head: Sequence, entries: Announced, now: number): void;
  /** When the next receipt should leave; null when all has been said. */
  due(): number | null;
  /** The receipt to send now. */
  take(now: number): Receipt;
  /** Notes that the receipt last taken did not arrive. */
  putBack(): void;
  /** Whether something stored has not been announced yet. */
  readonly waiting: boolean;
}

export const createChannelReceipts = (): ChannelReceipts => {
  let epoch = '';
  let head = 0 as Sequence;
  let entries: Announced = [];
  let spacing = SPACING_MS;
  let waitingSince = 0;
  let sentAt = Number.NEGATIVE_INFINITY;
  let repeats: number[] = [];
  let waiting = false;

  return {
    add(storedEpoch, storedHead, stored, now) {
      if (storedEpoch !== epoch) {
        epoch = storedEpoch;
        head = storedHead;
        entries = [];
      }
      head = Math.max(head, storedHead) as Sequence;
      entries = merged(entries, stored);
      // Shortened now and then, not for every entry of those that come by thousands.
      if (entries.length > 2 * MOST_ENTRIES) entries = entries.slice(-MOST_ENTRIES);
      // No later than now: a clock may have been put back meanwhile.
      waitingSince = waiting ? Math.min(waitingSince, now) : now;
      repeats = REPEATS_MS.map((delay) => now + delay);
      waiting = true;
    },
    due() {
      if (!waiting) return repeats[0] ?? null;
      // Nor is `sentAt` to be waited for when it lies ahead.
      return Math.max(waitingSince, Math.min(sentAt, waitingSince) + spacing);
    },
    take(now) {
      entries = entries.slice(-MOST_ENTRIES);
      const writers = new Set(entries.map(([, session]) => session)).size;
      spacing = Math.max(SPACING_MS, writers * SPACING_PER_WRITER_MS);
      sentAt = now;
      repeats = repeats.filter((time) => time > now);
      waiting = false;
      return { epoch, head, entries };
    },
    putBack() {
      waiting = true;
    },
    get waiting() {
      return waiting;
    },
  };
};

/** Both, ascending by sequence, each entry once: what another process left unannounced may be older than ours. */
const merged = (known: Announced, stored: Announced): Announced => {
  const last = known.at(-1)?.[0] ?? 0;
  if ((stored[0]?.[0] ?? 0) > last) return known.concat(stored);
  const bySequence = new Map([...known, ...stored].map((entry) => [entry[0], entry]));
  return [...bySequence.values()].sort(([a], [b]) => a - b);
};
