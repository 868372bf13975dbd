import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Element } from '../element/element.js';
import type { ElementId } from '../element/id.js';
import { comparePaint } from '../element/order.js';
import { createPaintOrder } from './paint-order.js';
import { createRecord, type ElementRecord } from './record.js';

/** A record whose element has that order: its look is nobody's matter here. */
const stand = (record: ElementRecord, order: string): void => {
  record.shown = true;
  record.element = { id: record.id, order } as Element;
};

const byElement = (a: ElementRecord, b: ElementRecord): number => comparePaint(a.element!, b.element!);
const shownOf = (records: readonly ElementRecord[]): ElementRecord[] => records.filter(({ shown }) => shown);

it('D9: records are in paint order, whether they came on top or moved below others, and were hidden meanwhile', () => {
  const step = fc.oneof(
    fc.record({ type: fc.constant('put' as const), which: fc.nat(19), order: fc.nat(40) }),
    fc.record({ type: fc.constant('raise' as const), which: fc.nat(19) }),
    fc.record({ type: fc.constant('hide' as const), which: fc.nat(19) }),
    fc.record({ type: fc.constant('list' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const paintOrder = createPaintOrder((record) => record.element ?? null);
      const records = Array.from({ length: 20 }, (_, at) => createRecord(`record${at}` as ElementId));
      let top = -1;
      const put = (record: ElementRecord, order: number): void => {
        stand(record, `a${String(order).padStart(6, '0')}`);
        paintOrder.put(record, order > top);
        top = Math.max(top, order);
      };
      for (const done of steps) {
        if (done.type === 'list') expect(paintOrder.records()).toEqual(shownOf(records).sort(byElement));
        else if (done.type === 'put') put(records[done.which]!, done.order);
        else if (done.type === 'raise') put(records[done.which]!, top + 1);
        else records[done.which]!.shown = false;
      }
      const found = shownOf(records).filter((_, at) => at % 3 > 0);
      paintOrder.sort(found);
      expect(found).toEqual([...found].sort(byElement));
      expect(paintOrder.records()).toEqual(shownOf(records).sort(byElement));
    }),
    { numRuns: 500 },
  );
});

it('a record that comes on top again and again leaves nothing behind', () => {
  const paintOrder = createPaintOrder((record) => record.element ?? null);
  const records = Array.from({ length: 3 }, (_, at) => createRecord(`record${at}` as ElementId));
  for (let order = 0; order < 5_000; order += 1) {
    const record = records[order % 3]!;
    stand(record, `a${String(order).padStart(6, '0')}`);
    paintOrder.put(record, true);
  }
  expect(paintOrder.records()).toEqual([...records].sort(byElement));
  expect(Math.max(...records.map(({ rank }) => rank))).toBeLessThan(2_100);
});
