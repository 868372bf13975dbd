import { SEAL_LENGTH, sealedBytes } from '@inkwire/core';
import { digest } from 'lib0/hash/sha256';

const BLOCK_BYTES = 64;

/** HMAC-SHA-256 (RFC 2104) for keys of at most one block. */
const hmac = (key: Uint8Array, message: Uint8Array): Uint8Array => {
  const inner = new Uint8Array(BLOCK_BYTES + message.length).fill(0x36, 0, BLOCK_BYTES);
  const outer = new Uint8Array(BLOCK_BYTES + 32).fill(0x5c, 0, BLOCK_BYTES);
  for (let index = 0; index < key.length; index += 1) {
    inner[index] = 0x36 ^ (key[index] as number);
    outer[index] = 0x5c ^ (key[index] as number);
  }
  inner.set(message, BLOCK_BYTES);
  outer.set(digest(inner), BLOCK_BYTES);
  return digest(outer);
};

/**
 * The seal of an entry (L11). Synchronous, unlike WebCrypto, and so also at hand on a page without a secure context and
 * while the page closes; 3 µs for a stroke.
 *
 * @param key at most 64 bytes
 */
export const sealOf = (key: Uint8Array, n: number, update: Uint8Array): Uint8Array =>
  hmac(key, sealedBytes(n, update)).slice(0, SEAL_LENGTH);
