import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHmacKey } from './hmac.js';

describe('hmac', () => {
  it('L11: signs as HMAC-SHA-256 does, any message under a key of any length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 100 }),
        fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 3 }),
        (bytes, messages) => {
          const key = createHmacKey(bytes);
          for (const message of messages)
            expect([...key.sign(message)]).toEqual([...createHmac('sha256', bytes).update(message).digest()]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
