import { describe, expect, it } from 'vitest';
import { accessOf, pair, personOf } from './people.js';

describe('personOf', () => {
  it('gives everybody a name and always the same colour', () => {
    expect(personOf('ana')).toMatchObject({ id: 'ana', name: 'Ana' });
    expect(personOf('cleo-van-rijn')).toMatchObject({
      name: 'Cleo Van Rijn',
      color: expect.stringMatching(/^#[0-9a-f]{6}$/),
    });
    expect(personOf('cleo')).toEqual(personOf('cleo'));
  });

  it('gives people colours that tell them apart, from the two as well', () => {
    const names = [
      'cleo',
      'dora-lee',
      'emil',
      'farida',
      'gus',
      'hana',
      'ines',
      'jo',
      'karl',
      'lena',
      'mo',
      'nina',
    ];
    const count = new Map<string, number>();
    for (const name of names) {
      const { color } = personOf(name)!;
      count.set(color, (count.get(color) ?? 0) + 1);
    }
    expect(count.size).toBeGreaterThanOrEqual(5);
    expect(Math.max(...count.values())).toBeLessThanOrEqual(4);
    for (const { color } of pair) expect(count.has(color)).toBe(false);
  });

  it.each(['', '<script>', 'Ana', '-ana', 'a'.repeat(33), 'ana ben'])('knows nobody called "%s"', (id) => {
    expect(personOf(id)).toBeNull();
  });
});

describe('accessOf', () => {
  it('lets people draw on boards, readers read, and strangers do nothing', () => {
    expect(accessOf('ana', 'presence-board-demo')).toBe('write');
    expect(accessOf('reader', 'presence-board-demo')).toBe('read');
    expect(accessOf('stranger', 'presence-board-demo')).toBeNull();
    expect(accessOf('ana', 'private-user-ben')).toBeNull();
  });
});
