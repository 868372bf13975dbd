import {
  addElement,
  applyUpdate,
  type Board,
  createBoard,
  type ElementId,
  encodeUpdate,
  newElementId,
  type PresentUser,
  type TextDelta,
  writeText,
} from '@inkwire/core';
import { expect, it } from 'vitest';
import { createOthersPlaces } from './others-places.js';

const BEN = { session: 's', user: { id: 'ben', name: 'Ben', color: '#0a7f5a' } as PresentUser };

function scene(): { board: Board; id: ElementId; write: (delta: TextDelta, by?: Board) => void; ben: Board } {
  const board = createBoard({ user: 'ana' });
  const id = newElementId();
  board.commit(
    addElement(board, { kind: 'sticky', id, position: [0, 0], size: [100, 100], text: 'hello there' }),
  );
  const ben = createBoard({ user: 'ben' });
  applyUpdate(ben, encodeUpdate(board));
  board.attribute([[ben.writer, 'ben']]);
  const write = (delta: TextDelta, by = board) => {
    by.commit(writeText(by, id, delta));
    if (by !== board) applyUpdate(board, encodeUpdate(by));
  };
  return { board, id, write, ben };
}

it('a place goes with its letters until it is told anew', () => {
  const { board, id, write } = scene();
  const places = createOthersPlaces(board);
  const told = { element: id, anchor: 6, caret: 11 };
  expect(places.of(BEN, told)).toMatchObject({ anchor: 6, caret: 11 });
  write([{ insert: 'Oh, ' }]);
  expect(places.of(BEN, { ...told })).toEqual({ anchor: 10, caret: 15 });
  write([{ delete: 4 }]);
  expect(places.of(BEN, told)).toEqual({ anchor: 6, caret: 11 });
  // What is written just there comes behind them: it is not theirs.
  write([{ retain: 11 }, { insert: '!' }]);
  expect(places.of(BEN, told)).toEqual({ anchor: 6, caret: 11 });
  expect(places.of(BEN, { ...told, anchor: 2 })).toMatchObject({ anchor: 2, caret: 11 });
  places.destroy();
  write([{ insert: 'Oh, ' }]);
  expect(places.of(BEN, told)).toMatchObject({ anchor: 6, caret: 11 });
});

it('who writes is behind what they wrote, whichever came first, the letters or the place', () => {
  const { board, id, write, ben } = scene();
  const places = createOthersPlaces(board);
  places.of(BEN, { element: id, anchor: 5, caret: 5 });
  write([{ retain: 5 }, { insert: 'ooo' }], ben);
  expect(places.of(BEN, { element: id, anchor: 5, caret: 5 })).toEqual({ anchor: 8, caret: 8 });
  const early = { element: id, anchor: 9, caret: 9 };
  expect(places.of(BEN, early)).toMatchObject({ caret: 9 });
  write([{ retain: 8 }, { insert: 'o' }], ben);
  expect(places.of(BEN, early)).toEqual({ anchor: 9, caret: 9 });
  write([{ retain: 2 }, { delete: 3 }], ben);
  expect(places.of(BEN, early)).toEqual({ anchor: 2, caret: 2 });
});

it('other texts, and who has left, are of no concern', () => {
  const { board, id, write } = scene();
  const places = createOthersPlaces(board);
  const other = newElementId();
  places.of(BEN, { element: other, anchor: 3, caret: 3 });
  write([{ insert: 'Oh, ' }]);
  expect(places.of(BEN, { element: other, anchor: 3, caret: 3 })).toMatchObject({ caret: 3 });
  places.of(BEN, { element: id, anchor: 3, caret: 3 });
  places.forget('s');
  write([{ insert: 'Oh, ' }]);
  expect(places.of(BEN, { element: id, anchor: 3, caret: 3 })).toMatchObject({ caret: 3 });
});
