import type { Sequence, SessionId } from '@inkwire/core';

/** An own update with its number; its seal comes when the server has given the key. */
export interface Numbered {
  readonly n: number;
  readonly update: Uint8Array;
}

/** Where the stored document stands in the log. */
export interface StoredPosition {
  readonly epoch: string;
  readonly synced: Sequence;
  /** The last `n` of each session that is in the document. */
  readonly sessions: readonly (readonly [session: SessionId, n: number])[];
}

/** Where a channel's document, position and outbox outlive the page. */
export interface Store {
  /** Keeps an own update and puts it in the outbox; resolves when both would survive the page. */
  addOwn(session: SessionId, own: Numbered): Promise<void>;
  /** The log has the own entries up to `n`. */
  removeOwn(session: SessionId, n: number): void;
  /** Keeps what came from others, and where the document stands with it. */
  addRemote(updates: readonly Uint8Array[], position: StoredPosition): void;
  close(): Promise<void>;
}

/** A store that ends with the page. */
export const memoryStore: Store = {
  addOwn: () => Promise.resolve(),
  removeOwn: () => {},
  addRemote: () => {},
  close: () => Promise.resolve(),
};
