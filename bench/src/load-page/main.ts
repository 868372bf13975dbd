import { applyInPieces, createBoard } from '@inkwire/core';
import * as Y from 'yjs';
import { boxesOf } from '../nested-map-board.js';
import { nextTask, watchTasks } from './tasks.js';

/** What the page does when it is asked to. */
export interface LoadPage {
  load(layout: Layout): Promise<Load>;
}

export type Layout = 'board' | 'nested';

/** How a page spent the time in which it loaded a board. */
export interface Load {
  /** From the first byte that was read to the first query that was answered, in ms. */
  readonly total: number;
  /** The longest time in which the page could do nothing else, in ms. */
  readonly longestTask: number;
  /** The tasks that the browser itself calls long, in ms: those over 50. */
  readonly longTasks: readonly number[];
  /** How many elements the query found. */
  readonly found: number;
}

declare global {
  interface Window {
    loadPage: LoadPage;
  }
}

const BOX = { minX: 0, minY: 0, maxX: 2_000, maxY: 1_000 };

const loadBoard = async (snapshot: Uint8Array): Promise<number> => {
  const board = createBoard();
  for (const _ of applyInPieces(board, snapshot, 2)) await nextTask();
  return board.query(BOX).length;
};

/** What an app does that has no pieces: all in one task. */
const loadNested = async (snapshot: Uint8Array): Promise<number> => {
  const doc = new Y.Doc();
  Y.applyUpdateV2(doc, snapshot);
  return boxesOf(doc).filter(
    ([, minX, minY, maxX, maxY]) => minX <= BOX.maxX && minY <= BOX.maxY && maxX >= 0 && maxY >= 0,
  ).length;
};

window.loadPage = {
  async load(layout) {
    const response = await fetch(`./${layout}.bin`);
    const snapshot = new Uint8Array(await response.arrayBuffer());
    const watch = await watchTasks();
    const start = performance.now();
    const found = await (layout === 'board' ? loadBoard : loadNested)(snapshot);
    const total = performance.now() - start;
    return { total, found, ...(await watch.stop()) };
  },
};
