import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Entry, SEAL_LENGTH, type SessionId, sealedBytes } from '@inkwire/core';

/**
 * Seals say who made an entry, whoever hands it in: each session has a key that only its page and the server know.
 *
 * key = HMAC-SHA-256(server secret, JSON `[channel, session, user id]`), 32 bytes.
 */
export interface Seals {
  key(channel: string, session: SessionId, user: string): Uint8Array;
  /** The seal of an entry that `user` makes. */
  seal(channel: string, user: string, session: SessionId, n: number, update: Uint8Array): Uint8Array;
  /** Whether `entry` was made by `user` in its session on `channel`. */
  verify(channel: string, user: string, entry: Entry): boolean;
}

/** Keys of sessions that write at the moment need not be derived again for each entry. */
const MOST_KEYS = 10_000;

export const createSeals = (secret: string): Seals => {
  const keys = new Map<string, Uint8Array>();
  const key: Seals['key'] = (channel, session, user) => {
    const place = JSON.stringify([channel, session, user]);
    const known = keys.get(place);
    if (known) return known;
    const derived = createHmac('sha256', secret).update(place).digest();
    if (keys.size >= MOST_KEYS) keys.clear();
    keys.set(place, derived);
    return derived;
  };
  const seal: Seals['seal'] = (channel, user, session, n, update) =>
    createHmac('sha256', key(channel, session, user))
      .update(sealedBytes(n, update))
      .digest()
      .subarray(0, SEAL_LENGTH);
  return {
    key,
    seal,
    verify: (channel, user, { session, n, update, seal: given }) =>
      given.length === SEAL_LENGTH && timingSafeEqual(seal(channel, user, session, n, update), given),
  };
};
