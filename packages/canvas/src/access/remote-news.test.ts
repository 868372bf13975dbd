import {
  addElement,
  applyUpdate,
  type Board,
  type Change,
  createBoard,
  type ElementId,
  encodeUpdate,
  moveElements,
  type NewElement,
  newElementId,
  removeElements,
  writeText,
} from '@inkwire/core';
import { expect, it } from 'vitest';
import { tellRemoteNews } from './remote-news.js';

function listen() {
  const [ana, ben] = [createBoard({ user: 'ana' }), createBoard({ user: 'ben' })] as const;
  const said: string[] = [];
  const due: (() => void)[] = [];
  const stop = tellRemoteNews({
    board: ana,
    say: (text) => said.push(text),
    nameOf: (user) => (user === 'ben' ? 'Ben' : null),
    timers: { setTimeout: (callback) => due.push(callback), clearTimeout: () => due.splice(0) },
  });
  const share = (from: Board, to: Board) => applyUpdate(to, encodeUpdate(from));
  const does = (make: (board: Board) => Change) => {
    share(ana, ben);
    ben.commit(make(ben));
    ana.attribute([[ben.writer, 'ben']]);
    share(ben, ana);
  };
  const pass = () => {
    for (const callback of due.splice(0)) callback();
    return said.splice(0);
  };
  return { ana, ben, does, pass, stop, waits: () => due.length };
}

const note = (text: string, id: ElementId = newElementId()): NewElement => ({
  kind: 'sticky',
  id,
  position: [0, 0],
  size: [10, 10],
  text,
});

it('tells what somebody did in one sentence, after a while, and what it came to', () => {
  const { does, pass, waits } = listen();
  const [milk, bread, gone] = [newElementId(), newElementId(), newElementId()];
  does((board) => addElement(board, note('Milk', milk)));
  does((board) => addElement(board, note('Bread', bread)));
  does((board) => moveElements(board, [milk], 5, 5));
  does((board) => addElement(board, note('?', gone)));
  does((board) => removeElements(board, [gone]));
  expect(waits()).toBe(1);
  expect(pass()).toEqual(['Ben added 2 elements, each a sticky note.']);
  does((board) => writeText(board, bread, [{ insert: 'Brown ' }]));
  does((board) => moveElements(board, [milk], 5, 5));
  expect(pass()).toEqual(['Ben changed Sticky note “Milk” and wrote in Sticky note “Brown Bread”.']);
  does((board) => removeElements(board, [milk]));
  expect(pass()).toEqual(['Ben removed Sticky note “Milk”.']);
});

it('is silent about what I do, about boards that are loaded, and after it was stopped', () => {
  const { ana, does, pass, stop, waits } = listen();
  ana.commit(addElement(ana, note('mine')));
  const whole = createBoard({ user: 'carl' });
  for (let i = 0; i < 250; i++) whole.commit(addElement(whole, note(`${i}`)));
  ana.attribute([[whole.writer, 'carl']]);
  applyUpdate(ana, encodeUpdate(whole));
  expect(waits()).toBe(0);
  expect(pass()).toEqual([]);
  stop();
  does((board) => addElement(board, note('late')));
  expect(pass()).toEqual([]);
});
