import type { MemberInfo, SessionId } from '@inkwire/core';
import type { Clock } from '../clock.js';

/** Who else is in a room, and what is spent in it. */
export interface Peers {
  /** A frame of `session` came from `user`; null for another tab of mine, which Pusher need not reach. */
  heard(session: SessionId, user: string | null): void;
  /** A receipt came. */
  announced(): void;
  /** The log got an entry of `session`. */
  wrote(session: SessionId): void;
  /** Whether anybody would get a frame (W4). */
  any(): boolean;
  /** The least time in ms between my last frame and the next one, so that the room keeps to its bill. */
  spacing(): number;
  /** How long in ms a frame would have to wait for that from now on. */
  wait(): number;
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

/**
 * Pusher counts one person once, on however many devices. Another one of one's own shows itself by what it writes, and
 * from then on by its frames; it is remembered for this long.
 */
const TWIN_MS = 60_000;

const MINUTE_MS = 60_000;

/** In the largest rooms too everybody is heard before they are taken for gone (P3). */
const LONGEST_WAIT_MS = 20_000;

/**
 * The bill is kept like a shared purse that fills evenly: everybody takes out of it what each frame and receipt of the
 * room costs, their own and those they hear, and sends nothing before it has filled up again. So whoever is alone in
 * drawing gets all of it, and those who draw together share it, without a word about it.
 */
export const createPeers = (options: PeersOptions): Peers => {
  const { session: own, user: me, members, messagesPerMinute, clock } = options;
  const heard = new Map<SessionId, { readonly at: number; readonly user: string | null }>();
  let twinAt = Number.NEGATIVE_INFINITY;
  let costs: { readonly at: number; readonly messages: number }[] = [];
  let paidUntil = Number.NEGATIVE_INFINITY;
  let sentAt: number | null = null;

  /** People in the room besides me, and whether I am there twice. */
  const others = (): number => {
    const people = members.size - (members.has(me) ? 1 : 0);
    return people + (clock.now() - twinAt < TWIN_MS ? 1 : 0);
  };

  const pay = (messages: number): void => {
    const now = clock.now();
    const people = others() + 1;
    // All of them may send their first frame in one moment, before they hear of each other's.
    const perMinute = Math.max(messagesPerMinute / 2, messagesPerMinute - people * people);
    const until = Math.max(paidUntil, now) + (MINUTE_MS * messages) / perMinute;
    paidUntil = Math.min(until, now + LONGEST_WAIT_MS);
  };

  const forget = (): void => {
    const since = clock.now() - TWIN_MS;
    for (const [session, { at }] of heard) if (at < since) heard.delete(session);
  };

  return {
    heard: (session, user) => {
      forget();
      heard.set(session, { at: clock.now(), user });
      if (user === me) twinAt = clock.now();
      if (user !== null) pay(others() + 1);
    },
    // The call of Pusher's HTTP API counts too.
    announced: () => pay(others() + 2),
    wrote: (session) => {
      if (session === own) return;
      const known = heard.get(session);
      if (known === undefined || known.user === me) twinAt = clock.now();
    },
    any: () => others() > 0,
    spacing: () => (paidUntil <= clock.now() ? 0 : paidUntil - (sentAt ?? clock.now())),
    wait: () => Math.max(0, paidUntil - clock.now()),
    spent: () => {
      const messages = others() + 1;
      sentAt = clock.now();
      costs.push({ at: sentAt, messages });
      pay(messages);
    },
    messagesPerMinute: () => {
      const since = clock.now() - MINUTE_MS;
      costs = costs.filter(({ at }) => at > since);
      return costs.reduce((sum, { messages }) => sum + messages, 0);
    },
  };
};
