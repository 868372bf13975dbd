import type { Entry, Sequence, SessionId } from '@inkwire/core';
import type { LogPosition } from './log-position.js';

/** An entry as the store keeps it: an own one may have to wait for its seal until the server has given the key. */
export interface StoredEntry extends Omit<Entry, 'seal'> {
  readonly seal: Uint8Array | null;
}

/** A last `n` for each session. */
export type Marks = readonly (readonly [session: SessionId, n: number])[];

/** What earlier pages left of a channel. */
export interface Stored {
  /** The log's history that {@link synced} counts in; empty when it was never read. */
  readonly epoch: string;
  readonly synced: Sequence;
  /** A document (V2) with everything that {@link sessions} names; null for none. */
  readonly snapshot: Uint8Array | null;
  readonly sessions: Marks;
  /** Entries in an order in which they can be applied; some may be in the snapshot as well. */
  readonly entries: readonly StoredEntry[];
  /** What the log is known to have. */
  readonly logged: Marks;
}

/** The outbox of a tab that is gone: what it had numbered and the log has not confirmed. */
export interface Orphan {
  readonly session: SessionId;
  /** The clientID of the document that it was made in. */
  readonly client: number;
  /** In order of `n`; at least one. */
  readonly entries: readonly StoredEntry[];
}

/** What a store needs to know about the document that it keeps. */
export interface StoreSource {
  readonly channel: string;
  readonly session: SessionId;
  /** The document's clientID, now. */
  readonly client: () => number;
  readonly position: LogPosition;
  /** Everything in the document, V2. */
  readonly content: () => Uint8Array;
}

/** Where a channel's document, position and outbox outlive the page. No method throws or rejects. */
export interface Store {
  /** What earlier pages left; null for nothing. */
  load(): Promise<Stored | null>;
  /** Keeps own entries, in the outbox too; resolves when they would survive the page, or never will. */
  addOwn(entries: readonly StoredEntry[]): Promise<void>;
  /** The log has the entries of `session`, own or adopted, up to `n`. */
  confirm(session: SessionId, n: number): void;
  /** Takes over the outboxes of tabs that are gone, each once, and keeps them from other tabs while this page lives. */
  adopt(): Promise<readonly Orphan[]>;
  /** Keeps what was applied from others, and where the document stands with it. */
  addRemote(entries: readonly Entry[]): void;
  /** The document got more than entries: keeps the whole of it, and where it stands. */
  keepWhole(): void;
  /** The document is not what the log describes: nothing is kept of it but own entries that wait. */
  distrust(): void;
  /** Whether what is kept outlives the page. */
  readonly durable: boolean;
  close(): Promise<void>;
}

export type OpenStore = (source: StoreSource) => Store;

/** A store that ends with the page. */
export const memoryStore: OpenStore = () => ({
  load: () => Promise.resolve(null),
  addOwn: () => Promise.resolve(),
  confirm: () => {},
  addRemote: () => {},
  keepWhole: () => {},
  distrust: () => {},
  adopt: () => Promise.resolve([]),
  durable: false,
  close: () => Promise.resolve(),
});
