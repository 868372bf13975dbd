import { expect, it } from 'vitest';
import { isElementId, newElementId, systemRandom } from './id.js';

it('D11: ids are 12 base-62 characters, each equally likely', () => {
  const counts = new Map<string, number>();
  for (let made = 0; made < 5_000; made += 1) {
    const id = newElementId();
    expect(isElementId(id)).toBe(true);
    for (const character of id) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  expect(counts.size).toBe(62);
  // 60,000 characters: 968 each, with a standard deviation of 31.
  for (const count of counts.values()) expect(Math.abs(count - 968)).toBeLessThan(250);
});

it('D11: bytes that would favour some characters are drawn again', () => {
  let calls = 0;
  const random = (length: number) => new Uint8Array(length).fill(calls++ === 0 ? 255 : 61);
  expect(newElementId(random)).toBe('zzzzzzzzzzzz');
});

it('D11: no random byte is handed out twice, however many are asked for', () => {
  const drawn = [16, 4_000, 16, 80, 5_000, 16].map(systemRandom);
  expect(drawn.map(({ length }) => length)).toEqual([16, 4_000, 16, 80, 5_000, 16]);
  const parts = drawn.flatMap((bytes) =>
    Array.from({ length: bytes.length >> 3 }, (_, at) => bytes.slice(8 * at, 8 * at + 8).join()),
  );
  expect(new Set(parts).size).toBe(parts.length);
});
