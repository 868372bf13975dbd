import type { MemberInfo, SessionId } from '@inkwire/core';
import type { Clock } from '../clock.js';

/** Who else is in a room, and what a frame into it costs. */
export interface Peers {
  /** A frame of `session` came from `user`; null for another tab of mine, which Pusher need not reach. */
  heard(session: SessionId, user: string | null): void;
  /** The log got an entry of `session`. */
  wrote(session: SessionId): void;
  /** Whether anybody would get a frame (W4). */
  any(): boolean;
  /** The least time in ms between two frames of mine, so that the room keeps to its bill. */
  spacing(): number;
  /** A frame of mine left. */
  spent(): void;
  /** Messages that my frames cost in the last minute. */
  messagesPerMinute(): number;
}

export interface PeersOptions {
  readonly session: SessionId;
  readonly user: string;
  readonly members: ReadonlyMap<string, Partial<MemberInfo>>;
  /** What a room may cost, in messages a minute over all its people. */
  readonly messagesPerMinute: number;
  readonly clock: Clock;
}

/** Who sent a frame within this time is thought to go on sending. */
const ACTIVE_MS = 5_000;

/**
 * Pusher counts one person once, on however many devices. Another one of one's own shows itself by what it writes, and
 * from then on by its frames; it is remembered for this long.
 */
const TWIN_MS = 60_000;

const MINUTE_MS = 60_000;

export const createPeers = (options: PeersOptions): Peers => {
  const { session: own, user: me, members, messagesPerMinute, clock } = options;
  const heardAt = new Map<SessionId, { readonly at: number; readonly user: string | null }>();
  let twinAt = Number.NEGATIVE_INFINITY;
  let costs: { readonly at: number; readonly messages: number }[] = [];

  /** People in the room besides me, and whether I am there twice. */
  const others = (): number => {
    const people = members.size - (members.has(me) ? 1 : 0);
    return people + (clock.now() - twinAt < TWIN_MS ? 1 : 0);
  };

  const active = (): number => {
    const since = clock.now() - ACTIVE_MS;
    let count = 1;
    for (const [session, { at }] of heardAt) {
      if (at >= since) count += 1;
      else if (at < since - TWIN_MS) heardAt.delete(session);
    }
    return count;
  };

  return {
    heard: (session, user) => {
      heardAt.set(session, { at: clock.now(), user });
      if (user === me) twinAt = clock.now();
    },
    wrote: (session) => {
      if (session === own) return;
      const known = heardAt.get(session);
      if (known === undefined || known.user === me) twinAt = clock.now();
    },
    any: () => others() > 0,
    // N people hear each of A senders: A × N messages for one frame of each.
    spacing: () => (MINUTE_MS * active() * (others() + 1)) / messagesPerMinute,
    spent: () => {
      costs.push({ at: clock.now(), messages: others() + 1 });
    },
    messagesPerMinute: () => {
      const since = clock.now() - MINUTE_MS;
      costs = costs.filter(({ at }) => at > since);
      return costs.reduce((sum, { messages }) => sum + messages, 0);
    },
  };
};
