import type { AppendAnswer, SessionId } from '@inkwire/core';
import type { User } from '../access/user.js';
import type { Stored } from './append.js';
import type { Candidate } from './append-plan.js';
import { createAppendQueue } from './append-queue.js';
import { loadSessions, type SessionState } from './channel-state.js';
import { createChannels } from './channels.js';
import type { Database } from './database.js';
import { type Joined, joinChannel } from './join.js';
import { type ReadRequest, readLog } from './read.js';

/** The ordered, durable logs of all channels. */
export interface ChannelLog {
  /** Gives a session and a clientID to a user. */
  join(channel: string, user: User, session: SessionId, client: number): Promise<Joined>;
  /** Who owns each of these sessions; those that never joined are left out. */
  sessions(channel: string, sessions: readonly SessionId[]): Promise<ReadonlyMap<SessionId, SessionState>>;
  /** Appends entries in order, up to the first that the log refuses. */
  append(channel: string, candidates: readonly Candidate[]): Promise<AppendAnswer>;
  /** The log's bytes as a client reads them. */
  read(channel: string, request: ReadRequest): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void>;
  /** Resolves when every append that was handed in is answered. */
  idle(): Promise<void>;
}

export interface ChannelLogOptions {
  readonly database: Database;
  readonly clock: () => number;
  /** Told after each commit. */
  readonly onStored: (stored: Stored) => void;
}

export const createChannelLog = ({ database, clock, onStored }: ChannelLogOptions): ChannelLog => {
  const channels = createChannels(database);
  const queue = createAppendQueue(database, channels, clock, onStored);
  return {
    async join(channel, user, session, client) {
      return joinChannel(database, await channels.open(channel), user, session, client, clock());
    },
    async sessions(channel, sessions) {
      const state = await channels.open(channel);
      await loadSessions(database, state, sessions, false);
      return state.sessions;
    },
    append: queue.append,
    async *read(channel, request) {
      const { id } = await channels.open(channel);
      yield* readLog(database, id, request);
    },
    idle: queue.idle,
  };
};
