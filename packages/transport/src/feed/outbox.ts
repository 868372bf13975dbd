import type { Entry, SessionId } from '@inkwire/core';
import { sealOf } from './seal.js';
import { severAll } from './sever.js';
import type { Store, StoredEntry } from './store.js';
import type { Range } from './update-parts.js';

/** This page's own changes that the log has not confirmed: numbered here, and never changed after that (L1). */
export interface Outbox {
  /** Numbers an update and begins to store it. */
  add(update: Uint8Array): void;
  /** The session's seal key is here, or is another one than before. */
  setKey(key: Uint8Array): void;
  /** The append's answer: the log has everything up to `n`. */
  confirm(n: number): void;
  /**
   * The log will never have `gone`. What waits and builds on it is handed in without that, since otherwise nothing after it
   * could be; nobody else can have applied it but who has `gone` as well. Returns what was lost by that.
   */
  sever(gone: readonly Range[]): Range[];
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
  /** The bytes of an entry are others than before. */
  readonly onSevered: (entry: Entry) => void;
}

export const createOutbox = ({ session, store, onSealed, onSevered }: OutboxOptions): Outbox => {
  let waiting: StoredEntry[] = [];
  let next = 1;
  let key: Uint8Array | null = null;
  let storing: Promise<unknown> = Promise.resolve();

  const keep = (entries: readonly StoredEntry[]): void => {
    if (entries.length > 0) storing = Promise.all([storing, store.addOwn(entries)]);
  };

  const sealed = (entry: StoredEntry, by: Uint8Array): Entry => ({
    ...entry,
    seal: sealOf(by, entry.n, entry.update),
  });

  return {
    add: (update) => {
      const bare = { session, n: next, update, seal: null };
      next += 1;
      const own = key ? sealed(bare, key) : null;
      waiting.push(own ?? bare);
      keep([own ?? bare]);
      if (own) onSealed(own);
    },
    setKey: (value) => {
      key = value;
      const fresh: Entry[] = [];
      waiting = waiting.map((entry) => {
        const own = sealed(entry, value);
        if (!entry.seal) fresh.push(own);
        return own;
      });
      keep(fresh);
      for (const entry of fresh) onSealed(entry);
    },
    confirm: (n) => {
      if (waiting[0] === undefined || n < waiting[0].n) return;
      waiting = waiting.filter((own) => own.n > n);
      store.confirm(session, n);
    },
    sever: (gone) => {
      const severed = severAll(
        waiting.map(({ update }) => update),
        gone,
      );
      const changed: StoredEntry[] = [];
      waiting = waiting.map((entry, index) => {
        const update = severed[index]?.update;
        if (!update) return entry;
        const left = { ...entry, update };
        const own = key ? sealed(left, key) : left;
        changed.push(own);
        return own;
      });
      keep(changed);
      for (const entry of changed) if (entry.seal) onSevered({ ...entry, seal: entry.seal });
      return severed.flatMap((each) => each?.lost ?? []);
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
