import type { AppendAnswer, DigestAnswer, SessionId } from '@inkwire/core';
import type { User } from '../access/user.js';
import type { Candidate } from './append-plan.js';
import type { AppendQueue } from './append-queue.js';
import { loadSessions, type SessionState } from './channel-state.js';
import type { Channels } from './channels.js';
import type { Database } from './database.js';
import { createDigests } from './digest.js';
import { inTurns } from './fold-turns.js';
import { type Joined, joinChannel } from './join.js';
import type { Fold } from './quarantine.js';
import { type Chunks, createLogReader, type ReadRequest } from './read.js';
import type { HistoryRequest } from './read-plan.js';
import { revokeSessions } from './revoke.js';
import { warmUp } from './warm-up.js';

/** The ordered, durable logs of all channels. */
export interface ChannelLog {
  /** Gives a session and a clientID to a user. */
  join(channel: string, user: User, session: SessionId, client: number): Promise<Joined>;
  /** Who owns each of these sessions; those that never joined are left out. */
  sessions(channel: string, sessions: readonly SessionId[]): Promise<ReadonlyMap<SessionId, SessionState>>;
  /** Bytes of a channel's newest snapshot and of the rows after it, as far as this process knows. */
  bytes(channel: string): Promise<number>;
  /** Appends entries in order, up to the first that the log refuses. */
  append(channel: string, candidates: readonly Candidate[]): Promise<AppendAnswer>;
  /** The log's bytes as a client reads them. */
  read(channel: string, request: ReadRequest): Chunks;
  /** A part of its past, with times. */
  history(channel: string, request: HistoryRequest): Chunks;
  /** The digest of its document; `pay` is called before the log is folded for it, and what it throws prevents that. */
  digest(channel: string, pay: () => void): Promise<DigestAnswer>;
  /** Ends the sessions of a user, on one channel or on all: they may not append until they join again. */
  revoke(user: string, channel?: string): Promise<void>;
  /** Makes ready what the first reads need. */
  warmUp(): Promise<void>;
}

export const createChannelLog = (
  database: Database,
  channels: Channels,
  queue: AppendQueue,
  fold: Fold,
  clock: () => number,
): ChannelLog => {
  const foldInTurns = inTurns(fold);
  const digests = createDigests(database, foldInTurns);
  const reader = createLogReader(database, foldInTurns);
  return {
    async join(channel, user, session, client) {
      return joinChannel(database, await channels.open(channel), user, session, client, clock());
    },
    async sessions(channel, sessions) {
      const state = await channels.open(channel);
      await loadSessions(database, state, sessions, false);
      return state.sessions;
    },
    async bytes(channel) {
      return (await channels.open(channel)).bytes;
    },
    append: queue.append,
    async *read(channel, request) {
      const { id } = await channels.open(channel);
      yield* reader.read(id, request);
    },
    async *history(channel, request) {
      const { id } = await channels.open(channel);
      yield* reader.history(id, request);
    },
    async digest(channel, pay) {
      const { id } = await channels.open(channel);
      return digests.at(id, pay);
    },
    revoke: (user, channel) => revokeSessions(database, user, channel),
    warmUp: () => warmUp(database, reader),
  };
};
