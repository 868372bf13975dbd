import { expect, it } from 'vitest';
import { boardFromJson, boardToJson } from '../board/board-json.js';
import { encodeBirth } from '../element/birth.js';
import type { LineElement, StrokeElement } from '../element/element.js';
import { pathOfLine } from '../element/geometry/element-figure.js';
import type { Point } from '../element/geometry.js';
import { type ElementId, newElementId } from '../element/id.js';
import { boardOf, box, put, stroke } from '../testing/boards.js';
import { copyElements, duplicateElements, pasteElements } from './copy.js';
import { eraseParts } from './erase.js';
import { groupElements } from './group.js';
import { moveElements } from './move.js';
import { resizeElements } from './resize.js';
import { styleElements } from './style.js';
import { vote } from './vote.js';

it('copies name each other as the originals do', () => {
  const board = boardOf(1, { clock: () => 5_000 });
  const target = put(board, { ...box(0, 0), text: 'label' } as never);
  const elsewhere = put(board, box(900, 0));
  const arrow = put(board, {
    kind: 'arrow',
    points: [
      [0, 0],
      [300, 0],
    ],
    startBinding: { element: target, anchor: [0.5, 0.5] },
    endBinding: { element: elsewhere, anchor: [0.5, 0.5] },
  });
  const grouping = groupElements(board, [target, arrow]);
  board.commit(grouping);
  const change = duplicateElements(board, [...grouping.births.keys()], 10, 20);
  board.commit(change);
  const copies = [...change.births.keys()].map((id) => board.get(id)!);
  const [group] = copies.filter(({ kind }) => kind === 'group');
  const [shape] = copies.filter(({ kind }) => kind === 'shape');
  const [line] = copies.filter(({ kind }) => kind === 'arrow') as LineElement[];
  expect(shape).toMatchObject({ position: [10, 20], parent: group?.id, text: [{ insert: 'label' }] });
  expect(line).toMatchObject({ parent: group?.id, startBinding: { element: shape?.id }, endBinding: null });
  const original = board.get(arrow) as LineElement;
  expect(line?.position).toEqual([original.position[0] + 10, original.position[1] + 20]);
  // The end that was bound elsewhere stays where it was seen, moved: at an outline, and not at the middle of nothing.
  const [end, [x, y]] = [line!, original].map(
    (shown) => pathOfLine(shown, board.recall).at(-1)!.at(-1) as Point,
  ) as [Point, Point];
  expect([end[0], end[1]]).toEqual([expect.closeTo(x + 10, 1), expect.closeTo(y + 20, 1)]);
});

it('copies get the ids that they are told to get', () => {
  const board = boardOf(1);
  const [first, second, third] = [put(board, box(0, 0)), put(board, box(50, 0)), newElementId(board.random)];
  const change = duplicateElements(board, [first], 5, 0, { idOf: (id) => (id === first ? third : second) });
  expect([...change.births.keys()]).toEqual([third]);
});

it('a copy is all that the original shows, and nobody has voted for it', () => {
  const board = boardOf(1);
  const id = put(board, stroke(0, 0));
  board.commit(resizeElements(board, [id], [0, 0], 3, 3));
  board.commit(styleElements(board, [id], { color: '#ff0000', width: 7 }));
  board.commit(eraseParts(board, [{ id, ranges: [[0, 0.5]] }]));
  const sticky = put(board, { kind: 'sticky', position: [0, 0], size: [9, 9] });
  board.commit(vote(board, sticky, 3));
  const change = duplicateElements(board, [id, sticky], 0, 0);
  board.commit(change);
  const [first, second] = [...change.births.keys()].map((copy) => board.get(copy));
  const { color, width, cuts, ink } = board.get(id) as StrokeElement;
  expect(first).toMatchObject({ color, width, cuts, ink, size: [30, 60], inkSize: [10, 20] });
  expect(second).toMatchObject({ votes: 0 });
});

