import type { LoggedEntry, SessionId } from '@inkwire/core';
import type { KeptEntries } from './kept-entries.js';
import type { LogPosition } from './log-position.js';
import type { ServerClient } from './server-client.js';
import type { Range } from './update-parts.js';

/** The document that a channel's log describes. */
export interface Replica {
  /** Applies updates in order, as one transaction. */
  apply(updates: readonly Uint8Array[]): void;
  /** Applies a snapshot (V2). */
  applySnapshot(update: Uint8Array): void;
  /** Everything in the document (V2). */
  content(): Uint8Array;
  /** What all documents with the same content have in common. */
  digest(): string;
  /** Takes away a part of what is in the document, for this page alone. */
  takeAway(ranges: readonly Range[]): void;
  /** How much of what a client wrote is here: the next clock. */
  clockOf(client: number): number;
  /** Whether everything that `update` builds on is here; throws on bytes that are no update. */
  hasCauses(update: Uint8Array): boolean;
}

export interface ReadOptions {
  readonly server: ServerClient;
  readonly channel: string;
  readonly position: LogPosition;
  readonly kept: KeptEntries;
  readonly replica: Replica;
  /** Told who stands behind each clientID (C9). */
  readonly onWriters: (writers: readonly (readonly [client: number, user: string])[]) => void;
  /** Entries of the log are in the document, and the position is past them. */
  readonly onApplied: (entries: readonly LoggedEntry[]) => void;
  readonly onSnapshot: () => void;
}

/** How many rows and bytes are applied as one transaction: enough to be fast, little enough to keep the page alive. */
const MAX_BATCH_ROWS = 256;
const MAX_BATCH_BYTES = 512 << 10;

/** Reads what the log has beyond `position`, in its order, and puts it into the document (F1). */
export const readLog = async (options: ReadOptions): Promise<void> => {
  const { server, channel, position, kept, replica, onWriters, onApplied, onSnapshot } = options;
  let rows: LoggedEntry[] = [];
  let size = 0;
  let inSnapshot: readonly (readonly [SessionId, number])[] = [];

  const applyRows = (): void => {
    if (rows.length === 0) return;
    const fresh = rows.filter(({ session, n }) => n > position.present(session));
    const updates = fresh.map(({ update }) => update);
    if (updates.length > 0) replica.apply(updates);
    for (const entry of fresh) kept.add(entry);
    for (const { seq, session, n } of rows) {
      position.notePresent(session, n);
      position.noteLogged(seq, session, n);
      position.noteRead(seq);
    }
    rows = [];
    size = 0;
    onApplied(fresh);
  };

  for await (const part of server.read(channel, position.synced, position.epoch)) {
    if (part.type === 'header') {
      const { epoch, head, sessions, writers } = part.header;
      // Another history, or one that has lost its end: it is read from its start (L7).
      if (epoch !== position.epoch || head < position.synced) position.restart(epoch);
      position.noteHead(head);
      inSnapshot = sessions ?? [];
      onWriters(writers);
    } else if (part.type === 'snapshot') {
      replica.applySnapshot(part.update);
      for (const [session, n] of inSnapshot) position.noteSession(session, n);
      position.noteRead(part.seq);
      onSnapshot();
    } else {
      if (part.entry.seq <= position.synced) continue;
      rows.push(part.entry);
      size += part.entry.update.length;
      if (rows.length >= MAX_BATCH_ROWS || size >= MAX_BATCH_BYTES) applyRows();
    }
  }
  applyRows();
};
