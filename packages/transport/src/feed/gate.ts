import type { Entry, SessionId } from '@inkwire/core';
import type { Clock } from '../clock.js';

export interface GateOptions {
  /** The last `n` of a session that is in the document. */
  readonly present: (session: SessionId) => number;
  /** Whether everything that the update builds on is in the document; throws on bytes that are no update. */
  readonly hasCauses: (update: Uint8Array) => boolean;
  /** Puts an entry into the document. */
  readonly apply: (entry: Entry) => void;
  /** Told of an entry that is no update. */
  readonly onInvalid: (entry: Entry) => void;
  readonly clock: Clock;
}

/** Lets an entry of a frame into the document when its turn has come (F8); until then it waits here. */
export interface Gate {
  offer(entry: Entry): void;
  /** The document has got more: lets in what waited for that. */
  retry(): void;
  readonly waiting: number;
}

/** The log brings what waits longer than this. */
const WAIT_MS = 60_000;
const MAX_WAITING = 1_000;

export const createGate = (options: GateOptions): Gate => {
  const { present, hasCauses, apply, onInvalid, clock } = options;
  const waiting = new Map<string, { readonly entry: Entry; readonly since: number }>();
  const keyOf = (entry: Entry): string => `${entry.session}/${entry.n}`;

  /** Whether the entry needs to wait no longer, because it was let in or is not wanted. */
  const settle = (entry: Entry): boolean => {
    const last = present(entry.session);
    if (entry.n <= last) return true;
    try {
      if (entry.n > last + 1 || !hasCauses(entry.update)) return false;
    } catch {
      onInvalid(entry);
      return true;
    }
    apply(entry);
    return true;
  };

  const retry = (): void => {
    const oldest = clock.now() - WAIT_MS;
    for (let progress = true; progress; ) {
      progress = false;
      for (const [key, { entry, since }] of waiting) {
        if (since >= oldest && !settle(entry)) continue;
        waiting.delete(key);
        progress = since >= oldest;
      }
    }
  };

  return {
    offer: (entry) => {
      if (!settle(entry)) {
        if (waiting.size < MAX_WAITING) waiting.set(keyOf(entry), { entry, since: clock.now() });
      } else if (waiting.size > 0) retry();
    },
    retry,
    get waiting() {
      return waiting.size;
    },
  };
};
