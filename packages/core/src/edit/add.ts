import type { Board } from '../board/board.js';
import type { Change } from '../change/change.js';
import { encodeBirth } from '../element/birth.js';
import { type ElementId, isElementId, newElementId } from '../element/id.js';
import { orderBetween } from '../element/order.js';
import { REGISTERS } from '../element/register.js';
import { type NewStroke, strokeBirth } from '../element/stroke.js';

/** An element to be made. Without an id it gets a new one. */
export type NewElement = NewStroke & { readonly id?: ElementId };

/** Adds an element on top of all others. Throws `RangeError` or `TypeError` that names a field that is wrong. */
export const addElement = (board: Board, element: NewElement): Change => {
  const id = element.id ?? newElementId(board.random);
  if (!isElementId(id)) throw new TypeError('id must be 12 base-62 characters.');
  const { values, ink } = strokeBirth(element);
  const order = orderBetween(board.topOrder(), null, board.random);
  const birth = encodeBirth({
    kind: element.kind,
    author: board.user,
    createdAt: board.now(),
    values: new Map([...values, [REGISTERS.order.code, order]]),
    ink,
  });
  return { writer: board.writer, births: new Map([[id, { from: null, to: birth }]]), writes: new Map() };
};
