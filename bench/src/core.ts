import {
  addElement,
  boundsOf,
  createBoard,
  type ElementId,
  encodeSnapshot,
  moveElements,
  removeElements,
  styleElements,
} from '@inkwire/core';
import * as Y from 'yjs';
import { boards, fieldsOf, NESTED, SUITE, stroke, USER } from './core-boards.js';
import { run as runInBrowser } from './core-browser.js';
import { run as runCommits } from './core-commits.js';
import { run as runInk } from './core-ink.js';
import { run as runLoading } from './core-loading.js';
import { median, time } from './measure.js';
import { createNestedMapBoard } from './nested-map-board.js';
import type { Report } from './report.js';

const updateOf = (doc: Y.Doc, work: () => void): Uint8Array => {
  const updates: Uint8Array[] = [];
  const keep = (update: Uint8Array): void => {
    updates.push(update);
  };
  doc.on('update', keep);
  work();
  doc.off('update', keep);
  return Y.mergeUpdates(updates);
};

const sizes = (report: Report): void => {
  const { ours, theirs, ids } = boards(100, 60);
  const nested = createNestedMapBoard(theirs);
  const id = ids[7] as ElementId;
  const row = (name: string, mine: number, other: number): void =>
    report({
      suite: SUITE,
      case: name,
      metric: 'update',
      unit: 'bytes',
      ours: mine,
      peer: NESTED,
      theirs: other,
      ratio: other / mine,
    });

  const move = (): number =>
    updateOf(ours.doc, () => ours.commit(moveElements(ours, [id], 1.5, -2.25))).length;
  const nestedMove = (x: number): number => updateOf(theirs, () => nested.move(id, x, x / 2)).length;
  move();
  nestedMove(1.5);
  row('one move, same writer moved it last', move(), nestedMove(3));

  const other = createBoard({ user: USER });
  Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(ours.doc));
  const otherNested = createNestedMapBoard();
  Y.applyUpdate(otherNested.doc, Y.encodeStateAsUpdate(theirs));
  row(
    'one move, taken over from another writer',
    updateOf(other.doc, () => other.commit(moveElements(other, [id], 1.5, -2.25))).length,
    updateOf(otherNested.doc, () => otherNested.move(id, 4.5, 9)).length,
  );

  const style = (color: string): number =>
    updateOf(ours.doc, () => ours.commit(styleElements(ours, [id], { color }))).length;
  const first = style('#e03131');
  row('one restyle, the first', first, updateOf(theirs, () => nested.color(id, '#e03131')).length);
  row(
    'one restyle, same writer styled it last',
    style('#2f9e44'),
    updateOf(theirs, () => nested.color(id, '#2f9e44')).length,
  );

  const drawn = stroke(1, 500);
  const update = updateOf(ours.doc, () => ours.commit(addElement(ours, drawn)));
  const element = ours.get(drawn.id as ElementId);
  const ink = element?.kind === 'stroke' ? element.ink.length : 0;
  const nestedUpdate = updateOf(theirs, () =>
    nested.add(drawn.id as string, fieldsOf(ours, drawn.id as ElementId)),
  );
  row('a stroke of 500 points, over its ink', update.length - ink, nestedUpdate.length - ink);
};

const growth = (report: Report): void => {
  const { ours, theirs, ids } = boards(100, 60);
  const nested = createNestedMapBoard(theirs);
  const before = { ours: encodeSnapshot(ours).length, theirs: Y.encodeStateAsUpdateV2(theirs).length };
  for (let at = 0; at < 100_000; at += 1) {
    const id = ids[(at * 37) % 100] as ElementId;
    ours.commit(moveElements(ours, [id], 1, 0.5), { undo: 'none' });
    nested.move(id, at, at / 2);
  }
  const grown = encodeSnapshot(ours).length - before.ours;
  const other = Y.encodeStateAsUpdateV2(theirs).length - before.theirs;
  const row = { ours: grown / 1e3, peer: NESTED, theirs: other / 1e3, ratio: other / grown };
  report({
    suite: SUITE,
    case: '100,000 moves of 100 elements',
    metric: 'snapshot growth',
    unit: 'kB',
    ...row,
  });
};

const removal = (report: Report): void => {
  const { ours, ids } = boards(1_000, 250);
  const peer = 'creating the strokes again';
  const theirs = Y.encodeStateAsUpdate(ours.doc).length / 1e3;
  const removed = updateOf(ours.doc, () => ours.commit(removeElements(ours, ids))).length / 1e3;
  report({ suite: SUITE, case: 'removal of 1,000 strokes', metric: 'update', unit: 'kB', ours: removed });
  const restored = updateOf(ours.doc, () => ours.undo()).length / 1e3;
  if (ours.size !== 1_000) throw new Error('The undo did not bring the strokes back.');
  const row = { ours: restored, peer, theirs, ratio: theirs / restored };
  report({
    suite: SUITE,
    case: 'undo of the removal of 1,000 strokes',
    metric: 'update',
    unit: 'kB',
    ...row,
  });
};

/** Time from a remote update's arrival to the end of its effect, for everyone who listens. */
const effects = (report: Report): void => {
  const sized = [1_000, 10_000, 100_000].map((count) => ({ count, ...boards(count, 10) }));
  for (const { count, ours, ids } of sized) {
    const remote = createBoard();
    Y.applyUpdate(remote.doc, Y.encodeStateAsUpdate(ours.doc));
    let touched = 0;
    ours.subscribe((effect) => {
      for (const id of effect.touched) {
        const element = ours.get(id);
        if (element !== undefined) touched += Number.isFinite(boundsOf(element).minX) ? 1 : 0;
      }
    });
    const rounds = 2_000;
    const updates = Array.from({ length: rounds }, (_, at) => {
      const id = ids[(at * 7_919) % ids.length] as ElementId;
      return updateOf(remote.doc, () => remote.commit(moveElements(remote, [id], 1, 1)));
    });
    const times = updates.map((update) => time(() => Y.applyUpdate(ours.doc, update)) * 1e3);
    if (touched < rounds) throw new Error('An effect was missed.');
    report({
      suite: SUITE,
      case: `effect of one remote move on ${count.toLocaleString('en')} elements`,
      metric: 'time',
      unit: 'µs',
      ours: median(times),
    });
  }
};

/** What the board costs in bytes, time and memory, beside the layout that boards on Yjs usually have. */
export const run = async (report: Report): Promise<void> => {
  runCommits(report);
  sizes(report);
  removal(report);
  growth(report);
  effects(report);
  runLoading(report);
  await runInBrowser(report);
  runInk(report);
};
