import { describe, expect, it } from 'vitest';
import { readUser } from './user.js';

describe('users', () => {
  it('S1: are taken as the app names them', () => {
    expect(readUser({ id: 'ana', name: 'Ana 🖊 Ω', color: '#ff0000' })).toEqual({
      id: 'ana',
      name: 'Ana 🖊 Ω',
      color: '#ff0000',
    });
    expect(readUser(null)).toBeNull();
  });

  it('S1: without a usable id are nobody; unusable names are left out', () => {
    for (const id of ['', 'x'.repeat(129), 'a\u0000b', '\ud800', 7 as unknown as string])
      expect(readUser({ id })).toBeNull();
    expect(readUser({ id: 'ana', name: 'x'.repeat(101), color: 5 as unknown as string })).toEqual({
      id: 'ana',
    });
  });
});
