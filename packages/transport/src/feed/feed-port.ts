import type { Entry, Receipt, Sequence, SessionId } from '@inkwire/core';
import type { Clock } from '../clock.js';
import type { TransportError } from '../transport-error.js';
import type { Replica } from './reader.js';
import type { ServerClient } from './server-client.js';
import type { OpenStore } from './store.js';

/** What the server lets this person do on the channel. */
export type Access = 'write' | 'read' | 'none' | 'unknown';

export type Writers = readonly (readonly [client: number, user: string])[];

export interface FeedOptions {
  readonly channel: string;
  readonly session: SessionId;
  /** The document's clientID, now. */
  readonly client: () => number;
  readonly server: ServerClient;
  readonly replica: Replica;
  readonly store: OpenStore;
  readonly clock: Clock;
  readonly random: () => number;
  /** The time between two frames of one session in this room, in ms. */
  readonly frameSpacing: () => number;
  /** An own change has its number and its seal, and may leave in a frame. */
  readonly onOwnEntry: (entry: Entry) => void;
  readonly onWriters: (writers: Writers) => void;
  readonly onChange: () => void;
  readonly onError: (error: TransportError) => void;
}

/** A channel's log and this client's document, kept equal. */
export interface Feed {
  /** An own change of the document. */
  submit(update: Uint8Array): void;
  /** Entries that came in a frame. */
  receive(entries: readonly Entry[]): void;
  receipt(receipt: Receipt): void;
  /** Somebody has the log up to `synced`. */
  heard(epoch: string, synced: Sequence): void;
  /** Something may have been missed: reads the log now, and tries again what failed. */
  refresh(): void;
  /** Rights may have changed: asks for them. */
  rejoin(): void;
  /** The page may be about to end: hands in what one last request can carry. */
  flush(): Promise<void>;
  readonly access: Access;
  readonly epoch: string;
  readonly synced: Sequence;
  /** Own changes that the log has not confirmed. */
  readonly waiting: number;
  /** Whether the last request that should have saved something, or have led to it, went well. */
  readonly reachable: boolean;
  /** Whether everything that the log is known to have is in the document. */
  readonly level: boolean;
  /** Whether own changes outlive the page before the server has them. */
  readonly durable: boolean;
  /** Resolves when what was to be stored is. */
  stop(): Promise<void>;
}
