import type { SessionId } from '@inkwire/core';
import type { Clock } from '../clock.js';
import type { Marks, OpenStore, Stored, StoredEntry, StoreSource } from '../feed/store.js';
import type { Locks } from '../tabs/locks.js';
import { TransportError } from '../transport-error.js';
import { openStoreDatabase, type StoreDatabase, toStorageError } from './open-store-database.js';
import { adoptOrphans, type HeldOrphan, outboxLock } from './orphans.js';
import { readStored } from './read-stored.js';
import { type StoreBatch, type Whole, writeBatch } from './store-batch.js';

export interface IndexedDbStoreOptions {
  /** The database's name: one for each person and server. */
  readonly name: string;
  readonly clock: Clock;
  /** Says which tabs live; null where the browser cannot. */
  readonly locks: Locks | null;
  /** What is kept from now on ends with the page, because of `error`. */
  readonly onFailure: (error: TransportError) => void;
}

/** After this many rows or bytes what is kept becomes one document again. */
const FOLD_ROWS = 500;
const FOLD_BYTES = 2 << 20;

/** A transaction that takes longer never ends: saving to the server does not wait for it any more. */
const WRITE_TIMEOUT_MS = 60_000;

/** What waits for the next transaction. */
interface Pending {
  entries: StoredEntry[];
  confirmed: Map<SessionId, number>;
  whole: Whole | null;
}

const nothing = (): Pending => ({ entries: [], confirmed: new Map(), whole: null });

/**
 * A channel's store in IndexedDB. One transaction at a time holds everything that came in during the one before it, so
 * many small changes cost few writes. Where storage fails, the page goes on in memory, and `durable` says so.
 */
export const createIndexedDbStore =
  (options: IndexedDbStoreOptions): OpenStore =>
  (source: StoreSource) => {
    const { name, clock, locks, onFailure } = options;
    const { channel, session, position } = source;
    let failed = false;
    let distrusted = false;
    let removed = true;
    let pending = nothing();
    let writing: Promise<void> | null = null;
    let rows = 0;
    let bytes = 0;
    /** Sessions with rows in the store: only of these is it worth remembering what the log has. */
    const sessions = new Set<SessionId>();
    const orphans = new Map<SessionId, HeldOrphan>();

    const fail = (cause: unknown): void => {
      if (failed) return;
      failed = true;
      pending = nothing();
      onFailure(toStorageError(cause));
    };

    const opening = openStoreDatabase({ name, clock, onLost: fail }).catch((cause: unknown) => {
      fail(cause);
      return null;
    });
    const releaseOwn = locks?.hold(outboxLock(session)) ?? (() => {});

    const logged = (): Marks =>
      [...sessions].flatMap((of) => {
        // Of what is not in the document nothing is stored either.
        const n = Math.min(position.logged(of), position.present(of));
        return n > 0 ? [[of, n] as const] : [];
      });

    const nextBatch = (): StoreBatch => {
      const { entries, confirmed, whole } = pending;
      pending = nothing();
      const isOwn = entries.some((entry) => entry.session === session);
      removed = true;
      return {
        channel,
        entries,
        position: { epoch: position.epoch, synced: position.synced, logged: logged() },
        owned: isOwn ? [[session, source.client()]] : [],
        confirmed: [...confirmed],
        whole: distrusted ? null : whole,
        distrusted,
        now: clock.now(),
      };
    };

    const isWaiting = (): boolean =>
      !removed || pending.entries.length > 0 || pending.confirmed.size > 0 || pending.whole !== null;

    const writeInTime = (database: StoreDatabase, batch: StoreBatch): Promise<void> =>
      new Promise((resolve, reject) => {
        const cancel = clock.after(WRITE_TIMEOUT_MS, () =>
          reject(new TransportError('storage_blocked', 'The browser does not finish keeping what changed.')),
        );
        writeBatch(database, batch).then(resolve, reject).finally(cancel);
      });

    const write = async (database: StoreDatabase): Promise<void> => {
      const batch = nextBatch();
      try {
        await writeInTime(database, batch);
      } catch (cause) {
        if (toStorageError(cause).code !== 'storage_full' || batch.whole || distrusted) throw cause;
        // Folding frees what is kept for other reasons than the document itself.
        await writeInTime(database, { ...batch, whole: wholeNow() });
      }
    };

    const writeAll = async (): Promise<void> => {
      const database = await opening;
      try {
        while (database && !failed && isWaiting()) await write(database);
      } catch (cause) {
        fail(cause);
      } finally {
        writing = null;
      }
    };

    /** Begins to store what waits; resolves when that is done. */
    const flush = (): Promise<void> => {
      if (failed) return Promise.resolve();
      // What is added in one go belongs in one transaction.
      writing ??= Promise.resolve().then(writeAll);
      return writing;
    };

    const wholeNow = (): Whole => ({ update: source.content(), sessions: position.sessions() });

    const add = (entries: readonly StoredEntry[]): Promise<void> => {
      if (failed || entries.length === 0) return Promise.resolve();
      for (const entry of entries) {
        pending.entries.push(entry);
        sessions.add(entry.session);
        rows += 1;
        bytes += entry.update.length;
      }
      if (rows >= FOLD_ROWS || bytes >= FOLD_BYTES) fold();
      return flush();
    };

    const fold = (): void => {
      if (failed || distrusted) return;
      pending.whole = wholeNow();
      rows = 0;
      bytes = 0;
    };

    return {
      load: async () => {
        const database = await opening;
        if (!database || failed) return null;
        let stored: Stored | null = null;
        try {
          stored = await readStored(database, channel);
        } catch (cause) {
          fail(cause);
        }
        for (const entry of stored?.entries ?? []) sessions.add(entry.session);
        rows += stored?.entries.length ?? 0;
        return stored;
      },
      addOwn: add,
      addRemote: (entries) => {
        if (!distrusted) void add(entries);
      },
      distrust: () => {
        if (distrusted) return;
        distrusted = true;
        removed = false;
        pending.entries = pending.entries.filter((entry) => entry.session === session);
        void flush();
      },
      confirm: (of, n) => {
        if (failed) return;
        pending.confirmed.set(of, n);
        void flush();
        const orphan = orphans.get(of);
        if (!orphan || n < orphan.last) return;
        orphans.delete(of);
        void flush().then(orphan.release);
      },
      keepWhole: () => {
        fold();
        void flush();
      },
      adopt: async () => {
        const database = await opening;
        if (!database || failed) return [];
        try {
          const found = await adoptOrphans({
            database,
            channel,
            locks,
            known: (of) => of === session || orphans.has(of),
          });
          for (const orphan of found) orphans.set(orphan.session, orphan);
          return found;
        } catch (cause) {
          fail(cause);
          return [];
        }
      },
      get durable() {
        return !failed;
      },
      close: async () => {
        while (!failed && (writing || isWaiting())) await flush();
        releaseOwn();
        for (const { release } of orphans.values()) release();
        orphans.clear();
        (await opening)?.close();
      },
    };
  };
