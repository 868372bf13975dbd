import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHmacKey } from './hmac.js';

describe('hmac', () => {
  it('L11: signs as HMAC-SHA-256 does, any message under a key of any length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 100 }),
        fc.array(fc.tuple(fc.uint8Array({ maxLength: 8 }), fc.uint8Array({ maxLength: 300 })), {
          minLength: 1,
          maxLength: 3,
        }),
        (bytes, messages) => {
          const key = createHmacKey(bytes);
          for (const [head, message] of messages)
            expect([...key.sign(head, message)]).toEqual([
              ...createHmac('sha256', bytes).update(head).update(message).digest(),
            ]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('L11: signs messages of every length alike', () => {
    const key = createHmacKey(new Uint8Array([1]));
    const head = new Uint8Array([2, 3, 4, 5]);
    for (let length = 16_000; length < 17_000; length += 1) {
      const message = new Uint8Array(length).fill(length);
      const expected = createHmac('sha256', new Uint8Array([1]))
        .update(head)
        .update(message)
        .digest();
      expect(expected.equals(key.sign(head, message))).toBe(true);
    }
  });
});
