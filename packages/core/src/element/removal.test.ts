import fc from 'fast-check';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { readSeen, removal, type Seen, writeSeen } from './removal.js';

const pack = (value: boolean, seen: Seen): Uint8Array =>
  encoding.encode((encoder) => {
    removal.write(encoder, value);
    if (value) writeSeen(encoder, seen);
  });

const clients = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const seenByMany: fc.Arbitrary<Seen> = fc
  .array(fc.tuple(clients, fc.nat()), { maxLength: 6 })
  .map((entries) => new Map(entries));

describe('a removal', () => {
  it('C8: is followed by what its writer had seen, and is read without it', () => {
    fc.assert(
      fc.property(seenByMany, (seen) => {
        const bytes = pack(true, seen);
        expect(readSeen(decoding.createDecoder(bytes))).toEqual(seen);
        expect(removal.read(decoding.createDecoder(bytes))).toBe(true);
      }),
    );
  });

  it('D8: takes no byte where there was nothing to see, and taking it back takes one', () => {
    expect(pack(true, new Map())).toHaveLength(0);
    expect(pack(false, new Map([[1, 2]]))).toEqual(Uint8Array.of(0));
    expect(readSeen(decoding.createDecoder(Uint8Array.of(0)))).toBeNull();
  });

  it('D7: any bytes are one or an error, however much they claim', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          expect(readSeen(decoding.createDecoder(bytes))?.size ?? 0).toBeLessThanOrEqual(bytes.length / 2);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
