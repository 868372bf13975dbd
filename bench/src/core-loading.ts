import { applyInPieces, createBoard } from '@inkwire/core';
import * as Y from 'yjs';
import { boards, NESTED, SUITE } from './core-boards.js';
import { bytesKeptBy, median, time } from './measure.js';
import { boxesOf } from './nested-map-board.js';
import type { Report } from './report.js';

export const run = (report: Report): void => {
  const { ours, theirs } = boards(100_000, 60);
  const mine = Y.encodeStateAsUpdate(ours.doc);
  const other = Y.encodeStateAsUpdate(theirs);
  const load = () => {
    const board = createBoard();
    Y.applyUpdate(board.doc, mine);
    const found = board.query({ minX: 0, minY: 0, maxX: 2_000, maxY: 1_000 });
    if (found.length === 0 || board.size !== 100_000) throw new Error('The board did not load.');
    return { board };
  };
  /** As on a screen: somebody has read the board and listens when it comes in. */
  const loadWatched = () => {
    const board = createBoard();
    let touched = 0;
    board.subscribe((effect) => {
      touched += effect.touched.length;
    });
    if (board.size !== 0) throw new Error('The board must be empty before it is loaded.');
    Y.applyUpdate(board.doc, mine);
    if (touched !== 100_000) throw new Error('Not all strokes were told of.');
    return { board };
  };
  const loadNested = () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, other);
    const boxes = boxesOf(doc);
    const found = boxes.filter(([, minX, minY]) => minX <= 2_000 && minY <= 1_000);
    if (found.length === 0) throw new Error('The board did not load.');
    return { doc, boxes };
  };
  /** The longest of the steps in which a board can be loaded. */
  const longestStep = (): number => {
    const steps = applyInPieces(createBoard(), mine, 1);
    let longest = 0;
    for (let done: boolean | undefined = false; !done; ) {
      longest = Math.max(
        longest,
        time(() => {
          done = steps.next().done;
        }),
      );
    }
    return longest;
  };
  const name = 'load 100,000 strokes of 60 points, and query';
  const kept = { ours: bytesKeptBy(load) / 1e6, theirs: bytesKeptBy(loadNested) / 1e6 };
  const times = {
    ours: [] as number[],
    watched: [] as number[],
    theirs: [] as number[],
    steps: [] as number[],
  };
  for (let round = 0; round < 5; round += 1) {
    times.steps.push(longestStep());
    times.ours.push(time(load));
    times.watched.push(time(loadWatched));
    times.theirs.push(time(loadNested));
  }
  const [fast, slow] = [median(times.ours), median(times.theirs)];
  report({
    suite: SUITE,
    case: name,
    metric: 'time',
    unit: 'ms',
    ours: fast,
    peer: NESTED,
    theirs: slow,
    ratio: slow / fast,
  });
  const watched = median(times.watched);
  report({
    suite: SUITE,
    case: 'load 100,000 strokes of 60 points into a board that is watched',
    metric: 'time',
    unit: 'ms',
    ours: watched,
    peer: NESTED,
    theirs: slow,
    ratio: slow / watched,
  });
  const steps = median(times.steps);
  report({
    suite: SUITE,
    case: 'load 100,000 strokes of 60 points in pieces',
    metric: 'longest task',
    unit: 'ms',
    ours: steps,
    peer: 'all at once',
    theirs: fast,
    ratio: fast / steps,
  });
  report({
    suite: SUITE,
    case: name,
    metric: 'memory',
    unit: 'MB',
    ...kept,
    peer: NESTED,
    ratio: kept.theirs / kept.ours,
  });
};
