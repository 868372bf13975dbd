import type { Entry, SessionId } from '@inkwire/core';
import { sealOf } from './seal.js';
import type { Numbered, Store } from './store.js';

/** This page's own changes that the log has not confirmed: numbered here, and never changed after that (L1). */
export interface Outbox {
  /** Numbers an update and begins to store it. */
  add(update: Uint8Array): void;
  /** The session's seal key is here, or is another one than before. */
  setKey(key: Uint8Array): void;
  /** The append's answer: the log has everything up to `n`. */
  confirm(n: number): void;
  /** Resolves when everything added so far would survive the page. */
  stored(): Promise<void>;
  readonly size: number;
  /** The number given last; 0 before the first. */
  readonly last: number;
}

export interface OutboxOptions {
  readonly session: SessionId;
  readonly store: Store;
  /** An entry has its number and its seal, in order of the numbers. */
  readonly onSealed: (entry: Entry) => void;
}

export const createOutbox = ({ session, store, onSealed }: OutboxOptions): Outbox => {
  let waiting: Numbered[] = [];
  let sealedUpTo = 0;
  let next = 1;
  let key: Uint8Array | null = null;
  let storing: Promise<unknown> = Promise.resolve();

  const sealNew = (): void => {
    if (!key) return;
    for (const { n, update } of waiting) {
      if (n <= sealedUpTo) continue;
      sealedUpTo = n;
      onSealed({ session, n, update, seal: sealOf(key, n, update) });
    }
  };

  return {
    add: (update) => {
      const own: Numbered = { n: next, update };
      next += 1;
      waiting.push(own);
      storing = Promise.all([storing, store.addOwn(session, own)]);
      sealNew();
    },
    setKey: (value) => {
      key = value;
      sealNew();
    },
    confirm: (n) => {
      if (waiting[0] === undefined || n < waiting[0].n) return;
      waiting = waiting.filter((own) => own.n > n);
      store.removeOwn(session, n);
    },
    stored: () => storing.then(() => {}),
    get size() {
      return waiting.length;
    },
    get last() {
      return next - 1;
    },
  };
};
