import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Sequence, sessionId } from './entry.js';
import { type Receipt, readReceipt } from './receipt.js';
import { WireError } from './wire-error.js';

const receipt: fc.Arbitrary<Receipt> = fc.record({
  epoch: fc.string({ maxLength: 36 }),
  head: fc.nat().map((count) => count as Sequence),
  entries: fc.array(
    fc.tuple(
      fc.nat().map((count) => count as Sequence),
      fc.stringMatching(/^[0-9A-Za-z]{12}$/).map(sessionId),
      fc.nat(0xffffffff),
    ),
    { maxLength: 20 },
  ),
});

describe('receipt', () => {
  it('L5: reads what a server publishes', () => {
    fc.assert(
      fc.property(receipt, (value) => {
        expect(readReceipt(JSON.parse(JSON.stringify(value)))).toEqual(value);
      }),
    );
  });

  it('any data is a receipt or throws a WireError', () => {
    const wrong = fc.oneof(
      fc.anything(),
      fc.record(
        {
          epoch: fc.anything(),
          head: fc.anything(),
          entries: fc.oneof(fc.anything(), fc.array(fc.anything())),
        },
        { requiredKeys: [] },
      ),
      receipt.chain((value) =>
        fc.anything().map((entry) => ({ ...value, entries: [...value.entries, entry] })),
      ),
    );
    fc.assert(
      fc.property(wrong, (data) => {
        try {
          const { epoch, head, entries } = readReceipt(data);
          expect(typeof epoch).toBe('string');
          expect(Number.isSafeInteger(head)).toBe(true);
          for (const [seq, session, n] of entries) {
            expect(Number.isSafeInteger(seq) && Number.isSafeInteger(n)).toBe(true);
            expect(sessionId(session)).toBe(session);
          }
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
