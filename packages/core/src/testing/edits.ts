import type { Board } from '../board/board.js';
import type { Change } from '../change/change.js';
import { eraseParts } from '../edit/erase.js';
import { groupElements, reparentElements, ungroupElements } from '../edit/group.js';
import { moveElements } from '../edit/move.js';
import { removeElements } from '../edit/remove.js';
import { reorderElements } from '../edit/reorder.js';
import { resizeElements } from '../edit/resize.js';
import { rotateElements } from '../edit/rotate.js';
import { styleElements } from '../edit/style.js';
import { writeRegisters } from '../edit/write.js';
import { writeText } from '../edit/write-text.js';
import type { Element } from '../element/element.js';
import type { Point } from '../element/geometry.js';
import { type ElementId, newElementId } from '../element/id.js';
import { plainText } from '../element/text.js';
import type { Pair } from '../element/value.js';
import { put } from './boards.js';
import type { Edit } from './concurrent-edits.js';

/** Which of the two people it is: each does what they do a little differently, so that the two can be told apart. */
export type Who = 0 | 1;

/** The elements that two people work on at once. */
export interface Subject {
  /** What they both do something to. */
  readonly id: ElementId;
  /** What carries a text: the same, unless that is a stroke. */
  readonly text: ElementId;
  readonly stroke: ElementId;
  readonly arrow: ElementId;
  /** What it lies in a group with, if it does. */
  readonly mate: ElementId;
  /** What each of them groups it with, and the groups that come of that. */
  readonly companions: readonly [ElementId, ElementId];
  readonly groups: readonly [ElementId, ElementId];
  readonly frames: readonly [ElementId, ElementId];
  /** Of the subject, as it was drawn. */
  readonly position: Point;
  readonly size: Pair;
}

const DISTANCES = [
  [100, 0],
  [0, 50],
] as const;
const SCALES = [2, 3] as const;
const ANGLES = [Math.PI / 2, Math.PI] as const;
const COLORS = ['#e03131', '#2f9e44'] as const;
const PLACES = ['front', 'back'] as const;
const ANCHORS = [
  [0.5, 0.5],
  [0.25, 0.25],
] as const;
const WORDS = ['ana ', 'ben '] as const;
const PARTS = [
  [0, 1],
  [2, 3],
] as const;

/** Draws them. The subject is a shape or a stroke, in a group with another element or in none. */
export const drawSubject = (board: Board, kind: 'shape' | 'stroke', grouped: boolean): Subject => {
  const shape = (x: number): ElementId =>
    put(board, { kind: 'shape', position: [x, 200], size: [80, 60], text: 'note' });
  const frame = (x: number): ElementId => put(board, { kind: 'frame', position: [x, 600], size: [300, 300] });
  const mate = shape(0);
  const text = shape(200);
  const stroke = put(board, {
    kind: 'stroke',
    points: [0, 1, 2, 3].map((step) => ({ x: 200 + 20 * step, y: 200 + 15 * step })),
  });
  const arrow = put(board, {
    kind: 'arrow',
    points: [
      [0, 0],
      [50, 50],
    ],
  });
  const companions = [shape(400), shape(600)] as const;
  const frames = [frame(0), frame(400)] as const;
  const groups = [newElementId(), newElementId()] as const;
  const id = kind === 'shape' ? text : stroke;
  if (grouped) board.commit(groupElements(board, [id, mate]));
  const { position, size } = seen(board, id);
  return { id, text, stroke, arrow, mate, companions, groups, frames, position, size };
};

/** An element that may be removed. */
const seen = (board: Board, id: ElementId): Element => {
  const element = board.recall(id);
  if (element === undefined) throw new Error(`There is no element ${id}.`);
  return element;
};

const centreOf = ({ position: [x, y], size: [width, height] }: Element): Point => [
  x + width / 2,
  y + height / 2,
];

/** What each of the two does. On an element that is removed, nothing. */
export const EDIT: Readonly<Record<Edit, (board: Board, subject: Subject, who: Who) => Change>> = {
  move(board, { id, position }, who) {
    const [x, y] = seen(board, id).position;
    const [dx, dy] = DISTANCES[who];
    return moveElements(board, [id], position[0] + dx - x, position[1] + dy - y);
  },
  resize(board, { id, size }, who) {
    const element = seen(board, id);
    const scale = (SCALES[who] * size[0]) / element.size[0];
    return resizeElements(board, [id], element.position, scale, scale);
  },
  rotate(board, { id }, who) {
    const element = seen(board, id);
    return rotateElements(board, [id], centreOf(element), ANGLES[who] - element.rotation);
  },
  restyle: (board, { id }, who) => styleElements(board, [id], { color: COLORS[who] }),
  reorder: (board, { id }, who) => reorderElements(board, [id], PLACES[who]),
  group: (board, { id, companions, groups }, who) => groupElements(board, [id, companions[who]], groups[who]),
  ungroup: (board, { id }) =>
    ungroupElements(
      board,
      [seen(board, id).parent].filter((parent) => parent !== null),
    ),
  reparent: (board, { id, frames }, who) => reparentElements(board, [id], frames[who]),
  bind: (board, { id, arrow }, who) =>
    writeRegisters(board, [
      { id: arrow, register: 'endBinding', value: { element: id, anchor: ANCHORS[who] } },
    ]),
  write: (board, { text }, who) => writeText(board, text, [{ insert: WORDS[who] }]),
  'erase part': (board, { stroke }, who) => eraseParts(board, [{ id: stroke, ranges: [PARTS[who]] }]),
  lock: (board, { id }) =>
    writeRegisters(board, board.get(id) === undefined ? [] : [{ id, register: 'locked', value: true }]),
  remove: (board, { id }) => removeElements(board, [id]),
};

/** Whether a board shows what one of the two did. */
export const SHOWS: Readonly<Record<Edit, (board: Board, subject: Subject, who: Who) => boolean>> = {
  move(board, { id, position }, who) {
    const element = board.get(id);
    const [dx, dy] = DISTANCES[who];
    return element?.position[0] === position[0] + dx && element.position[1] === position[1] + dy;
  },
  resize: (board, { id, size }, who) => board.get(id)?.size[0] === size[0] * SCALES[who],
  rotate: (board, { id }, who) => Math.abs((board.get(id)?.rotation ?? 0) - ANGLES[who]) < 1e-6,
  restyle: (board, { id }, who) => board.get(id)?.color === COLORS[who],
  reorder: (board, { id }, who) =>
    [...board.elements()].filter(({ kind }) => kind !== 'group').at(who === 0 ? -1 : 0)?.id === id,
  group: (board, { id, groups }, who) => board.get(id)?.parent === groups[who],
  ungroup: (board, { id }) => board.get(id)?.parent === null,
  reparent: (board, { id, frames }, who) => board.get(id)?.parent === frames[who],
  bind: (board, { id, arrow }, who) => {
    const line = board.get(arrow);
    const binding = line?.kind === 'arrow' ? line.endBinding : null;
    return binding?.element === id && binding.anchor[0] === ANCHORS[who][0];
  },
  write(board, { text }, who) {
    const element = board.get(text);
    return element?.kind === 'shape' && plainText(element.text).includes(WORDS[who]);
  },
  'erase part'(board, { stroke }, who) {
    const element = board.get(stroke);
    const [from, to] = PARTS[who];
    return element?.kind === 'stroke' && element.cuts.some((cut) => cut[0] <= from && to <= cut[1]);
  },
  lock: (board, { id }) => board.get(id)?.locked === true,
  remove: (board, { id }) => board.get(id) === undefined,
};
