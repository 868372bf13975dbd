import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Entry, SEAL_LENGTH, type SessionId, sealedBytes } from '@inkwire/core';

/**
 * Seals say who made an entry, whoever hands it in: each session has a key that only its page and the server know.
 *
 * key = HMAC-SHA-256(server secret, JSON `[channel, session, user id]`), 32 bytes.
 */
export interface Seals {
  key(channel: string, session: SessionId, user: string): Uint8Array;
  /** Whether `entry` was made by `user` in its session on `channel`. */
  verify(channel: string, user: string, entry: Entry): boolean;
}

export const createSeals = (secret: string): Seals => {
  const key = (channel: string, session: SessionId, user: string): Uint8Array =>
    createHmac('sha256', secret)
      .update(JSON.stringify([channel, session, user]))
      .digest();
  return {
    key,
    verify(channel, user, entry) {
      const seal = createHmac('sha256', key(channel, entry.session, user))
        .update(sealedBytes(entry.n, entry.update))
        .digest()
        .subarray(0, SEAL_LENGTH);
      return entry.seal.length === SEAL_LENGTH && timingSafeEqual(seal, entry.seal);
    },
  };
};
