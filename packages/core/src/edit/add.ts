import type { Board } from '../board/board.js';
import type { BirthWrite, Change } from '../change/change.js';
import { encodeBirth } from '../element/birth.js';
import { conceive } from '../element/conceive.js';
import { type ElementId, isElementId, newElementId } from '../element/id.js';
import type { NewElement } from '../element/new-element.js';
import { orderBetween } from '../element/order.js';
import { REGISTERS } from '../element/register.js';
import type { TextDelta } from '../element/text.js';

const NOTHING: ReadonlyMap<string, Uint8Array> = new Map();

/**
 * Adds elements on top of all others, the last one topmost. Throws `TypeError` or `RangeError` that names a field that
 * is wrong.
 */
export const addElements = (board: Board, elements: Iterable<NewElement>): Change => {
  const births = new Map<ElementId, BirthWrite>();
  const texts = new Map<ElementId, TextDelta>();
  let order = board.topOrder();
  for (const element of elements) {
    const id = element.id ?? newElementId(board.random);
    if (!isElementId(id)) throw new TypeError('id must be 12 base-62 characters.');
    const { kind, values, ink, text } = conceive(element);
    order = orderBetween(order, null, board.random);
    values.set(REGISTERS.order.code, order);
    const to = encodeBirth({
      kind,
      author: board.user,
      createdAt: board.now(),
      values,
      ink,
      unread: NOTHING,
    });
    births.set(id, { from: null, to });
    if (text.length > 0) texts.set(id, text);
  }
  return { writer: board.writer, births, writes: new Map(), texts };
};

/** Adds an element on top of all others. */
export const addElement = (board: Board, element: NewElement): Change => addElements(board, [element]);
