import {
  addElement,
  applyUpdate,
  type Board,
  compose,
  createBoard,
  type Element,
  encodeUpdate,
  type NewElement,
  newElementId,
  writeRegisters,
  writeText,
} from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { watchConflicts } from './conflict-notices.js';
import { createNotices, type Timers } from './notices.js';
import { fitWritten } from './text-fit.js';

/** What Ana is told after both have done something to one element, Ben the later. */
function told(element: NewElement, deed: (board: Board, made: Element, who: 'ana' | 'ben') => void) {
  let time = 1_000;
  const [ana, ben] = (['ana', 'ben'] as const).map((user) => createBoard({ user, clock: () => time })) as [
    Board,
    Board,
  ];
  const id = newElementId();
  ana.commit(addElement(ana, { ...element, id }));
  applyUpdate(ben, encodeUpdate(ana));
  const waiting: (() => void)[] = [];
  const timers: Timers = { setTimeout: (callback) => waiting.push(callback), clearTimeout() {} };
  const notices = createNotices(timers, () => {});
  const stop = watchConflicts(ana, null, notices, timers, () => time);
  deed(ana, ana.get(id) as Element, 'ana');
  time += 1_000;
  deed(ben, ben.get(id) as Element, 'ben');
  applyUpdate(ana, encodeUpdate(ben));
  for (const callback of waiting.splice(0)) callback();
  stop();
  return notices.current?.text ?? null;
}

const write = (board: Board, { id }: Element, who: 'ana' | 'ben') => {
  const change = writeText(board, id, [{ insert: who === 'ana' ? 'Ana was here ' : 'Ben ' }]);
  const next = board.preview(change).get(id) as Element;
  const fit = fitWritten(board, next);
  board.commit(fit === null ? change : compose(change, fit));
};

const ARROW: NewElement = {
  kind: 'arrow',
  points: [
    [0, 0],
    [300, 0],
  ],
};
const TEXT: NewElement = { kind: 'text', position: [0, 0], size: [1, 26] };

describe('a person is told', () => {
  it.each<[string, NewElement]>([
    ['an arrow', ARROW],
    ['a text', TEXT],
    ['a text of a width', { ...TEXT, size: [60, 26], fit: 'width' }],
  ])('nothing where two write on %s at once: both words are there', (_, element) => {
    expect(told(element, write)).toBeNull();
  });

  it('that somebody else made a text of a width as wide as they wanted', () => {
    const resize = (board: Board, { id }: Element, who: 'ana' | 'ben') =>
      board.commit(
        writeRegisters(board, [{ id, register: 'size', value: who === 'ana' ? [80, 26] : [120, 26] }]),
      );
    expect(told({ ...TEXT, size: [60, 26], fit: 'width' }, resize)).toBe(
      'Somebody resized what you changed at the same time.',
    );
  });
});
