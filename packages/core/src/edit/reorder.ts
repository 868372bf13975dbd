import type { Board } from '../board/board.js';
import type { Change } from '../change/change.js';
import type { Element } from '../element/element.js';
import type { ElementId } from '../element/id.js';
import { comparePaint, type OrderIndex, orderBetween } from '../element/order.js';
import { withContents } from './selection.js';
import { type NewValue, writeRegisters } from './write.js';

/** To the very front or back, or past the next element that is not moved. */
export type Place = 'front' | 'back' | 'forward' | 'backward';

/** The neighbours between which the moved elements go: what is below them and what is above. */
const gap = (
  others: readonly Element[],
  moved: readonly Element[],
  place: Place,
): [OrderIndex | null, OrderIndex | null] => {
  const at = (index: number): OrderIndex | null => others[index]?.order ?? null;
  if (place === 'front') return [at(others.length - 1), null];
  if (place === 'back') return [null, at(0)];
  const edge = place === 'forward' ? moved.at(-1) : moved[0];
  if (edge === undefined) return [null, null];
  const below = others.filter((element) => comparePaint(element, edge) < 0).length;
  const index = place === 'forward' ? Math.min(below + 1, others.length) : Math.max(below - 1, 0);
  return [at(index - 1), at(index)];
};

/** Moves elements in paint order, with what is in their groups and frames; among themselves they stay in order. */
export const reorderElements = (board: Board, ids: Iterable<ElementId>, place: Place): Change => {
  const moved = withContents(board, ids);
  const chosen = new Set(moved.map((element) => element.id));
  const others = [...board.elements()].filter((element) => !chosen.has(element.id));
  const [bottom, above] = gap(others, moved, place);
  let below = bottom;
  const values: NewValue[] = moved.map(({ id }) => {
    below = orderBetween(below, above, board.random);
    return { id, register: 'order', value: below };
  });
  return writeRegisters(board, values);
};
