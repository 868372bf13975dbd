import { hash } from 'node:crypto';

/** A key that messages are signed with. */
export interface HmacKey {
  /** The HMAC-SHA-256 (RFC 2104) of `head` and `message` one after another: 32 bytes, until any key signs again. */
  sign(head: Uint8Array, message: Uint8Array): Uint8Array;
}

/** Bytes that SHA-256 takes in at once. */
const BLOCK = 64;
const DIGEST = 32;

/** Most messages are put together here; what is longer is worth memory of its own. */
const ROOM = new Uint8Array(16 << 10);
const SIGNED = Buffer.alloc(DIGEST);

/**
 * A key for many short messages. Node's own `createHmac` makes an object for each message that costs several times what
 * hashing it does, and more when it is collected. So do digests as buffers: they come as text of a character for each byte.
 */
export const createHmacKey = (key: Uint8Array): HmacKey => {
  const fitting = key.length > BLOCK ? hash('sha256', key, 'buffer') : key;
  const inner = new Uint8Array(BLOCK).fill(0x36);
  const outer = Buffer.alloc(BLOCK + DIGEST).fill(0x5c, 0, BLOCK);
  for (const [index, byte] of fitting.entries()) {
    inner[index] = 0x36 ^ byte;
    outer[index] = 0x5c ^ byte;
  }
  return {
    sign(head, message) {
      const start = BLOCK + head.length;
      const length = start + message.length;
      const room = length > ROOM.length ? new Uint8Array(length) : ROOM;
      room.set(inner);
      room.set(head, BLOCK);
      room.set(message, start);
      outer.write(hash('sha256', room.subarray(0, length), 'binary'), BLOCK, 'binary');
      SIGNED.write(hash('sha256', outer, 'binary'), 'binary');
      return SIGNED;
    },
  };
};
