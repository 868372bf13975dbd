import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { addElements } from '../edit/add.js';
import { moveElements } from '../edit/move.js';
import { removeElements } from '../edit/remove.js';
import { writeText } from '../edit/write-text.js';
import { boardOf, box, put, stroke } from '../testing/boards.js';
import { digestOf } from '../wire/digest.js';
import {
  applyInPieces,
  applySnapshot,
  applyUpdate,
  encodeSnapshot,
  encodeStateVector,
  encodeUpdate,
} from './exchange.js';

it('updates and snapshots carry a board, whole or as what is missing', () => {
  const [a, b, c] = [boardOf(1), boardOf(2), boardOf(3)];
  put(a, { ...box(0, 0), text: 'label' } as never);
  applySnapshot(b, encodeSnapshot(a));
  expect([...b.elements()]).toEqual([...a.elements()]);
  put(a, box(1, 1));
  const missing = encodeUpdate(a, encodeStateVector(b));
  expect(missing.length).toBeLessThan(encodeUpdate(a).length);
  const origins: unknown[] = [];
  b.subscribe((effect) => origins.push(effect.origin));
  applyUpdate(b, missing, 'log');
  applyUpdate(b, missing, 'log');
  expect(origins).toEqual(['log']);
  applyUpdate(c, encodeUpdate(a));
  for (const board of [b, c]) expect([...board.elements()]).toEqual([...a.elements()]);
});

it('bytes that are no update are refused and change nothing', () => {
  const board = boardOf(1);
  put(board, box(0, 0));
  const refused = expect.objectContaining({ code: 'board' });
  for (const bytes of [new Uint8Array(0), new Uint8Array([255, 255, 1]), encodeUpdate(board).slice(0, 9)]) {
    expect(() => applyUpdate(board, bytes)).toThrow(refused);
    expect(() => applySnapshot(board, bytes)).toThrow(refused);
  }
  expect(board.size).toBe(1);
});

it('a large board is taken in piece by piece, whatever it holds', () => {
  const source = boardOf(1);
  source.commit(
    addElements(
      source,
      Array.from({ length: 3_000 }, (_, index) => stroke(index * 20, 0)),
    ),
  );
  const id = put(source, { ...box(0, 0), text: 'label' } as never);
  source.commit(
    writeText(source, id, [{ retain: 2, attributes: { bold: true } }, { insert: 'new' }, { delete: 1 }]),
  );
  const other = boardOf(2);
  applyUpdate(other, encodeUpdate(source));
  for (const element of source.query({ minX: 0, minY: 0, maxX: 2_000, maxY: 50 })) {
    other.commit(moveElements(other, [element.id], 0, 10));
  }
  other.commit(
    removeElements(
      other,
      [...source.elements()].slice(0, 50).map((element) => element.id),
    ),
  );
  // What an app keeps elsewhere in the document comes along.
  other.doc.getArray('app').push([{ any: 1 }, 'text', new Uint8Array([1]), 5]);
  other.doc.getXmlFragment('xml').push([new Y.XmlElement('p')]);
  for (const version of [1, 2] as const) {
    const board = boardOf(3);
    const bytes = version === 1 ? encodeUpdate(other) : encodeSnapshot(other);
    let steps = 0;
    for (const _ of applyInPieces(board, bytes, version)) steps += 1;
    expect(steps).toBeGreaterThan(3);
    expect(digestOf(board.doc)).toBe(digestOf(other.doc));
    expect([...board.elements()]).toEqual([...other.elements()]);
    expect(board.doc.getArray('app').toJSON()).toEqual([{ any: 1 }, 'text', new Uint8Array([1]), 5]);
    expect(board.doc.getXmlFragment('xml').toString()).toBe('<p></p>');
    for (const wrong of [bytes.slice(0, bytes.length / 2), new Uint8Array([9, 9, 9])]) {
      expect(() => [...applyInPieces(boardOf(4), wrong, version)]).toThrow(
        expect.objectContaining({ code: 'board' }),
      );
    }
  }
});
