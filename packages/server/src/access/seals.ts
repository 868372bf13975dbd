import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Entry, SEAL_LENGTH, type SessionId } from '@inkwire/core';
import { createHmacKey, type HmacKey } from './hmac.js';

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

/** What a seal covers begins with the entry's number, 4 bytes big-endian; the update need not be copied behind it. */
const NUMBER = Buffer.alloc(4);

interface SealKey {
  readonly bytes: Uint8Array;
  readonly hmac: HmacKey;
}

export const createSeals = (secret: string): Seals => {
  const keys = new Map<string, SealKey>();
  const keyOf = (channel: string, session: SessionId, user: string): SealKey => {
    // Neither a session nor a channel has a slash in it, so no two places are the same.
    const place = `${session}/${channel}/${user}`;
    const known = keys.get(place);
    if (known) return known;
    const bytes = createHmac('sha256', secret)
      .update(JSON.stringify([channel, session, user]))
      .digest();
    const key = { bytes, hmac: createHmacKey(bytes) };
    if (keys.size >= MOST_KEYS) keys.clear();
    keys.set(place, key);
    return key;
  };
  /** The seal, until the next one is made. */
  const sealed: Seals['seal'] = (channel, user, session, n, update) => {
    NUMBER.writeUInt32BE(n);
    return keyOf(channel, session, user).hmac.sign(NUMBER, update).subarray(0, SEAL_LENGTH);
  };
  return {
    key: (channel, session, user) => keyOf(channel, session, user).bytes,
    seal: (...sealing) => Buffer.from(sealed(...sealing)),
    verify: (channel, user, { session, n, update, seal }) =>
      seal.length === SEAL_LENGTH && timingSafeEqual(sealed(channel, user, session, n, update), seal),
  };
};
