import {
  addElement,
  type Board,
  type ElementId,
  moveElements,
  plainText,
  removeElements,
  styleElements,
  writeText,
} from '@inkwire/core';
import { draw } from '../drawing.js';
import type { Step } from './script.js';

/** What a person does to a board. */
export type Deed = Extract<
  Step,
  { do: 'draw' | 'note' | 'touch' | 'undo' | 'redo' | 'move' | 'style' | 'write' | 'remove' | 'burst' }
>;

const NAMES = new Set<string>([
  'draw',
  'note',
  'touch',
  'undo',
  'redo',
  'move',
  'style',
  'write',
  'remove',
  'burst',
] satisfies Deed['do'][]);

export const isDeed = (step: Step): step is Deed => NAMES.has(step.do);

const COLORS = ['#c0392b', '#2980b9', '#27ae60', 'ink'];

const changeOne = (board: Board, id: ElementId, what: 'move' | 'style' | 'remove', which: number): void => {
  if (what === 'move') board.commit(moveElements(board, [id], which + 1, 5));
  else if (what === 'remove') board.commit(removeElements(board, [id]));
  else board.commit(styleElements(board, [id], { color: COLORS[which % COLORS.length] }));
};

/** Writes into a note, or takes a letter out of it. */
const write = (board: Board, which: number): void => {
  const notes = [...board.elements()].filter((element) => element.kind === 'sticky');
  const note = notes[which % Math.max(1, notes.length)];
  if (!note) return;
  const { length } = plainText(note.text);
  const at = which % (length + 1);
  const skip = at > 0 ? [{ retain: at }] : [];
  const step = which % 4 === 0 && at < length ? { delete: 1 } : { insert: `w${which} ` };
  board.commit(writeText(board, note.id, [...skip, step]));
};

/** Moves what somebody else changes next, as soon as it can be seen: while others may not have it yet. */
const touchNext = (board: Board): void => {
  const stop = board.subscribe(({ local, touched: [id] }) => {
    if (local || id === undefined) return;
    stop();
    queueMicrotask(() => board.commit(moveElements(board, [id], 3, 3)));
  });
};

export const doDeed = (board: Board, deed: Deed): void => {
  switch (deed.do) {
    case 'draw':
      draw(board);
      return;
    case 'burst':
      for (let index = 0; index < deed.count; index += 1) draw(board, 3);
      return;
    case 'note':
      board.commit(addElement(board, { kind: 'sticky', position: [0, 0], size: [100, 100], text: 'note' }));
      return;
    case 'touch':
      touchNext(board);
      return;
    case 'undo':
      board.undo();
      return;
    case 'redo':
      board.redo();
      return;
    case 'write':
      write(board, deed.which);
      return;
    default: {
      const ids = [...board.elements()].map(({ id }) => id);
      const id = ids[deed.which % Math.max(1, ids.length)];
      if (id) changeOne(board, id, deed.do, deed.which);
    }
  }
};
