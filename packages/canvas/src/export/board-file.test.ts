import {
  addElements,
  boardToJson,
  createBoard,
  type ElementId,
  type NewElement,
  newElementId,
  pasteElements,
  removeElements,
} from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { exportFile, openPicture } from './board-file.js';
import { embedInPng } from './embedded-board.js';
import { exportSvg } from './export-svg.js';

const ELEMENTS: readonly NewElement[] = [
  {
    kind: 'stroke',
    points: [
      { x: 1, y: 2, pressure: 0.3 },
      { x: 9, y: 8, pressure: 0.9 },
    ],
  },
  { kind: 'sticky', position: [0, 0], size: [100, 100], text: 'ünï — 今天 👩🏽‍🚀 ]]> --> "' },
  { kind: 'frame', position: [0, 0], size: [200, 100], title: '<&>' },
];

function filled() {
  const board = createBoard({ user: 'ana' });
  board.commit(addElements(board, ELEMENTS));
  return board;
}

async function reopened(file: Blob) {
  const board = createBoard({ user: 'ben' });
  board.commit(pasteElements(board, await openPicture(file), { as: 'original' }));
  return boardToJson(board);
}

/** One transparent pixel. */
const PIXEL = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (sign) => sign.charCodeAt(0),
);

describe('a board in a file', () => {
  it('comes out of an SVG, a PNG and a file of its own as it went in', async () => {
    const board = filled();
    const whole = boardToJson(board);
    expect(await reopened(new Blob([await exportSvg(board)]))).toEqual(whole);
    expect(await reopened(exportFile(board))).toEqual(whole);
    const png = await embedInPng(PIXEL, whole);
    expect(await reopened(new Blob([png]))).toEqual(whole);
  });

  it('is not there where it was left out, and holds only what is shown', async () => {
    const board = filled();
    const [stroke] = [...board.elements()];
    await expect(openPicture(new Blob([await exportSvg(board, { embed: false })]))).rejects.toMatchObject({
      code: 'format',
    });
    const part = new Blob([await exportSvg(board, { only: [stroke!.id] })]);
    expect(await openPicture(part)).toMatchObject([{ id: stroke!.id }]);
  });

  it('of a box holds the groups and frames of what is shown, and nothing else that they hold', async () => {
    const board = createBoard({ user: 'ana' });
    const [group, frame, seen, clipped, other] = Array.from({ length: 5 }, () => newElementId());
    const shape = (id: ElementId, x: number, parent: ElementId): NewElement => ({
      ...{ kind: 'shape', id, position: [x, 0], size: [20, 20], parent },
    });
    board.commit(
      addElements(board, [
        { kind: 'group', id: group! },
        { kind: 'frame', id: frame!, position: [-300, 0], size: [100, 100] },
        shape(seen!, 0, group!),
        shape(clipped!, 40, frame!),
        shape(other!, 500, group!),
      ]),
    );
    const only = { minX: -10, minY: -10, maxX: 100, maxY: 100 };
    const { elements } = await reopened(new Blob([await exportSvg(board, { only })]));
    const parents = elements.map(({ id, values }) => [id, values.parent]);
    expect(parents).toEqual([
      [group, null],
      [frame, null],
      [seen, group],
      [clipped, frame],
    ]);
  });

  it('holds a line without what it was bound to as it is in the picture', async () => {
    const board = createBoard({ user: 'ana' });
    const [shape, arrow] = [newElementId(), newElementId()];
    board.commit(
      addElements(board, [
        { kind: 'shape', id: shape, position: [0, 0], size: [100, 100] },
        {
          ...{ kind: 'arrow', id: arrow, endBinding: { element: shape, anchor: [0.5, 0.5] } },
          points: [
            [300, 50],
            [50, 50],
          ],
        },
      ]),
    );
    const svg = await exportSvg(board, { only: [arrow] });
    const opened = createBoard();
    opened.commit(pasteElements(opened, await openPicture(new Blob([svg])), { as: 'original' }));
    const picture = (of: string) => of.replace(/<metadata>.*<\/metadata>/, '');
    expect(picture(await exportSvg(opened))).toBe(picture(svg));
    for (const whole of [new Blob([await exportSvg(board)]), exportFile(board)])
      expect(await reopened(whole)).toEqual(boardToJson(board));
    // The same where what it was bound to was removed.
    board.commit(removeElements(board, [shape]));
    const left = createBoard();
    left.commit(pasteElements(left, await openPicture(exportFile(board)), { as: 'original' }));
    expect(picture(await exportSvg(left))).toBe(picture(await exportSvg(board)));
  });

  it('is refused with a reason when it is none, is damaged, or is not there', async () => {
    const png = await embedInPng(PIXEL, boardToJson(filled()));
    const damaged = png.slice();
    damaged[damaged.length - 40]! ^= 1;
    const unpackable = await exportSvg(filled());
    for (const [file, reason] of [
      [new Blob([PIXEL]), /no board in this picture/],
      [new Blob([damaged]), /checksum/],
      [new Blob([png.slice(0, png.length - 50)]), /cut off/],
      [new Blob([unpackable.replace(/base64">.{40}/, 'base64">')]), /unpacked/],
      [new Blob([unpackable.replace(/base64">[^<]*/, 'base64">%%%')]), /damaged/],
      [new Blob(['<svg></svg>']), /no board in this picture/],
      [new Blob(['hello']), /neither/],
      [new Blob(['{"type":"excalidraw"}']), /not a board/],
      [new Blob([]), /neither/],
    ] as const) {
      await expect(openPicture(file)).rejects.toThrow(reason);
    }
  });
});
