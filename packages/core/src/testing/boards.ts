import * as Y from 'yjs';
import type { Board } from '../board/board.js';
import { type BoardOptions, createBoard } from '../board/create-board.js';
import { addElement } from '../edit/add.js';
import { type ElementId, newElementId } from '../element/id.js';
import type { NewElement } from '../element/new-element.js';

/** A board whose clientID is known, so that ties between writers are too. */
export const boardOf = (clientID: number, options: BoardOptions = {}): Board => {
  const doc = new Y.Doc();
  doc.clientID = clientID;
  return createBoard({ doc, user: `user-${clientID}`, ...options });
};

/** Gives every board what all of them have. */
export const exchange = (...boards: Board[]): void => {
  const updates = boards.map((board) => Y.encodeStateAsUpdate(board.doc));
  for (const board of boards) for (const update of updates) Y.applyUpdate(board.doc, update);
};

/** Adds an element and returns its id. */
export const put = (board: Board, element: NewElement): ElementId => {
  const id = element.id ?? newElementId();
  board.commit(addElement(board, { ...element, id }));
  return id;
};

/** A rectangle with a text, at a place and of a size. */
export const box = (x: number, y: number, width = 100, height = 50): NewElement => ({
  kind: 'shape',
  position: [x, y],
  size: [width, height],
});

/** A stroke of two points, 10 to the right and 20 down. */
export const stroke = (x: number, y: number): NewElement => ({
  kind: 'stroke',
  points: [
    { x, y, pressure: 0.5 },
    { x: x + 10, y: y + 20, pressure: 1 },
  ],
});
