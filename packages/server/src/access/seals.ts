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

export const createSeals = (secret: string): Seals => {
  const key = (channel: string, session: SessionId, user: string): Uint8Array =>
    createHmac('sha256', secret)
      .update(JSON.stringify([channel, session, user]))
      .digest();
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
