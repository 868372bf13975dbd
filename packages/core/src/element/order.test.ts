import fc from 'fast-check';
import { expect, it } from 'vitest';
import { systemRandom } from './id.js';
import { isOrder, isOrderIn, orderBetween, orderIn } from './order.js';

it('D9: an index lies between its neighbours and stays usable, wherever elements are inserted', () => {
  const orders: string[] = [];
  let seed = 7;
  for (let step = 0; step < 1_000; step += 1) {
    seed = (seed * 48_271) % 2_147_483_647;
    const at = seed % (orders.length + 1);
    const order = orderBetween(orders[at - 1] ?? null, orders[at] ?? null, systemRandom);
    expect(isOrder(order)).toBe(true);
    orders.splice(at, 0, order);
    expect(orders.slice(Math.max(0, at - 1), at + 2)).toEqual(
      orders.slice(Math.max(0, at - 1), at + 2).sort(),
    );
  }
  expect(new Set(orders).size).toBe(orders.length);
});

it('D9: two people who insert at one place rarely draw the same index', () => {
  const drawn = new Set(Array.from({ length: 100 }, () => orderBetween('a0', 'a1', systemRandom)));
  expect(drawn.size).toBeGreaterThan(80);
});

it('D9: equal neighbours never throw', () => {
  expect(orderBetween('a1', 'a1', systemRandom)).toBe('a1');
});

it('D7: what cannot be inserted next to is no index', () => {
  for (const wrong of ['', 'a', 'b1', 'a10', 'é0', `A${'0'.repeat(26)}`, 'a1'.repeat(300), 7]) {
    expect(isOrder(wrong), String(wrong)).toBe(false);
  }
});

it('D7: bytes are an index exactly when their characters are', () => {
  const like = fc.array(fc.constantFrom(...'0019AZaz'), { maxLength: 30 }).map((letters) => letters.join(''));
  const lowest = fc.nat(3).map((more) => `A${'0'.repeat(25 + more)}`);
  const text = fc.oneof(like, lowest, fc.string({ unit: 'binary-ascii', maxLength: 4 }));
  fc.assert(
    fc.property(text, fc.nat(2), (order, margin) => {
      const bytes = new TextEncoder().encode('1'.repeat(margin) + order + '1'.repeat(margin));
      expect(isOrderIn(bytes, margin, margin + order.length)).toBe(isOrder(order));
      if (isOrder(order)) expect(orderIn(bytes, margin, margin + order.length)).toBe(order);
    }),
    { numRuns: 2_000 },
  );
});
