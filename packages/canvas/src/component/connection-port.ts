import type { Presence } from '@inkwire/core';

/** How it stands between this page and the others. */
export interface ConnectionStatus {
  readonly connection: 'connecting' | 'live' | 'offline' | 'failed';
  /** `saved` only when the server has everything. */
  readonly saving: 'saved' | 'saving' | 'offline';
  /** Own changes that the server has not confirmed. */
  readonly waiting: number;
  readonly access: 'write' | 'read' | 'none' | 'unknown';
}

/** What the component needs of a connection: `connectBoard` of `@inkwire/transport` returns one. */
export interface ConnectionPort {
  readonly status: ConnectionStatus;
  readonly presence: Presence;
  /** Calls `listener` whenever the status changed; returns the way to stop. */
  on(event: 'status', listener: () => void): () => void;
}
