import { type Entry, MAX_APPEND_ENTRIES, type SessionId } from '@inkwire/core';
import type { Clock } from '../clock.js';
import type { LogPosition } from './log-position.js';

/** The updates of one append, in bytes: many a server takes no more than a megabyte in one request. */
const MAX_BATCH_BYTES = 768 << 10;

/** How much is kept of what the log has already, so that a restored server can be healed (L7). */
const MAX_KEPT_BYTES = 4 << 20;
const MAX_KEPT_MS = 24 * 60 * 60 * 1_000;

interface Kept {
  readonly entry: Entry;
  readonly since: number;
}

/**
 * The sealed entries that are in the document, own and others', in the order in which they came into it: an order in which
 * the log can take them, since each was applied after what it builds on.
 */
export interface KeptEntries {
  add(entry: Entry): void;
  has(session: SessionId, n: number): boolean;
  /** What the log is not known to have, oldest first, as much as one append takes. `wanted` may leave entries out. */
  unlogged(wanted: (entry: Entry, ageMs: number) => boolean): Entry[];
  /** The age in ms of the oldest entry that the log is not known to have; null for none. */
  oldestUnlogged(): number | null;
  /** Gives up `n` of `session` and what follows it, since the log will never take it; returns that. */
  forget(session: SessionId, n: number): Entry[];
  /** An entry has other bytes than before. */
  replace(entry: Entry): void;
  /** Own entries get their seals anew when the key has changed. */
  reseal(session: SessionId, seal: (entry: Entry) => Uint8Array): void;
}

export const createKeptEntries = (position: LogPosition, clock: Clock): KeptEntries => {
  let kept: Kept[] = [];
  let bytes = 0;
  const last = new Map<SessionId, number>();

  const isLogged = ({ session, n }: Entry): boolean => n <= position.logged(session);

  const prune = (): void => {
    if (bytes <= MAX_KEPT_BYTES && (kept[0]?.since ?? Number.POSITIVE_INFINITY) > clock.now() - MAX_KEPT_MS)
      return;
    // Halving makes pruning rare enough to copy the list.
    const oldest = clock.now() - MAX_KEPT_MS;
    kept = kept.filter(({ entry, since }) => {
      const stays = !isLogged(entry) || (bytes <= MAX_KEPT_BYTES / 2 && since > oldest);
      if (!stays) bytes -= entry.update.length;
      return stays;
    });
  };

  return {
    add: (entry) => {
      if (entry.n <= (last.get(entry.session) ?? 0)) return;
      last.set(entry.session, entry.n);
      kept.push({ entry, since: clock.now() });
      bytes += entry.update.length;
      prune();
    },
    has: (session, n) => kept.some(({ entry }) => entry.session === session && entry.n === n),
    unlogged: (wanted) => {
      const batch: Entry[] = [];
      let size = 0;
      const now = clock.now();
      for (const { entry, since } of kept) {
        if (isLogged(entry) || !wanted(entry, now - since)) continue;
        size += entry.update.length;
        if (batch.length === MAX_APPEND_ENTRIES || (batch.length > 0 && size > MAX_BATCH_BYTES)) break;
        batch.push(entry);
      }
      return batch;
    },
    oldestUnlogged: () => {
      const first = kept.find(({ entry }) => !isLogged(entry));
      return first ? clock.now() - first.since : null;
    },
    forget: (session, n) => {
      const isGivenUp = ({ entry }: Kept): boolean => entry.session === session && entry.n >= n;
      const givenUp = kept.filter(isGivenUp).map(({ entry }) => entry);
      kept = kept.filter((each) => !isGivenUp(each));
      bytes -= givenUp.reduce((sum, { update }) => sum + update.length, 0);
      return givenUp;
    },
    replace: (entry) => {
      kept = kept.map((each) =>
        each.entry.session === entry.session && each.entry.n === entry.n ? { ...each, entry } : each,
      );
    },
    reseal: (session, seal) => {
      kept = kept.map(({ entry, since }) =>
        entry.session === session ? { since, entry: { ...entry, seal: seal(entry) } } : { entry, since },
      );
    },
  };
};
