import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { decodeBirth, encodeBirth } from './birth.js';
import { KIND_NUMBERS, KINDS } from './kind.js';
import type { Value } from './value.js';

const birth = {
  kind: 'stroke',
  author: 'ana',
  createdAt: 1_700_000_000_000,
  values: new Map<string, Value>([['p', [1, 2]]]),
  ink: new Uint8Array([1, 2, 3]),
  unread: new Map<string, Uint8Array>(),
};

describe('births', () => {
  it('D2: keep kind, author, time, values and ink', () => {
    expect(decodeBirth(encodeBirth(birth))).toEqual(birth);
    expect(decodeBirth(encodeBirth({ ...birth, kind: 'app.kind', ink: null }))).toMatchObject({
      kind: 'app.kind',
    });
  });

  it('D2: values that are the initial ones take no bytes', () => {
    const values = new Map<string, Value>([...birth.values, ['r', 0], ['c', 'ink']]);
    expect(encodeBirth({ ...birth, values })).toEqual(encodeBirth(birth));
  });

  it('D12: every built-in kind has a number', () => {
    expect([...KIND_NUMBERS].sort()).toEqual(Object.keys(KINDS).sort());
  });

  it('D12: what only a newer program knows survives being read and written', () => {
    const unread = new Map([['?', new Uint8Array([7, 7])]]);
    for (const kind of ['stroke', '#77', 'app.kind']) {
      const bytes = encodeBirth({ ...birth, kind, unread });
      expect(decodeBirth(bytes)).toEqual({ ...birth, kind, unread });
      expect(encodeBirth(decodeBirth(bytes)!)).toEqual(bytes);
    }
  });

  it('D12: births of the first format are read', () => {
    const first = encoding.encode((encoder) => {
      encoding.writeUint8(encoder, 1);
      encoding.writeVarString(encoder, 'stroke');
      encoding.writeVarString(encoder, 'ana');
      encoding.writeVarUint(encoder, birth.createdAt);
      encoding.writeVarString(encoder, 'p');
      encoding.writeVarUint8Array(encoder, new Uint8Array([0x80, 1, 0x80, 2]));
      encoding.writeVarString(encoder, 'i');
      encoding.writeVarUint8Array(encoder, birth.ink);
    });
    expect(decodeBirth(first)).toEqual(birth);
  });

  it('D7: a value that cannot be read leaves the rest as it is', () => {
    const bytes = encodeBirth({
      ...birth,
      values: new Map<string, Value>([
        ['c', '#112233'],
        ['p', [1, 2]],
      ]),
    });
    // The name that a colour's first byte stands for is not in the list.
    bytes[bytes.indexOf('c'.charCodeAt(0)) + 2] = 200;
    expect(decodeBirth(bytes)?.values).toEqual(new Map([['p', [1, 2]]]));
  });

  it('D7: any bytes are a birth or none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(), fc.nat(255), (bytes, place, byte) => {
        decodeBirth(bytes);
        const changed = encodeBirth(birth);
        changed[place % changed.length] = byte;
        decodeBirth(changed);
      }),
      { numRuns: 2_000 },
    );
    expect(decodeBirth(new Uint8Array())).toBeNull();
    expect(decodeBirth(encodeBirth(birth).slice(0, -1))).toBeNull();
  });
});
