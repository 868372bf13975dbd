import {
  addElements,
  type Board,
  createBoard,
  type ElementId,
  type NewElement,
  newElementId,
} from '@inkwire/core';
import type * as Y from 'yjs';
import { createNestedMapBoard } from './nested-map-board.js';

export const SUITE = 'core';
export const NESTED = 'nested Y.Map, a key per field';
export const USER = 'user-417';

/** A stroke of `length` points as a hand draws it: slow curves, 2 to 4 units from point to point. */
export const stroke = (index: number, length: number): NewElement => {
  const x = (index % 400) * 120;
  const y = Math.floor(index / 400) * 90;
  const points = Array.from({ length }, (_, at) => ({
    x: x + at * 1.5 + 8 * Math.sin((at + index) / 7),
    y: y + 30 * Math.sin(at / 11 + index) + at / 5,
    pressure: 0.5 + 0.3 * Math.sin(at / 17 + index),
  }));
  return { kind: 'stroke', id: newElementId(), color: '#1864ab', width: 4, points };
};

/** The same stroke's fields, for the nested layout. */
export const fieldsOf = (board: Board, id: ElementId): Record<string, unknown> => {
  const element = board.get(id);
  if (element?.kind !== 'stroke') throw new Error(`${id} is no stroke.`);
  const {
    kind,
    author,
    createdAt,
    rotation,
    order,
    parent,
    locked,
    color,
    opacity,
    tool,
    width: pen,
    ink,
  } = element;
  const [[x, y], [width, height]] = [element.position, element.size];
  const style = { rotation, order, parent, locked, color, opacity, tool, pen };
  return { kind, author, createdAt, x, y, width, height, ...style, ink };
};

/** `count` strokes, and the same in the nested layout. */
export const boards = (count: number, length: number): { ours: Board; theirs: Y.Doc; ids: ElementId[] } => {
  const ours = createBoard({ user: USER });
  const elements = Array.from({ length: count }, (_, index) => stroke(index, length));
  const change = addElements(ours, elements);
  ours.commit(change, { undo: 'none' });
  const ids = [...change.births.keys()];
  const nested = createNestedMapBoard();
  nested.doc.transact(() => {
    for (const id of ids) nested.add(id, fieldsOf(ours, id));
  });
  return { ours, theirs: nested.doc, ids };
};
