import type { Element } from '../element/element.js';
import { comparePaint } from '../element/order.js';
import type { ElementRecord } from './record.js';

/**
 * In what order records are painted. Most come on top of all others, and that gives them a rank: numbers are compared
 * many times faster than fractional indices. The others are compared by these.
 */
export interface PaintOrder {
  /** All that can be seen. */
  records(): readonly ElementRecord[];
  /** Sorts `found`, and returns it. */
  sort(found: ElementRecord[]): readonly ElementRecord[];
  /** To be called when the order of a record is known, and when it is another. `isTop`: above all that ever were. */
  put(record: ElementRecord, isTop: boolean): void;
}

/** With more places than this that nobody stands in any more, and more than half of all, ranks are given anew. */
const MOST_LEFT = 1_000;

const UNRANKED = -1;

/** @param elementOf what a record that was put looks like; null when it cannot be read any more. */
export const createPaintOrder = (elementOf: (record: ElementRecord) => Element | null): PaintOrder => {
  /** By rank; a record that has another one by now, or none, is passed over. */
  let ranked: ElementRecord[] = [];
  let left = 0;
  const unranked = new Set<ElementRecord>();

  const standing = (): ElementRecord[] => ranked.filter((record, rank) => record.rank === rank);

  const rank = (records: ElementRecord[]): void => {
    ranked = records;
    left = 0;
    for (const [rank, record] of ranked.entries()) record.rank = rank;
  };

  const compare = (a: ElementRecord, b: ElementRecord): number =>
    a.rank === UNRANKED || b.rank === UNRANKED
      ? comparePaint(elementOf(a) as Element, elementOf(b) as Element)
      : a.rank - b.rank;

  const rankAll = (): void => {
    const all = [...standing(), ...unranked];
    const readable = all.filter((record) => elementOf(record) !== null);
    if (readable.length < all.length) for (const record of all) record.rank = UNRANKED;
    rank(readable.sort(compare));
    unranked.clear();
  };

  return {
    records() {
      if (unranked.size > 0) rankAll();
      return ranked.filter((record, rank) => record.rank === rank && record.shown);
    },
    sort(found) {
      const ranks = new Int32Array(found.length);
      let isSorted = true;
      let last = UNRANKED;
      for (let index = 0; index < found.length; index += 1) {
        const { rank } = found[index]!;
        if (rank === UNRANKED) return found.sort(compare);
        if (rank < last) isSorted = false;
        last = rank;
        ranks[index] = rank;
      }
      // On a board that one person drew, what was found one by one mostly is.
      if (isSorted) return found;
      ranks.sort();
      for (let index = 0; index < found.length; index += 1) found[index] = ranked[ranks[index]!]!;
      return found;
    },
    put(record, isTop) {
      if (record.rank !== UNRANKED) left += 1;
      record.rank = UNRANKED;
      if (!isTop) {
        unranked.add(record);
        return;
      }
      unranked.delete(record);
      if (left > MOST_LEFT && left > ranked.length / 2) rank(standing());
      record.rank = ranked.push(record) - 1;
    },
  };
};
