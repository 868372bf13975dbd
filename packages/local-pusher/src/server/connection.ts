import type { FaultyConnection } from '../faults/selector.js';
import type { CloseReason } from '../protocol/close-code.js';
import type { Frame } from '../protocol/message.js';
import type { Rate } from './rate.js';

/** One socket after its handshake, as channels and users see it. */
export interface Connection extends FaultyConnection {
  /** Names of the channels it has joined. */
  readonly joined: Set<string>;
  readonly userIds: Set<string>;
  /** Who it signed in as. */
  user: SignedInUser | undefined;
  readonly clientEvents: Rate;
  /** Whether the server still serves it. */
  isOpen(): boolean;
  send(frame: Frame): void;
  close(reason: CloseReason): void;
}

export interface SignedInUser {
  id: string;
  info: unknown;
  watchlist: string[];
}
