import { addElement, createBoard, decodeInk, encodeInk, type InkPoint } from '@inkwire/core';
import * as Y from 'yjs';
import { readDrawings } from './drawings.js';
import { excalidraw, type InkForm, json, tldraw } from './ink-forms.js';
import type { Report } from './report.js';

const SUITE = 'core';
const ROUNDS = 9;
/** How often a round repeats the drawings, so that it takes some tens of milliseconds. */
const REPEATS = 20;

/** What ink takes: bytes for each point, and time to read it, beside what others keep of the same points. */
export const run = (report: Report): void => {
  const { source, strokes } = readDrawings();
  const points = strokes.reduce((sum, { length }) => sum + length, 0);
  const inks = strokes.map((stroke) => encodeInk(stroke));
  const size = inks.reduce((sum, { length }) => sum + length, 0) / points;
  const forms = [json, excalidraw, tldraw].map((form) => ({ form, packed: strokes.map(form.pack) }));
  const suite = SUITE;
  const name = `ink of ${source}`;

  for (const { form, packed } of forms) {
    const theirs = packed.reduce((sum, { length }) => sum + length, 0) / points;
    report({
      suite,
      case: name,
      metric: 'size',
      unit: 'bytes/point',
      ours: size,
      peer: form.name,
      theirs,
      ratio: theirs / size,
    });
  }

  const readers = [
    () => readAll(inks),
    ...forms.map(
      ({ form, packed }) =>
        () =>
          unpackAll(form, packed),
    ),
  ];
  const [ours = 0, ...others] = speeds(readers, points * REPEATS);
  forms.forEach(({ form: { name: peer } }, index) => {
    const theirs = others[index] ?? 0;
    report({
      suite,
      case: name,
      metric: 'decode',
      unit: 'points/µs',
      ours,
      peer,
      theirs,
      ratio: ours / theirs,
    });
  });

  const writers = [encodeInk, json.pack].map((pack) =>
    repeat(() => {
      for (const stroke of strokes) pack(stroke);
    }),
  );
  const [packed = 0, stringified = 0] = speeds(writers, points * REPEATS);
  report({
    suite,
    case: name,
    metric: 'encode',
    unit: 'points/µs',
    ours: packed,
    peer: json.name,
    theirs: stringified,
    ratio: packed / stringified,
  });
  reportUpdate(report, strokes.flat().slice(0, 500));
};

/** What a stroke's update takes besides its ink, beside the same stroke as a nested Y.Map with a key per field. */
const reportUpdate = (report: Report, points: readonly InkPoint[]): void => {
  const board = createBoard({ user: 'ana@example.org' });
  let update = 0;
  board.doc.on('update', (bytes: Uint8Array) => {
    update = bytes.length;
  });
  const ink = encodeInk(points).length;
  // A board's first write also names its maps, once.
  for (let index = 0; index < 2; index++)
    board.commit(addElement(board, { kind: 'stroke', color: '#1971c2', width: 3.5, points }));
  const ours = update - ink;
  board.destroy();
  const theirs = nestedUpdate(ink) - ink;
  report({
    suite: SUITE,
    case: `update of a stroke of ${points.length} points`,
    metric: 'over its ink',
    unit: 'bytes',
    ours,
    peer: 'nested Y.Map',
    theirs,
    ratio: theirs / ours,
  });
};

const nestedUpdate = (ink: number): number => {
  const doc = new Y.Doc();
  const elements = doc.getMap<Y.Map<unknown>>('elements');
  let update = 0;
  doc.on('update', (bytes: Uint8Array) => {
    update = bytes.length;
  });
  for (const id of ['q8Zr1T0abcXY', 'q8Zr1T0abcXZ']) {
    const fields = {
      kind: 'stroke',
      author: 'ana@example.org',
      createdAt: 1_763_740_800_000,
      x: 178.25,
      y: 146.5,
      width: 320.5,
      height: 211.75,
      rotation: 0,
      order: 'a1Vd9',
      parent: null,
      locked: false,
      color: '#1971c2',
      opacity: 1,
      tool: 'pen',
      strokeWidth: 3.5,
      ink: new Uint8Array(ink),
    };
    doc.transact(() => elements.set(id, new Y.Map(Object.entries(fields))));
  }
  doc.destroy();
  return update;
};

/** Points per microsecond of each task, medians of rounds in which they take turns. */
const speeds = (tasks: readonly (() => unknown)[], points: number): number[] => {
  const times = tasks.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++)
    tasks.forEach((task, index) => {
      const start = performance.now();
      task();
      // The first round warms up.
      if (round > 0) times[index]?.push(performance.now() - start);
    });
  return times.map((own) => points / 1_000 / (own.sort((a, b) => a - b)[own.length >> 1] ?? Number.NaN));
};

const repeat = (task: () => void) => (): void => {
  for (let index = 0; index < REPEATS; index++) task();
};

const readAll = (inks: readonly Uint8Array[]): number => {
  let sum = 0;
  for (let index = 0; index < REPEATS; index++) for (const ink of inks) sum += decodeInk(ink).length;
  return sum;
};

const unpackAll = (form: InkForm, packed: readonly string[]): number => {
  let sum = 0;
  for (let index = 0; index < REPEATS; index++) for (const one of packed) sum += form.unpack(one).length;
  return sum;
};
