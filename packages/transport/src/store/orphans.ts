import type { SessionId } from '@inkwire/core';
import type { Orphan } from '../feed/store.js';
import type { Locks } from '../tabs/locks.js';
import type { StoreDatabase } from './open-store-database.js';
import { rowsOf } from './store-schema.js';

/** The lock that a page holds for as long as it hands in the entries of `session` itself. */
export const outboxLock = (session: SessionId): string => `inkwire outbox ${session}`;

export interface HeldOrphan extends Orphan {
  /** The last `n` that waits. */
  readonly last: number;
  /** Leaves it to the next one. */
  release(): void;
}

export interface AdoptOptions {
  readonly database: StoreDatabase;
  readonly channel: string;
  /** Without locks nobody can tell who lives; two who hand in the same entries do no harm (L1). */
  readonly locks: Locks | null;
  /** Whether a session is this page's own business already. */
  readonly known: (session: SessionId) => boolean;
}

const readOutbox = async (database: StoreDatabase, channel: string, session: SessionId) => {
  const tx = database.transaction(['outboxes', 'entries'], 'readonly');
  const outbox = await tx.objectStore('outboxes').get([channel, session]);
  const after = IDBKeyRange.bound([channel, session, (outbox?.confirmed ?? 0) + 1], [channel, session, []]);
  const rows = outbox ? await tx.objectStore('entries').index('key').getAll(after) : [];
  return { outbox, rows };
};

/** Takes over the outboxes of tabs that are gone (F5), and clears away those that the log has all of. */
export const adoptOrphans = async (options: AdoptOptions): Promise<HeldOrphan[]> => {
  const { database, channel, locks, known } = options;
  const adopted: HeldOrphan[] = [];
  for (const { session } of await database.getAll('outboxes', rowsOf(channel))) {
    if (known(session)) continue;
    const release = locks ? await locks.tryHold(outboxLock(session)) : () => {};
    if (!release) continue;
    // Only now does nobody write to it any more.
    const { outbox, rows } = await readOutbox(database, channel, session);
    const last = rows.at(-1)?.n;
    if (!outbox || last === undefined) {
      if (outbox && locks) await database.delete('outboxes', [channel, session]);
      release();
      continue;
    }
    const entries = rows.map(({ n, update, seal }) => ({ session, n, update, seal }));
    adopted.push({ session, client: outbox.client, entries, last, release });
  }
  return adopted;
};
