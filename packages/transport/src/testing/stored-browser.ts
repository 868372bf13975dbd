import { type Entry, SEAL_LENGTH, type SessionId } from '@inkwire/core';
import { deleteDB } from 'idb';
import * as Y from 'yjs';
import { createLogPosition, type LogPosition } from '../feed/log-position.js';
import type { Store, StoredEntry } from '../feed/store.js';
import { createIndexedDbStore } from '../store/indexed-db-store.js';
import { createPageLocks } from '../tabs/page-locks.js';
import { createManualClock, type ManualClock } from './manual-clock.js';

export const SEAL = new Uint8Array(SEAL_LENGTH).fill(7);

/** One tab: a document, and the store that keeps it. */
export interface StoredTab {
  readonly doc: Y.Doc;
  readonly store: Store;
  readonly position: LogPosition;
  /** Codes of what went wrong with the storage. */
  readonly failures: string[];
  /** Changes the document; returns the change as the tab's next entry. */
  change(text: string, seal?: Uint8Array | null): StoredEntry;
}

/** A browser with storage of its own. */
export interface StoredBrowser {
  /** The database's name. */
  readonly name: string;
  readonly clock: ManualClock;
  open(session: SessionId, channel?: string): StoredTab;
  /** Closes every tab and forgets everything. */
  end(): Promise<void>;
}

let count = 0;

export const createStoredBrowser = (): StoredBrowser => {
  count += 1;
  const name = `test ${count}`;
  const clock = createManualClock();
  const locks = createPageLocks();
  const tabs: StoredTab[] = [];
  return {
    name,
    clock,
    open: (session, channel = 'presence-board-demo') => {
      const doc = new Y.Doc();
      const position = createLogPosition();
      const failures: string[] = [];
      const onFailure = (error: { code: string }): void => void failures.push(error.code);
      const store = createIndexedDbStore({ name, clock, locks, onFailure })({
        channel,
        session,
        client: () => doc.clientID,
        position,
        content: () => Y.encodeStateAsUpdateV2(doc),
      });
      let n = 0;
      const change = (text: string, seal: Uint8Array | null = SEAL): StoredEntry => {
        let update: Uint8Array = new Uint8Array(0);
        doc.once('update', (bytes: Uint8Array) => {
          update = bytes;
        });
        doc.getText('t').insert(0, text);
        n += 1;
        position.notePresent(session, n);
        return { session, n, update, seal };
      };
      const tab = { doc, store, position, failures, change };
      tabs.push(tab);
      return tab;
    },
    end: async () => {
      await Promise.all(tabs.map(({ store }) => store.close()));
      await deleteDB(name);
    },
  };
};

/** The text of a page that opened what `tab` would load now. */
export const storedText = async (tab: StoredTab): Promise<string> => {
  const stored = await tab.store.load();
  const doc = new Y.Doc();
  if (stored?.snapshot) Y.applyUpdateV2(doc, stored.snapshot);
  for (const { update } of stored?.entries ?? []) Y.applyUpdate(doc, update);
  return doc.getText('t').toString();
};

export const asRemote = (entry: StoredEntry): Entry => ({ ...entry, seal: entry.seal ?? SEAL });
