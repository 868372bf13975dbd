import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTopOrder } from './top-order.js';

const order = fc
  .array(fc.constantFrom(...'019AZaz'), { minLength: 1, maxLength: 5 })
  .map((letters) => `a${letters.join('')}`);

it('the top is the highest of all orders, whether they came as texts or as bytes', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(order, fc.boolean(), fc.nat(3)), { maxLength: 12 }), (list) => {
      const top = createTopOrder();
      expect(top.read()).toBeNull();
      let highest: string | null = null;
      for (const [each, asText, margin] of list) {
        const bytes = new TextEncoder().encode('z'.repeat(margin) + each + 'z'.repeat(margin));
        const rises = asText ? top.rise(each) : top.riseTo(bytes, margin, margin + each.length);
        expect(rises).toBe(highest === null || each > highest);
        if (rises) highest = each;
        expect(top.read()).toBe(highest);
      }
    }),
  );
});
