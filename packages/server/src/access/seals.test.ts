import { createHmac } from 'node:crypto';
import type { SessionId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { createSeals } from './seals.js';

const SESSION = 'abcdefghijkl' as SessionId;
const UPDATE = new Uint8Array([1, 2, 3]);

describe('seals', () => {
  it('L11: are HMACs over number and bytes under a key of channel, session and user, cut to 16 bytes', () => {
    const seals = createSeals('a secret of tests');
    const key = createHmac('sha256', 'a secret of tests').update(`["c","${SESSION}","ana"]`).digest();
    expect(seals.key('c', SESSION, 'ana')).toEqual(key);
    const seal = createHmac('sha256', key)
      .update(Buffer.from([0, 0, 1, 0, 1, 2, 3]))
      .digest();
    expect(seals.seal('c', 'ana', SESSION, 256, UPDATE)).toEqual(seal.subarray(0, 16));
  });

  it('L11: fit only what they were made for', () => {
    const seals = createSeals('a secret of tests');
    const entry = {
      session: SESSION,
      n: 1,
      update: UPDATE,
      seal: seals.seal('c', 'ana', SESSION, 1, UPDATE),
    };
    expect(seals.verify('c', 'ana', entry)).toBe(true);
    expect(seals.verify('c', 'ben', entry)).toBe(false);
    expect(seals.verify('d', 'ana', entry)).toBe(false);
    expect(seals.verify('c', 'ana', { ...entry, n: 2 })).toBe(false);
    expect(seals.verify('c', 'ana', { ...entry, update: new Uint8Array([1, 2, 4]) })).toBe(false);
    expect(seals.verify('c', 'ana', { ...entry, seal: entry.seal.subarray(0, 15) })).toBe(false);
    expect(createSeals('another secret of tests').verify('c', 'ana', entry)).toBe(false);
  });
});
