import {
  addElements,
  createBoard,
  eraseParts,
  type NewElement,
  newElementId,
  resizeElements,
  rotateElements,
} from '@inkwire/core';
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

  it('is around what is left of a stroke, turned and stretched with it', () => {
    const board = createBoard();
    const points = Array.from({ length: 11 }, (_, i) => ({ x: 100 + i * 10, y: i < 8 ? 50 : 70 }));
    const change = addElements(board, [{ kind: 'stroke', width: 4, points }]);
    board.commit(change);
    const [id] = change.births.keys();
    if (id === undefined) throw new Error('There is no stroke.');
    const frame = () => frameAround([...board.elements()], board.recall);
    expect(frame()).toMatchObject({ centre: [150, 60], width: 100, height: 20 });
    board.commit(eraseParts(board, [{ id, ranges: [[0, 8]] }]));
    expect(frame()).toMatchObject({ centre: [190, 70], width: 20, height: 0, angle: 0 });
    board.commit(resizeElements(board, [id], [100, 50], 2, 1));
    expect(frame()).toMatchObject({ centre: [280, 70], width: 40, height: 0 });
    board.commit(rotateElements(board, [id], [280, 70], Math.PI / 2));
    const turned = frame();
    expect(turned?.width).toBeCloseTo(40, 1);
    expect(turned?.centre[0]).toBeCloseTo(280, 1);
    expect(turned?.centre[1]).toBeCloseTo(70, 1);
    expect(turned?.angle).toBeCloseTo(Math.PI / 2, 3);
  });
});
