import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBoundedCache } from './bounded-cache.js';

it('keeps what was used last, as much as there is room for', () => {
  const cache = createBoundedCache<string, number>(10);
  cache.set('a', 1, 4);
  cache.set('b', 2, 4);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3, 4);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  cache.set('d', 4, 11);
  expect([cache.get('a'), cache.get('c'), cache.get('d')]).toEqual([undefined, undefined, 4]);
  cache.set('a', 5, 10);
  expect([cache.get('a'), cache.get('d')]).toEqual([5, undefined]);
  cache.clear();
  expect(cache.get('a')).toBeUndefined();
});

it('holds no more than it may, and nothing but what was put there last', () => {
  const step = fc.record({ key: fc.nat(8), bytes: fc.nat(6), read: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const cache = createBoundedCache<number, number>(12);
      const put = new Map<number, { value: number; bytes: number }>();
      steps.forEach(({ key, bytes, read }, value) => {
        if (!read) {
          cache.set(key, value, bytes);
          put.set(key, { value, bytes });
        }
        let held = 0;
        for (const [at, last] of put) {
          const found = cache.get(at);
          if (found === undefined) continue;
          expect(found).toBe(last.value);
          held += last.bytes;
        }
        expect(held).toBeLessThanOrEqual(12);
      });
    }),
  );
});
