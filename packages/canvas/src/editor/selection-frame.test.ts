import { addElements, createBoard, type NewElement, newElementId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { frameAround } from './selection-frame.js';

const around = (...made: readonly NewElement[]) => {
  const board = createBoard();
  board.commit(addElements(board, made));
  return frameAround([...board.elements()], board.recall);
};

describe('the frame around what is selected', () => {
  const [frame, group] = [newElementId(), newElementId()];
  const shape = (x: number, more: object = {}): NewElement => ({
    kind: 'shape',
    position: [x, 10],
    size: [30, 20],
    ...more,
  });
  const sheet: NewElement = { kind: 'frame', id: frame, position: [0, 0], size: [100, 60] };

  it('is around all of them', () => {
    expect(around(shape(0, { width: 2 }), shape(200, { width: 2 }))).toMatchObject({ width: 232, angle: 0 });
  });

  it('ends where a frame ends in which something reaches out, also in a group', () => {
    const alone = around(sheet, shape(20, { parent: frame }));
    expect(alone).not.toBeNull();
    expect(around(sheet, shape(90, { parent: frame }))).toEqual(alone);
    const held: NewElement = { kind: 'group', id: group, parent: frame };
    expect(around(sheet, held, shape(300, { parent: group }))).toEqual(alone);
    expect(around(sheet, shape(300))?.width).toBeGreaterThan(300);
  });
});
