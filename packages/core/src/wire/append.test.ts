import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { decodeAppend, encodeAppend, MAX_APPEND_ENTRIES } from './append.js';
import { type Entry, SEAL_LENGTH, sessionId } from './entry.js';
import { WireError } from './wire-error.js';

const entry: fc.Arbitrary<Entry> = fc.record({
  session: fc.stringMatching(/^[0-9A-Za-z]{12}$/).map(sessionId),
  n: fc.integer({ min: 1, max: 0xffffffff }),
  update: fc.uint8Array({ maxLength: 300 }),
  seal: fc.uint8Array({ minLength: SEAL_LENGTH, maxLength: SEAL_LENGTH }),
});

/** Whether `read` returns, or throws the one error that it promises. */
const isTotal = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch (error) {
    return error instanceof WireError;
  }
};

describe('append', () => {
  it('decodes to what was encoded', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
        expect(decodeAppend(encodeAppend(entries))).toEqual(entries);
      }),
      { numRuns: 300 },
    );
  });

  it('any bytes decode or throw a WireError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => isTotal(() => decodeAppend(bytes))),
      { numRuns: 2_000 },
    );
  });

  it('a body with one byte changed, cut or added decodes or throws a WireError, and never decodes longer', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.nat(255),
        (entries, at, value) => {
          const bytes = encodeAppend(entries);
          const changed = bytes.slice();
          changed[at % bytes.length] = value;
          expect(isTotal(() => decodeAppend(changed))).toBe(true);
          expect(() => decodeAppend(bytes.subarray(0, at % bytes.length))).toThrow(WireError);
          expect(() => decodeAppend(new Uint8Array([...bytes, value]))).toThrow(WireError);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('refuses another version, and more entries than an append may have', () => {
    const other = encodeAppend([]);
    other[0] = 2;
    expect(() => decodeAppend(other)).toThrow(/version 1, not 2/);
    const encoder = encoding.createEncoder();
    encoding.writeUint8(encoder, 1);
    encoding.writeVarUint(encoder, MAX_APPEND_ENTRIES + 1);
    expect(() => decodeAppend(encoding.toUint8Array(encoder))).toThrow(/at most 512/);
  });
});
