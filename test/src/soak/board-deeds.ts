import {
  addElement,
  alignElements,
  type Board,
  boardFromJson,
  boardToJson,
  type Change,
  copyElements,
  defineKind,
  distributeElements,
  duplicateElements,
  type Element,
  type ElementId,
  eraseParts,
  groupElements,
  inkOf,
  moveElements,
  type NewElement,
  type NewValue,
  pasteElements,
  plainText,
  removeElements,
  reorderElements,
  reparentElements,
  resizeElements,
  rotateElements,
  setValues,
  styleElements,
  type TextStep,
  ungroupElements,
  type Value,
  vote,
  writeRegisters,
  writeText,
} from '@inkwire/core';
import type { SeededRandom } from './seeded-random.js';

/** A kind that an app could have, with a register of each merge rule. */
export const GAUGE = defineKind({
  name: 'soak.gauge',
  registers: { level: { initial: 0 }, tags: { merge: 'union' }, score: { merge: 'sum' } },
  text: true,
});

const COLORS = ['ink', '#ff0000', '#00aa55', '#1122ff'];
const WORDS = ['ink', 'wire ', 'Tusche', 'чернила ', '墨', '🖋️', '\n', 'a'];

const place = (random: SeededRandom) => [random.below(2_000) - 500, random.below(2_000) - 500] as const;
const size = (random: SeededRandom) => [10 + random.below(300), 10 + random.below(300)] as const;

/** Something new of any kind. */
export const newElement = (board: Board, random: SeededRandom): NewElement => {
  const [x, y] = place(random);
  const color = random.pick(COLORS);
  const boxed = { position: [x, y], size: size(random), color } as const;
  const text = random.pick(WORDS);
  const bound = random.chance(0.7) ? some(board, random, 1)[0] : undefined;
  const binding =
    bound === undefined ? null : { element: bound.id, anchor: [random.next(), random.next()] as const };
  return random.pick<() => NewElement>([
    () => ({
      kind: 'stroke',
      color,
      tool: random.pick(['pen', 'highlighter']),
      width: 1 + random.below(20),
      points: Array.from({ length: 1 + random.below(20) }, () => ({
        x: x + random.next() * 80,
        y: y + random.next() * 80,
        ...(random.chance(0.5) && { pressure: random.next() }),
      })),
    }),
    () => ({ kind: 'shape', ...boxed, form: random.pick(['rectangle', 'ellipse', 'star']), text }),
    () => ({
      kind: random.pick(['line', 'arrow']),
      color,
      points: [[x, y], place(random), place(random)],
      routing: random.pick(['straight', 'curve', 'elbow']),
      startBinding: binding,
      endBinding: random.chance(0.3) ? binding : null,
    }),
    () => ({ kind: 'text', ...boxed, text: [{ insert: text, attributes: { bold: true } }] }),
    () => ({ kind: 'sticky', ...boxed, text }),
    () => ({ kind: 'image', ...boxed, source: `image:${random.below(9)}`, naturalSize: [640, 480] }),
    () => ({ kind: 'frame', ...boxed, title: text }),
    () => ({
      kind: 'custom',
      ...boxed,
      definition: GAUGE,
      values: { level: random.below(9), tags: ['new'] },
      text,
    }),
  ])();
};

const some = (board: Board, random: SeededRandom, count: number): Element[] => {
  const elements = [...board.elements()];
  return elements.length === 0 ? [] : Array.from({ length: count }, () => random.pick(elements));
};

const ids = (board: Board, random: SeededRandom, count = 1 + random.below(3)): ElementId[] =>
  some(board, random, count).map((element) => element.id);

const typing = (board: Board, random: SeededRandom, written: readonly ElementId[]): Change | null => {
  if (written.length === 0) return null;
  const id = random.pick(written);
  const element = board.recall(id);
  if (
    element === undefined ||
    !('text' in element) ||
    (element.kind === 'custom' && !element.definition.text)
  )
    return null;
  const before = [...plainText(element.text)].map((character) => character.length);
  const at = random.below(before.length + 1);
  const count = Math.min(before.length - at, 1 + random.below(4));
  const units = (from: number, to: number): number =>
    before.slice(from, to).reduce((sum, length) => sum + length, 0);
  const rest = units(at, at + count);
  const step: TextStep =
    rest === 0 || random.chance(0.5)
      ? { insert: random.pick(WORDS), ...(random.chance(0.3) && { attributes: { bold: true } }) }
      : random.chance(0.5)
        ? { delete: rest }
        : { retain: rest, attributes: { bold: random.chance(0.5) ? true : null } };
  return writeText(board, id, at === 0 ? [step] : [{ retain: units(0, at) }, step]);
};

