import { type IDBPDatabase, openDB } from 'idb';
import type { Clock } from '../clock.js';
import { TransportError } from '../transport-error.js';
import { STORE_VERSION, type StoreSchema } from './store-schema.js';

export type StoreDatabase = IDBPDatabase<StoreSchema>;

export interface OpenStoreDatabaseOptions {
  readonly name: string;
  readonly clock: Clock;
  /** The database is not to be used any more: it was taken away, or a newer version of the app needs it. */
  readonly onLost: (error: TransportError) => void;
}

/** A database that another page keeps busy is not waited for longer than this: drawing goes on without it. */
const OPEN_TIMEOUT_MS = 3_000;

/** Opens the database. @throws {TransportError} when that is impossible here, or takes too long. */
export const openStoreDatabase = async (options: OpenStoreDatabaseOptions): Promise<StoreDatabase> => {
  const { name, clock, onLost } = options;
  if (typeof indexedDB === 'undefined')
    throw new TransportError('storage_missing', 'This browser keeps nothing for this page.');
  let database: StoreDatabase | null = null;
  let late = false;

  const opening = openDB<StoreSchema>(name, STORE_VERSION, {
    upgrade: (fresh) => {
      fresh.createObjectStore('snapshots', { keyPath: 'channel' });
      fresh.createObjectStore('positions', { keyPath: 'channel' });
      const entries = fresh.createObjectStore('entries', { autoIncrement: true });
      entries.createIndex('key', ['channel', 'session', 'n'], { unique: true });
      fresh.createObjectStore('outboxes', { keyPath: ['channel', 'session'] });
    },
    blocking: () => {
      // A newer version of the app waits for this page; whatever it stored is there for it.
      database?.close();
      onLost(
        new TransportError(
          'storage_replaced',
          'A newer version of this app is open; reload to keep changes.',
        ),
      );
    },
    terminated: () =>
      onLost(new TransportError('storage_lost', 'The browser took away what it kept for this page.')),
  }).then((opened) => {
    if (late) opened.close();
    database = opened;
    return opened;
  });

  let stop = (): void => {};
  const timeout = new Promise<never>((_, reject) => {
    stop = clock.after(OPEN_TIMEOUT_MS, () => {
      late = true;
      reject(new TransportError('storage_blocked', 'Another page keeps the storage of this one busy.'));
    });
  });
  try {
    return await Promise.race([opening, timeout]);
  } finally {
    stop();
  }
};

/** What went wrong with the storage, in the words of this package. */
export const toStorageError = (cause: unknown): TransportError => {
  if (cause instanceof TransportError) return cause;
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  if (name === 'QuotaExceededError')
    return new TransportError('storage_full', 'The browser has no room to keep changes.', { cause });
  if (name === 'VersionError')
    return new TransportError(
      'storage_newer',
      'A newer version of this app wrote what is kept here; reload.',
      {
        cause,
      },
    );
  return new TransportError('storage', `The browser cannot keep changes: ${String(cause)}`, { cause });
};
