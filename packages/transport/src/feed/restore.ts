import type { SessionId } from '@inkwire/core';
import { TransportError } from '../transport-error.js';
import type { KeptEntries } from './kept-entries.js';
import type { LogPosition } from './log-position.js';
import type { Replica } from './reader.js';
import type { Store, Stored, StoredEntry } from './store.js';

export interface RestoreOptions {
  readonly replica: Replica;
  readonly position: LogPosition;
  readonly kept: KeptEntries;
}

const isSealed = (entry: StoredEntry): entry is StoredEntry & { readonly seal: Uint8Array } =>
  entry.seal !== null;

/**
 * Applies what needs no document to build on; returns that. The document that the rest was made on may have been given up,
 * and it waits in its outbox until the log has been read.
 */
const applyAlone = (entries: readonly StoredEntry[], replica: Replica): StoredEntry[] => {
  const late = new Set<SessionId>();
  return entries.filter(({ session, update }) => {
    if (late.has(session) || !replica.hasCauses(update)) {
      late.add(session);
      return false;
    }
    replica.apply([update]);
    return true;
  });
};

/** @throws {Error} when it cannot be decoded; then nothing is noted, and the log will be read from its start. */
const restore = (stored: Stored, { replica, position, kept }: RestoreOptions): void => {
  const { epoch, synced, snapshot, sessions, entries, logged } = stored;
  const inSnapshot = new Map(sessions);
  const fresh = entries.filter(({ session, n }) => n > (inSnapshot.get(session) ?? 0));
  if (snapshot) replica.applySnapshot(snapshot);
  const isAlone = snapshot === null && epoch === '';
  const present = isAlone ? applyAlone(entries, replica) : entries;
  if (!isAlone && fresh.length > 0) replica.apply(fresh.map(({ update }) => update));

  if (epoch !== '') position.restart(epoch);
  for (const [session, n] of logged) position.noteSession(session, n);
  for (const [session, n] of sessions) position.notePresent(session, n);
  for (const entry of present) {
    if (isSealed(entry)) kept.add(entry);
    position.notePresent(entry.session, entry.n);
  }
  position.noteRead(synced);
};

/** Puts what earlier pages left into the document (F7); resolves to what was wrong with it, or null. */
export const openStored = async (store: Store, options: RestoreOptions): Promise<TransportError | null> => {
  const stored = await store.load();
  try {
    if (stored) restore(stored, options);
    return null;
  } catch (cause) {
    return new TransportError('stored', 'What this browser kept is no document.', { cause });
  }
};
