import type { AppendAnswer, DigestAnswer, Entry } from '@inkwire/core';
import type Pusher from 'pusher';
import type { Seals } from '../access/seals.js';
import type { Role, User } from '../access/user.js';
import type { ChannelLog } from '../log/channel-log.js';
import type { EventLog, StoredEvent } from '../log/event-log.js';
import type { StalledReaders } from './stalled-readers.js';

/** What the routes work with. */
export interface Services {
  readonly log: ChannelLog;
  readonly events: EventLog;
  readonly seals: Seals;
  readonly pusher: Pusher;
  /** Watches who takes what is streamed. */
  readonly readers: StalledReaders;
  /** Told why an answer that had begun could not be ended. */
  onReadBroken(error: unknown): void;
  /** The app's word on who asks; null for nobody. */
  authenticate(request: Request): Promise<User | null>;
  /** The app's word on what they may do. */
  access(user: User, channel: string): Promise<Role | null>;
  /** Notes that a user opens a channel; throws when they have too many open. */
  open(user: User, channel: string): void;
  /** Charges a user for what they hand in; throws when that is too much. */
  limit(user: User, entries: number, bytes: number): void;
  /** Counts an answer as on its way to a user; throws, in the place of the first part, when they have too many. */
  limitRead<Part>(user: User, parts: AsyncGenerator<Part, void, void>): AsyncGenerator<Part, void, void>;
  /** Charges a user for a read that makes the server fold the channel's log; throws when that is too much. */
  limitFold(user: User, channel: string): Promise<void>;
  /** The digest of a channel's log, charged to `user` if it has to be folded for that; throws when that is too much. */
  digest(user: User, channel: string): Promise<DigestAnswer>;
  /** Checks and stores entries that `requester`, who may write, hands in. */
  append(channel: string, requester: User, entries: readonly Entry[]): Promise<AppendAnswer>;
  /** Checks and stores what a frame of `user` carried. */
  appendFrame(channel: string, user: string, entries: readonly Entry[]): Promise<void>;
  /** Checks, stores and announces a workspace event. */
  publish(channel: string, event: unknown): Promise<StoredEvent>;
  /** Notes how many seconds a reader waited for the first part of an answer. */
  noteRead(seconds: number): void;
  /** Notes that nobody is on a board any more. */
  vacated(channel: string): void;
  /** Resolves when the database answers. */
  ready(): Promise<void>;
  metrics(): Promise<{ readonly text: string; readonly contentType: string }>;
}
