import {
  addElements,
  applySnapshot,
  createBoard,
  type ElementId,
  encodeSnapshot,
  encodeStateVector,
  encodeUpdate,
  type InkPoint,
  moveElements,
  newElementId,
} from '@inkwire/core';
import * as encoding from 'lib0/encoding';
import { readDrawings } from './drawings.js';

/** The same strokes as each contender stores them, and changes to come by somebody else. */
export interface StoredBoards {
  readonly inkwire: { readonly board: Uint8Array; readonly moves: Uint8Array };
  readonly excalidraw: { readonly board: Uint8Array; readonly moves: Uint8Array };
}

/** Points of each stroke. */
const LENGTH = 60;
/** In page units. */
export interface Page {
  readonly width: number;
  readonly height: number;
}

/** The page that the strokes are spread over: at a tenth of its size it fills the viewport. */
export const PAGE: Page = { width: 12_800, height: 8_000 };
/** Room for a stroke at the page's right and bottom edge. */
const MARGIN = 240;
const WIDTH = 3;
const COLORS = ['#1e1e1e', '#1971c2', '#e03131', '#2f9e44'];
/** Moves by somebody else, of elements near the middle. */
const MOVES = 2_000;

interface Stroke {
  readonly color: string;
  readonly points: readonly InkPoint[];
}

/** `count` strokes of 60 points by people's hands, spread evenly over `page`. */
const spread = (count: number, page: Page): Stroke[] => {
  const pieces = readDrawings().strokes.flatMap((points) =>
    Array.from({ length: Math.floor(points.length / LENGTH) }, (_, at) =>
      points.slice(at * LENGTH, (at + 1) * LENGTH),
    ),
  );
  return Array.from({ length: count }, (_, index) => {
    const piece = pieces[index % pieces.length] ?? [];
    // The R2 sequence: no clusters and no holes, however many there are.
    const x = ((0.5 + index * 0.7548776662466927) % 1) * (page.width - MARGIN);
    const y = ((0.5 + index * 0.5698402909980532) % 1) * (page.height - MARGIN);
    const left = Math.min(...piece.map((point) => point.x));
    const top = Math.min(...piece.map((point) => point.y));
    return {
      color: COLORS[index % COLORS.length] ?? '#1e1e1e',
      points: piece.map((point) => ({ ...point, x: point.x - left + x, y: point.y - top + y })),
    };
  });
};

/** Elements as `.excalidraw` files hold them. */
const excalidrawElements = (strokes: readonly Stroke[]): unknown[] =>
  strokes.map(({ color, points }, index) => {
    const { x = 0, y = 0 } = points[0] ?? {};
    const relative = points.map((point) => [point.x - x, point.y - y]);
    const extent = (axis: 0 | 1): number => {
      const values = relative.map((point) => point[axis] ?? 0);
      return Math.max(...values) - Math.min(...values);
    };
    return {
      id: `stroke-${index}`,
      type: 'freedraw',
      ...{ x, y, width: extent(0), height: extent(1), angle: 0, points: relative },
      pressures: points.map(({ pressure }) => pressure ?? 0.5),
      ...{ simulatePressure: false, lastCommittedPoint: null, strokeColor: color, strokeWidth: 1 },
      ...{ backgroundColor: 'transparent', fillStyle: 'solid', strokeStyle: 'solid', roughness: 0 },
      ...{ opacity: 100, roundness: null, seed: index + 1, version: 1, versionNonce: index + 1 },
      ...{ index: null, isDeleted: false, groupIds: [], frameId: null, boundElements: null },
      ...{ updated: 1, link: null, locked: false },
    };
  });

/** The strokes that begin within a viewport in the middle of the page, by their place in the list. */
const middleOf = (strokes: readonly Stroke[], page: Page): number[] =>
  strokes.flatMap(({ points: [{ x, y } = { x: 0, y: 0 }] }, index) =>
    Math.abs(x - page.width / 2) < 400 && Math.abs(y - page.height / 2) < 250 ? [index] : [],
  );

/** `count` strokes, on a page of any size. */
export const storedBoards = (count: number, page = PAGE): StoredBoards => {
  const strokes = spread(count, page);
  const board = createBoard({ user: 'bench' });
  const ids = strokes.map(() => newElementId());
  board.commit(
    addElements(
      board,
      strokes.map(({ color, points }, index) => ({
        kind: 'stroke',
        id: ids[index] as ElementId,
        color,
        width: WIDTH,
        points,
      })),
    ),
    { undo: 'none' },
  );
  const snapshot = encodeSnapshot(board);
  const remote = createBoard({ user: 'remote' });
  applySnapshot(remote, snapshot);
  const middle = middleOf(strokes, page);
  const moves = Array.from({ length: MOVES }, (_, at) => ({
    index: middle[at % middle.length] ?? 0,
    dx: Math.floor(at / middle.length) % 2 === 0 ? 6 : -6,
  }));
  const updates = encoding.encode((encoder) => {
    for (const { index, dx } of moves) {
      const before = encodeStateVector(remote);
      remote.commit(moveElements(remote, [ids[index] as ElementId], dx, 0), { undo: 'none' });
      encoding.writeVarUint8Array(encoder, encodeUpdate(remote, before));
    }
  });
  const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  return {
    inkwire: { board: snapshot, moves: updates },
    excalidraw: { board: json(excalidrawElements(strokes)), moves: json(moves) },
  };
};
