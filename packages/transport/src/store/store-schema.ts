import type { Sequence, SessionId } from '@inkwire/core';
import type { DBSchema } from 'idb';
import type { Marks } from '../feed/store.js';

/** What a browser keeps for one person at one server, of all channels: written by all tabs, so by keys that they agree on. */
export interface StoreSchema extends DBSchema {
  /** A channel's document up to `sessions`, with everything before it folded in. */
  snapshots: { key: string; value: SnapshotRow };
  /** Where the stored document stands in the log. */
  positions: { key: string; value: PositionRow };
  /** What the snapshot may not have, and the last day's entries, in an order in which they can be applied. */
  entries: { key: number; value: EntryRow; indexes: { key: [string, SessionId, number] } };
  /** The sessions whose entries the log has not confirmed. */
  outboxes: { key: [string, SessionId]; value: OutboxRow };
}

export interface SnapshotRow {
  readonly channel: string;
  /** V2 */
  readonly update: Uint8Array;
  readonly sessions: Marks;
}

export interface PositionRow {
  readonly channel: string;
  readonly epoch: string;
  readonly synced: Sequence;
  /** What the log is known to have, of sessions with rows in `entries`. */
  readonly logged: Marks;
}

export interface EntryRow {
  readonly channel: string;
  readonly session: SessionId;
  readonly n: number;
  readonly update: Uint8Array;
  readonly seal: Uint8Array | null;
  /** When it was stored, ms since the epoch. */
  readonly at: number;
}

export interface OutboxRow {
  readonly channel: string;
  readonly session: SessionId;
  /** The clientID of the session's document. */
  readonly client: number;
  /** The log has everything up to this `n`. */
  readonly confirmed: number;
}

export const STORE_VERSION = 1;

/** The keys of all of a channel's rows in an index or store whose keys begin with the channel. */
export const rowsOf = (channel: string): IDBKeyRange => IDBKeyRange.bound([channel], [channel, []]);
