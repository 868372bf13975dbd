import type { SessionId } from '@inkwire/core';
import type { IDBPTransaction } from 'idb';
import * as Y from 'yjs';
import type { Marks, StoredEntry } from '../feed/store.js';
import type { StoreDatabase } from './open-store-database.js';
import { selectSpare } from './retention.js';
import { type EntryRow, type PositionRow, rowsOf, type StoreSchema } from './store-schema.js';

const STORES = ['snapshots', 'positions', 'entries', 'outboxes'] as const;
type Writing = IDBPTransaction<StoreSchema, typeof STORES, 'readwrite'>;

/** The whole of a tab's document. */
export interface Whole {
  /** V2 */
  readonly update: Uint8Array;
  readonly sessions: Marks;
}

/** What one transaction stores: entries, where the document stands, and the outboxes, all or nothing (F3). */
export interface StoreBatch {
  readonly channel: string;
  readonly entries: readonly StoredEntry[];
  readonly position: Omit<PositionRow, 'channel'>;
  /** Sessions of whose entries some wait for the log, with their documents' clientIDs. */
  readonly owned: readonly (readonly [session: SessionId, client: number])[];
  readonly confirmed: Marks;
  /** Folds what is kept into a document, to stay bounded. */
  readonly whole: Whole | null;
  /** Nothing of the document is to be kept, nor was it right to keep it. */
  readonly distrusted: boolean;
  readonly now: number;
}

export const greatest = (...marks: readonly Marks[]): Map<SessionId, number> => {
  const all = new Map<SessionId, number>();
  for (const list of marks)
    for (const [session, n] of list) all.set(session, Math.max(n, all.get(session) ?? 0));
  return all;
};

const writeEntries = async (tx: Writing, { channel, entries, now }: StoreBatch): Promise<void> => {
  const store = tx.objectStore('entries');
  for (const { session, n, update, seal } of entries) {
    const key = await store.index('key').getKey([channel, session, n]);
    const row: EntryRow = { channel, session, n, update, seal, at: now };
    // Another tab may have stored it; what it lacked may be a seal.
    if (key === undefined) await store.add(row);
    else if (seal) await store.put(row, key);
  }
};

const writePosition = async (tx: Writing, { channel, position }: StoreBatch): Promise<void> => {
  if (position.epoch === '') return;
  const store = tx.objectStore('positions');
  const before = await store.get(channel);
  // The stored document is the union of what all tabs have, so it stands where the furthest of them stands.
  const same = before?.epoch === position.epoch ? before : undefined;
  await store.put({
    channel,
    epoch: position.epoch,
    synced: same && same.synced > position.synced ? same.synced : position.synced,
    logged: [...greatest(position.logged, same?.logged ?? [])],
  });
};

const writeOutboxes = async (tx: Writing, { channel, owned, confirmed }: StoreBatch): Promise<void> => {
  const store = tx.objectStore('outboxes');
  for (const [session, client] of owned)
    if (!(await store.getKey([channel, session])))
      await store.add({ channel, session, client, confirmed: 0 });
  for (const [session, n] of confirmed) {
    const row = await store.get([channel, session]);
    if (row && n > row.confirmed) await store.put({ ...row, confirmed: n });
  }
};

const writeWhole = async (tx: Writing, channel: string, whole: Whole): Promise<Marks> => {
  const store = tx.objectStore('snapshots');
  const before = await store.get(channel);
  const mine = new Map(whole.sessions);
  const covers = !before || before.sessions.every(([session, n]) => (mine.get(session) ?? 0) >= n);
  // Another tab may have folded what this one has not seen.
  const update = covers ? whole.update : Y.mergeUpdatesV2([before.update, whole.update]);
  const sessions = covers ? whole.sessions : [...greatest(before.sessions, whole.sessions)];
  await store.put({ channel, update, sessions });
  return sessions;
};

/** Leaves nothing but the entries of outboxes that the log has not confirmed. */
const removeDocument = async (tx: Writing, channel: string): Promise<void> => {
  await tx.objectStore('snapshots').delete(channel);
  await tx.objectStore('positions').delete(channel);
  const outboxes = await tx.objectStore('outboxes').getAll(rowsOf(channel));
  const confirmed = new Map(outboxes.map((row) => [row.session, row.confirmed]));
  const store = tx.objectStore('entries');
  const rows = await store.index('key').getAll(rowsOf(channel));
  const keys = await store.index('key').getAllKeys(rowsOf(channel));
  for (const [index, { session, n }] of rows.entries())
    if (n <= (confirmed.get(session) ?? Number.POSITIVE_INFINITY)) await store.delete(keys[index] as number);
};

/** Lets go of rows that the snapshot has and nobody needs any more. */
const prune = async (tx: Writing, channel: string, sessions: Marks, now: number): Promise<void> => {
  const store = tx.objectStore('entries');
  const outboxes = await tx.objectStore('outboxes').getAll(rowsOf(channel));
  const position = await tx.objectStore('positions').get(channel);
  const keys = await store.index('key').getAllKeys(rowsOf(channel));
  const rows = await store.index('key').getAll(rowsOf(channel));
  const folded = new Map(sessions);
  const own = new Set(outboxes.map(({ session }) => session));
  const logged = greatest(
    position?.logged ?? [],
    outboxes.map(({ session, confirmed }) => [session, confirmed] as const),
  );
  const kept = rows.map(({ session, n, update, at }, index) => ({
    key: keys[index] as number,
    bytes: update.length,
    at,
    folded: n <= (folded.get(session) ?? 0),
    logged: n <= (logged.get(session) ?? 0),
    own: own.has(session),
  }));
  for (const { key } of selectSpare(kept, now)) await store.delete(key);
};

/** Stores a batch in one transaction; resolves when it would survive the page. */
export const writeBatch = async (database: StoreDatabase, batch: StoreBatch): Promise<void> => {
  const tx = database.transaction(STORES, 'readwrite');
  const { channel, whole, distrusted, now } = batch;
  const write = async (): Promise<void> => {
    await writeOutboxes(tx, batch);
    await writeEntries(tx, batch);
    if (distrusted) {
      await removeDocument(tx, channel);
      return;
    }
    await writePosition(tx, batch);
    if (whole) await prune(tx, channel, await writeWhole(tx, channel, whole), now);
  };
  // Where a request fails the transaction aborts and says why; the requests after it only say that it did.
  await Promise.all([tx.done, write()]);
};
