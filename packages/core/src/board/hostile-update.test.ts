import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { eraseParts } from '../edit/erase.js';
import { groupElements } from '../edit/group.js';
import { moveElements } from '../edit/move.js';
import { removeElements } from '../edit/remove.js';
import { writeText } from '../edit/write-text.js';
import { boundsOf } from '../element/bounds.js';
import { figureOf } from '../element/geometry/element-figure.js';
import { boardOf, box, put, stroke } from '../testing/boards.js';
import { digestOf } from '../wire/digest.js';
import type { Board } from './board.js';
import { boardFromJson, boardToJson } from './board-json.js';
import { createBoard } from './create-board.js';
import { applySnapshot, applyUpdate, encodeSnapshot, encodeUpdate } from './exchange.js';

/** A board on which something of most kinds was done. */
const source = (): Board => {
  const board = boardOf(7, { clock: () => 1_000 });
  const ids = [
    put(board, stroke(0, 0)),
    put(board, { ...box(5, 5), text: 'label' } as never),
    put(board, box(9, 9)),
  ];
  const [line = ids[0]!, shape = ids[0]!, gone = ids[0]!] = ids;
  put(board, {
    kind: 'arrow',
    points: [
      [0, 0],
      [90, 90],
    ],
    endBinding: { element: shape, anchor: [0.5, 0.5] },
  });
  board.commit(moveElements(board, ids, 3, 4));
  board.commit(groupElements(board, [line, shape]));
  board.commit(eraseParts(board, [{ id: line, ranges: [[0, 0.5]] }]));
  board.commit(writeText(board, shape, [{ retain: 2, attributes: { bold: true } }, { delete: 1 }]));
  board.commit(removeElements(board, [gone]));
  return board;
};

/** Everything that a screen, a file or an undo would read. */
const readAll = (board: Board): void => {
  for (const element of board.elements()) {
    boundsOf(element, board.recall);
    figureOf(element, board.recall);
    board.children(element.id);
  }
  board.query({ minX: -1e9, minY: -1e9, maxX: 1e9, maxY: 1e9 });
  boardFromJson(JSON.parse(JSON.stringify(boardToJson(board))));
};

const ORIGINAL = source();
const UPDATE = encodeUpdate(ORIGINAL);
const SNAPSHOT = encodeSnapshot(ORIGINAL);

/** Whether Yjs can read it, if perhaps not make sense of it. */
const isUpdate = (bytes: Uint8Array, asSnapshot: boolean): boolean => {
  try {
    if (asSnapshot) Y.decodeUpdateV2(bytes);
    else Y.decodeUpdate(bytes);
    return true;
  } catch {
    return false;
  }
};

it('D7: an update with wrong bytes in it is read or refused, and the board works on after it', () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
  const refused = expect.objectContaining({ code: 'board' });
  fc.assert(
    fc.property(damage, fc.boolean(), (changes, asSnapshot) => {
      const bytes = Uint8Array.from(asSnapshot ? SNAPSHOT : UPDATE);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      const board = boardOf(1, { clock: () => 2_000 });
      put(board, box(0, 0));
      const before = digestOf(board.doc);
      try {
        if (asSnapshot) applySnapshot(board, bytes);
        else applyUpdate(board, bytes);
      } catch (error) {
        expect(error).toEqual(refused);
        if (!isUpdate(bytes, asSnapshot)) expect(digestOf(board.doc)).toBe(before);
      }
      readAll(board);
      // Whatever became of the document, the board shows it.
      const fresh = createBoard({ doc: board.doc });
      expect([...board.elements()]).toEqual([...fresh.elements()]);
      fresh.destroy();
      if (board.readOnly) return;
      const own = put(board, box(0, 0));
      board.commit(moveElements(board, [own], 1, 1));
      expect(board.get(own)?.position).toEqual([1, 1]);
      while (board.undo());
      expect(board.get(own)).toBeUndefined();
      readAll(board);
    }),
    { numRuns: 400 },
  );
});
