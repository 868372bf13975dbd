import {
  addElement,
  addElements,
  applyInPieces,
  type Board,
  boundsOf,
  createBoard,
  type ElementId,
  encodeSnapshot,
  moveElements,
  type NewElement,
  newElementId,
  removeElements,
  styleElements,
} from '@inkwire/core';
import * as Y from 'yjs';
import { run as runInk } from './core-ink.js';
import { bytesKeptBy, median, time } from './measure.js';
import { boxesOf, createNestedMapBoard } from './nested-map-board.js';
import type { Report } from './report.js';

const SUITE = 'core';
const NESTED = 'nested Y.Map, a key per field';
const USER = 'user-417';

/** A stroke of `length` points as a hand draws it: slow curves, 2 to 4 units from point to point. */
const stroke = (index: number, length: number): NewElement => {
  const x = (index % 400) * 120;
  const y = Math.floor(index / 400) * 90;
  const points = Array.from({ length }, (_, at) => ({
    x: x + at * 1.5 + 8 * Math.sin((at + index) / 7),
    y: y + 30 * Math.sin(at / 11 + index) + at / 5,
    pressure: 0.5 + 0.3 * Math.sin(at / 17 + index),
  }));
  return { kind: 'stroke', id: newElementId(), color: '#1864ab', width: 4, points };
};

/** The same stroke's fields, for the nested layout. */
const fieldsOf = (board: Board, id: ElementId): Record<string, unknown> => {
  const element = board.get(id);
  if (element?.kind !== 'stroke') throw new Error(`${id} is no stroke.`);
  const {
    kind,
    author,
    createdAt,
    rotation,
    order,
    parent,
    locked,
    color,
    opacity,
    tool,
    width: pen,
    ink,
  } = element;
  const [[x, y], [width, height]] = [element.position, element.size];
  const style = { rotation, order, parent, locked, color, opacity, tool, pen };
  return { kind, author, createdAt, x, y, width, height, ...style, ink };
};

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

/** `count` strokes, and the same in the nested layout. */
const boards = (count: number, length: number): { ours: Board; theirs: Y.Doc; ids: ElementId[] } => {
  const ours = createBoard({ user: USER });
  const elements = Array.from({ length: count }, (_, index) => stroke(index, length));
  const change = addElements(ours, elements);
  ours.commit(change, { undo: 'none' });
  const ids = [...change.births.keys()];
  const nested = createNestedMapBoard();
  nested.doc.transact(() => {
    for (const id of ids) nested.add(id, fieldsOf(ours, id));
  });
  return { ours, theirs: nested.doc, ids };
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

const loading = (report: Report): void => {
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
  const times = { ours: [] as number[], theirs: [] as number[], steps: [] as number[] };
  for (let round = 0; round < 5; round += 1) {
    times.steps.push(longestStep());
    times.ours.push(time(load));
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

const committing = (report: Report): void => {
  const count = 20_000;
  const rates: Record<'moves' | 'prepared' | 'bare', number[]> = { moves: [], prepared: [], bare: [] };
  // The first rounds warm up.
  for (let round = -3; round < 9; round += 1) {
    const { ours, ids } = boards(100, 10);
    const id = (at: number): ElementId => ids[at % 100] as ElementId;
    const moves = time(() => {
      for (let at = 0; at < count; at += 1) ours.commit(moveElements(ours, [id(at)], 1, 1));
    });
    const changes = Array.from({ length: count }, (_, at) => moveElements(ours, [id(at)], at, at));
    const prepared = time(() => {
      for (const change of changes) ours.commit(change);
    });
    const map = new Y.Doc().getMap('r');
    const keys = ids.map((key) => `${key}/p/${ours.writer.toString(36)}`);
    const value = new Uint8Array(12);
    const bare = time(() => {
      for (let at = 0; at < count; at += 1) map.set(keys[at % 100] as string, value.slice());
    });
    if (round < 0) continue;
    rates.moves.push(count / moves);
    rates.prepared.push(count / prepared);
    rates.bare.push(count / bare);
  }
  const theirs = median(rates.bare);
  const peer = 'bare Y.Map.set';
  for (const [name, ours] of [
    ['commits of moves', median(rates.prepared)],
    ['moves, each made and committed', median(rates.moves)],
  ] as const) {
    report({
      suite: SUITE,
      case: name,
      metric: 'rate',
      unit: 'per ms',
      ours,
      peer,
      theirs,
      ratio: ours / theirs,
    });
  }
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
export const run = (report: Report): void => {
  committing(report);
  sizes(report);
  removal(report);
  growth(report);
  effects(report);
  loading(report);
  runInk(report);
};