it('a file brings back the board with authors, times, votes and ids', () => {
  const board = boardOf(1, { clock: () => 5_000 });
  const frame = put(board, { kind: 'frame', position: [0, 0], size: [99, 99], title: 'plan' });
  const sticky = put(board, { kind: 'sticky', position: [5, 5], size: [9, 9], parent: frame, text: 'yes' });
  board.commit(vote(board, sticky, 3));
  put(board, stroke(4, 4));
  const file = JSON.parse(JSON.stringify(boardToJson(board)));
  const other = boardOf(2, { clock: () => 9_000 });
  other.commit(pasteElements(other, boardFromJson(file), { as: 'original' }));
  const shown = (element: object) => ({ ...element, order: '', ballots: null });
  expect([...other.elements()].map(shown)).toEqual([...board.elements()].map(shown));
  // Taken in again, the ids are taken: the copies get new ones.
  other.commit(pasteElements(other, boardFromJson(file), { as: 'original' }));
  expect(other.size).toBe(6);
  other.commit(vote(other, sticky, 1));
  expect(other.get(sticky)).toMatchObject({ votes: 4 });
});

it('D12: a file keeps elements that this program does not know', () => {
  const board = boardOf(1);
  const stored = copyElements(board, [put(board, box(0, 0))])[0]!;
  const unknown = { ...stored, kind: '#99', unread: { '?': 'AQI=' } };
  board.commit(pasteElements(board, boardFromJson({ type: 'inkwire', schema: 1, elements: [unknown] })));
  const [, copy] = [...board.elements()];
  expect(copy).toMatchObject({ kind: 'unknown', kindName: '#99' });
  board.commit(moveElements(board, [copy!.id], 1, 1));
  expect(copyElements(board, [copy!.id])).toMatchObject([{ kind: '#99', unread: { '?': 'AQI=' } }]);
});

it('D7: a file leaves out what cannot be read, so that it can be read itself', () => {
  const board = boardOf(1);
  const whole = put(board, box(0, 0));
  const values = new Map();
  const birth = { kind: 'stroke', author: '', createdAt: 1, values, unread: new Map() };
  const births = board.doc.getMap('b');
  births.set('BrokenInk000', encodeBirth({ ...birth, ink: Uint8Array.of(9, 9) }));
  const fields = new Map([['?', Uint8Array.of(1)]]);
  const bytes = encodeBirth({ ...birth, kind: '#99', ink: null, unread: fields });
  // A field of a code that no program writes.
  births.set('OddField0000', Uint8Array.from([...bytes, 200, 1, 7]));
  expect(board.size).toBe(3);
  const read = boardFromJson(JSON.parse(JSON.stringify(boardToJson(board))));
  expect(read.map(({ id, unread }) => [id, unread])).toEqual([
    ['OddField0000', { '?': 'AQ==' }],
    [whole, undefined],
  ]);
});

it('a file that is none is refused with the name of what is wrong', () => {
  const board = boardOf(1);
  put(board, stroke(0, 0));
  const file = JSON.parse(JSON.stringify(boardToJson(board)));
  const broken = (fields: object) => ({ ...file, elements: [{ ...file.elements[0], ...fields }] });
  const wrong: [unknown, string][] = [
    [null, 'type'],
    [{ ...file, type: 'excalidraw' }, 'type'],
    [{ ...file, schema: 99 }, 'schema'],
    [{ ...file, schema: 'x' }, 'schema'],
    [{ ...file, elements: {} }, 'elements'],
    [{ ...file, elements: [...file.elements, ...file.elements] }, 'elements'],
    [broken({ id: 'x' }), 'elements[0].id'],
    [broken({ kind: '' }), 'elements[0].kind'],
    [broken({ createdAt: -1 }), 'elements[0].createdAt'],
    [broken({ ink: 'AAAA' }), 'elements[0].ink'],
    [broken({ values: { position: [0, null] } }), 'elements[0].values.position'],
    [broken({ values: { nonsense: 1 } }), 'elements[0].values.nonsense'],
    [broken({ text: [{ delete: 1 }] }), 'elements[0].text'],
    [broken({ unread: { p: 'AA==' } }), 'elements[0].unread'],
  ];
  for (const [json, field] of wrong) {
    expect(() => boardFromJson(json), field).toThrow(expect.objectContaining({ code: 'board', field }));
  }
  expect(board.get('x' as ElementId)).toBeUndefined();
});
