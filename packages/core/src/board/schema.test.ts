import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { addElement } from '../edit/add.js';
import { boardOf, box, put } from '../testing/boards.js';
import { createBoard } from './create-board.js';
import { layoutOf } from './layout.js';
import { SCHEMA, schemaOf } from './schema.js';

it('D12: a document that a newer program wrote is shown and cannot be changed', () => {
  const board = boardOf(1);
  const id = put(board, box(0, 0));
  expect(schemaOf(layoutOf(board.doc))).toBe(SCHEMA);
  const change = addElement(board, box(1, 1));
  board.doc.getMap('m').set('schema', SCHEMA + 1);
  expect(board.readOnly).toBe(true);
  const readOnly = expect.objectContaining({ code: 'read-only', message: expect.stringContaining('reload') });
  expect(() => board.commit(change)).toThrow(readOnly);
  expect(() => board.undo()).toThrow(readOnly);
  expect([...board.elements()].map((element) => element.id)).toEqual([id]);
});

it('D12: a document that says nothing is one of the first form, and the next change says what it is', () => {
  const doc = new Y.Doc();
  const board = createBoard({ doc });
  expect([schemaOf(layoutOf(doc)), board.readOnly]).toEqual([1, false]);
  doc.getMap('m').set('schema', 'nonsense');
  expect(schemaOf(layoutOf(doc))).toBe(1);
  put(board, box(0, 0));
  expect(schemaOf(layoutOf(doc))).toBe(SCHEMA);
});