/** What a person can do, by name; null when there is nothing to do it with. */
export const DEEDS: Readonly<
  Record<string, (board: Board, random: SeededRandom, written: readonly ElementId[]) => Change | null>
> = {
  add: (board, random) => addElement(board, newElement(board, random)),
  'add again': (board, random) => addElement(board, newElement(board, random)),
  remove: (board, random) => (random.chance(0.5) ? removeElements(board, ids(board, random, 1)) : null),
  move: (board, random) => moveElements(board, ids(board, random), random.below(99) - 50, random.next() * 99),
  resize: (board, random) =>
    resizeElements(
      board,
      ids(board, random),
      place(random),
      random.pick([-1, 0.5, 1.5]),
      random.pick([-1, 1, 1.2]),
    ),
  rotate: (board, random) => rotateElements(board, ids(board, random), place(random), random.next() * 7 - 3),
  style: (board, random) =>
    styleElements(board, ids(board, random), {
      color: random.pick(COLORS),
      opacity: random.next(),
      width: random.below(30),
      fill: random.pick(['none', ...COLORS]),
      dash: random.pick(['solid', 'dashed', undefined]),
    }),
  'set a register': (board, random) =>
    writeRegisters(
      board,
      ids(board, random, 1).map((id) =>
        random.pick<NewValue>([
          { id, register: 'locked', value: random.chance(0.5) },
          { id, register: 'title', value: random.pick(WORDS) },
          { id, register: 'size', value: size(random) },
          { id, register: 'startBinding', value: null },
        ]),
      ),
    ),
  reorder: (board, random) =>
    reorderElements(board, ids(board, random), random.pick(['front', 'back', 'forward', 'backward'])),
  group: (board, random) => groupElements(board, ids(board, random, 3)),
  ungroup: (board, random) =>
    ungroupElements(
      board,
      [...board.elements()].filter(({ kind }) => kind === 'group' && random.chance(0.3)).map(({ id }) => id),
    ),
  reparent(board, random) {
    const parents = [...board.elements()].filter(({ kind }) => kind === 'group' || kind === 'frame');
    const parent = parents.length === 0 || random.chance(0.2) ? null : random.pick(parents).id;
    try {
      return reparentElements(board, ids(board, random), parent);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  },
  'make a cycle of parents'(board, random) {
    const [child, parent] = ids(board, random, 2);
    if (child === undefined || parent === undefined) return null;
    return writeRegisters(board, [
      { id: child, register: 'parent', value: parent },
      { id: parent, register: 'parent', value: child },
    ]);
  },
  align: (board, random) =>
    alignElements(
      board,
      ids(board, random, 3),
      random.pick(['left', 'center', 'right', 'top', 'middle', 'bottom']),
    ),
  distribute: (board, random) => distributeElements(board, ids(board, random, 4), random.pick(['x', 'y'])),
  duplicate: (board, random) => duplicateElements(board, ids(board, random, 2), 10, 10),
  'paste a file': (board, random) =>
    random.chance(0.2) && board.size < 300
      ? pasteElements(board, boardFromJson(JSON.parse(JSON.stringify(boardToJson(board)))).slice(0, 5), {
          as: 'original',
        })
      : pasteElements(board, copyElements(board, ids(board, random, 1)), { dx: 5 }),
  erase: (board, random) =>
    eraseParts(
      board,
      [...board.elements()]
        .filter((element) => element.kind === 'stroke')
        .filter(() => random.chance(0.3))
        .map((stroke) => {
          const from = random.next() * inkOf(stroke).length;
          return { id: stroke.id, ranges: [[from, from + random.next() * 4]] };
        }),
    ),
  write: typing,
  'write on': typing,
  vote(board, random) {
    const stickies = [...board.elements()].filter(({ kind }) => kind === 'sticky');
    return stickies.length === 0 ? null : vote(board, random.pick(stickies).id, random.below(4));
  },
  'set values'(board, random) {
    const gauges = [...board.elements()].filter(({ kind }) => kind === 'custom');
    if (gauges.length === 0) return null;
    const values = random.pick<Record<string, Value>>([
      { level: random.below(99) },
      { tags: random.some(['a', 'b', 'c'], 0.5) },
      { score: random.below(5) },
    ]);
    return setValues(board, random.pick(gauges).id, values);
  },
};
