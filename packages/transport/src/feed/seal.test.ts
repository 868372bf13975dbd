import { createHmac } from 'node:crypto';
import { SEAL_LENGTH, sealedBytes } from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealOf } from './seal.js';

describe('seal', () => {
  it('L11: is the HMAC-SHA-256 that the server computes, cut to 16 bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.integer({ min: 1, max: 0xffffffff }),
        fc.uint8Array({ maxLength: 500 }),
        (key, n, update) => {
          const expected = createHmac('sha256', key).update(sealedBytes(n, update)).digest();
          expect(Buffer.from(sealOf(key, n, update))).toEqual(expected.subarray(0, SEAL_LENGTH));
        },
      ),
      { numRuns: 500 },
    );
  });
});
