import type { AppendAnswer, Entry } from '@inkwire/core';
import type Pusher from 'pusher';
import type { Seals } from '../access/seals.js';
import type { Role, User } from '../access/user.js';
import type { ChannelLog } from '../log/channel-log.js';

/** What the routes work with. */
export interface Services {
  readonly log: ChannelLog;
  readonly seals: Seals;
  readonly pusher: Pusher;
  /** The app's word on who asks; null for nobody. */
  authenticate(request: Request): Promise<User | null>;
  /** The app's word on what they may do. */
  access(user: User, channel: string): Promise<Role | null>;
  /** Checks and stores entries that `requester`, who may write, hands in. */
  append(channel: string, requester: User, entries: readonly Entry[]): Promise<AppendAnswer>;
  /** Resolves when the database answers. */
  ready(): Promise<void>;
}
