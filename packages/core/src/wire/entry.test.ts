import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { isSessionId, readNumbered, SEAL_LENGTH, sealedBytes, sessionId, writeNumbered } from './entry.js';
import { WireError } from './wire-error.js';

const SESSION = sessionId('aB3aB3aB3aB3');

describe('entry', () => {
  it('L11: a seal covers the number, 4 bytes big-endian, and then the update', () => {
    expect(sealedBytes(0x01020304, new Uint8Array([9, 8]))).toEqual(new Uint8Array([1, 2, 3, 4, 9, 8]));
    expect(sealedBytes(0xffffffff, new Uint8Array(0))).toEqual(new Uint8Array([255, 255, 255, 255]));
  });

  it('L1: a session id is 12 base-62 characters, nothing else', () => {
    expect(isSessionId('0123456789Az')).toBe(true);
    for (const wrong of [
      '',
      '0123456789A',
      '0123456789Azb',
      '0123456789A-',
      '0123456789Az\n',
      'ä123456789Az',
    ])
      expect(() => sessionId(wrong)).toThrow(WireError);
  });

  it('writes no seal of another length', () => {
    const entry = { n: 1, seal: new Uint8Array(SEAL_LENGTH - 1), update: new Uint8Array(3) };
    expect(() => writeNumbered(encoding.createEncoder(), entry)).toThrow(WireError);
  });

  it('L1: numbers run from 1 to 4294967295', () => {
    const read = (n: number) => {
      const encoder = encoding.createEncoder();
      writeNumbered(encoder, { n, seal: new Uint8Array(SEAL_LENGTH), update: new Uint8Array(0) });
      return readNumbered(decoding.createDecoder(encoding.toUint8Array(encoder)), SESSION).n;
    };
    expect(read(1)).toBe(1);
    expect(read(0xffffffff)).toBe(0xffffffff);
    expect(() => read(0)).toThrow(WireError);
    expect(() => read(0x100000000)).toThrow(WireError);
  });

  it('returns arrays that keep no hold of the bytes that they were read from', () => {
    const encoder = encoding.createEncoder();
    writeNumbered(encoder, {
      n: 1,
      seal: new Uint8Array(SEAL_LENGTH).fill(7),
      update: new Uint8Array([1, 2]),
    });
    const bytes = encoding.toUint8Array(encoder);
    const entry = readNumbered(decoding.createDecoder(bytes), SESSION);
    bytes.fill(0);
    expect(entry.seal).toEqual(new Uint8Array(SEAL_LENGTH).fill(7));
    expect(entry.update).toEqual(new Uint8Array([1, 2]));
    expect(entry.update.buffer.byteLength).toBe(2);
  });
});
