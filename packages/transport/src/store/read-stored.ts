import type { Sequence } from '@inkwire/core';
import type { Stored } from '../feed/store.js';
import type { StoreDatabase } from './open-store-database.js';
import { greatest } from './store-batch.js';
import { rowsOf } from './store-schema.js';

/** Everything that is kept of `channel`, as of one moment; null for nothing. */
export const readStored = async (database: StoreDatabase, channel: string): Promise<Stored | null> => {
  const tx = database.transaction(['snapshots', 'positions', 'entries', 'outboxes'], 'readonly');
  const byKey = tx.objectStore('entries').index('key');
  const [snapshot, position, rows, keys, outboxes] = await Promise.all([
    tx.objectStore('snapshots').get(channel),
    tx.objectStore('positions').get(channel),
    byKey.getAll(rowsOf(channel)),
    byKey.getAllKeys(rowsOf(channel)),
    tx.objectStore('outboxes').getAll(rowsOf(channel)),
    tx.done,
  ]);
  if (!snapshot && rows.length === 0) return null;
  const confirmed = outboxes.map(({ session, confirmed: n }) => [session, n] as const);
  return {
    epoch: position?.epoch ?? '',
    synced: position?.synced ?? (0 as Sequence),
    snapshot: snapshot?.update ?? null,
    sessions: snapshot?.sessions ?? [],
    entries: rows
      .map(({ session, n, update, seal }, index) => ({
        order: keys[index] as number,
        session,
        n,
        update,
        seal,
      }))
      .sort((a, b) => a.order - b.order)
      .map(({ order: _, ...entry }) => entry),
    // Where the document was given up, what the log has of a session need not be here.
    logged: position ? [...greatest(position.logged, confirmed)].filter(([, n]) => n > 0) : [],
  };
};
