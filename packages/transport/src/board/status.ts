import type { ConnectionState } from '../connection/live-channel.js';
import type { Access } from '../feed/feed-port.js';

/** How it stands between this page and the others, as it is (F4). Every change is a new object. */
export interface Status {
  /** `live`: what the others do appears at once. `failed`: Pusher refuses this app or key, and goes on doing so. */
  readonly connection: ConnectionState;
  /** `saved`: the server has everything. `offline`: it cannot be had, and {@link waiting} changes wait for it. */
  readonly saving: 'saved' | 'saving' | 'offline';
  /** Own changes that the server has not confirmed. */
  readonly waiting: number;
  /** Whether they outlive this page: kept in this browser until the server has them. */
  readonly durable: boolean;
  readonly access: Access;
  /** People here, this one included. */
  readonly participants: number;
  /** Whether everything that the server is known to have is on the screen. */
  readonly level: boolean;
  /** What the frames of this page cost at Pusher: messages in the last minute, copies to the others included. */
  readonly messagesPerMinute: number;
  /** Frames and receipts that were ignored, because they are malformed or their sender may not write. */
  readonly ignored: number;
}

export const sameStatus = (a: Status, b: Status): boolean =>
  (Object.keys(a) as (keyof Status)[]).every((key) => a[key] === b[key]);
