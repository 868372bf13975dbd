import type { Element } from '../element/element.js';
import type { ElementId } from '../element/id.js';
import { comparePaint } from '../element/order.js';
import type { ElementRecord } from './record.js';

/** The records that can be seen, sorted when somebody asks and kept sorted while that is cheap. */
export interface PaintOrder {
  records(): readonly ElementRecord[];
  /** To be called before so much changes that sorting anew is cheaper. */
  forget(): void;
  /** To be called when a record has changed, with what it was. */
  keep(
    before: { readonly shown: boolean; readonly element: Element | null | undefined },
    record: ElementRecord,
  ): void;
}

export const createPaintOrder = (
  records: ReadonlyMap<ElementId, ElementRecord>,
  elementOf: (record: ElementRecord) => Element,
): PaintOrder => {
  let sorted: ElementRecord[] | null = null;

  const compare = (a: ElementRecord, b: ElementRecord): number => comparePaint(elementOf(a), elementOf(b));

  return {
    records() {
      sorted ??= [...records.values()].filter((record) => record.shown).sort(compare);
      return sorted;
    },
    forget() {
      sorted = null;
    },
    keep({ shown, element }, record) {
      if (sorted === null || (!shown && !record.shown)) return;
      const top = sorted.at(-1);
      if (!shown && (top === undefined || compare(top, record) < 0)) sorted.push(record);
      else if (!shown || !record.shown || element?.order !== elementOf(record).order) sorted = null;
    },
  };
};
