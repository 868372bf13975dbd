import {
  addElement,
  type Board,
  type Box,
  boundsOf,
  createBoard,
  type ElementId,
  eraseParts,
  moveElements,
  newElementId,
  removeElements,
} from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScene } from './scene.js';

function draw(board: Board, x: number, y: number): ElementId {
  const id = newElementId();
  const points = [
    { x, y },
    { x: x + 10, y: y + 5 },
  ];
  board.commit(addElement(board, { kind: 'stroke', id, points }));
  return id;
}

const EVERYWHERE: Box = { minX: -1e6, minY: -1e6, maxX: 1e6, maxY: 1e6 };

describe('scene', () => {
  it('holds what was on the board before it', () => {
    const board = createBoard();
    const id = draw(board, 0, 0);
    expect(createScene(board).query(EVERYWHERE)).toEqual([board.get(id)]);
  });

  it('answers like the board after any sequence of changes, in paint order', () => {
    const step = fc.record({
      kind: fc.constantFrom('draw', 'move', 'remove'),
      x: fc.integer({ min: -500, max: 500 }),
      y: fc.integer({ min: -500, max: 500 }),
      pick: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const board = createBoard();
        const scene = createScene(board);
        for (const { kind, x, y, pick } of steps) {
          const ids = [...board.elements()].map((element) => element.id);
          const id = ids[pick % Math.max(ids.length, 1)];
          if (kind === 'draw' || id === undefined) draw(board, x, y);
          else if (kind === 'move') board.commit(moveElements(board, [id], x, y));
          else board.commit(removeElements(board, [id]));
          const box = { minX: x - 100, minY: y - 100, maxX: x + 100, maxY: y + 100 };
          const found = scene.query(box);
          expect(found).toEqual(expect.arrayContaining(board.query(box)));
          expect(found).toEqual([...board.elements()].filter((element) => found.includes(element)));
          expect(scene.query(EVERYWHERE)).toEqual([...board.elements()]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('tells where an element was and where it is now', () => {
    const board = createBoard();
    const id = draw(board, 0, 0);
    const scene = createScene(board);
    scene.query(EVERYWHERE);
    const before = boundsOf(board.get(id)!);
    const damage: Box[] = [];
    scene.subscribe((all) => damage.push(...all.map(({ box }) => box)));
    board.commit(moveElements(board, [id], 100, 0));
    expect(damage).toHaveLength(2);
    expect(damage[0]).toMatchObject(before);
    expect(damage[1]).toMatchObject({ ...before, minX: before.minX + 100, maxX: before.maxX + 100 });
    expect(scene.boundsOf(id)).toMatchObject({ minX: before.minX + 100 });
  });

  it('tells what appeared apart from what changed', () => {
    const board = createBoard();
    const scene = createScene(board);
    const added: (ElementId | undefined)[] = [];
    scene.subscribe((all) => added.push(...all.map((each) => each.added?.id)));
    const [first, second] = board.doc.transact(() => [dot(board, 1), dot(board, 2)]);
    expect(new Set(added)).toEqual(new Set([first, second]));
    scene.query(EVERYWHERE);
    board.commit(moveElements(board, [first], 5, 5));
    expect(added.slice(2)).toEqual([undefined, undefined]);
  });

  it('tells of a group nothing, of what it holds everything', () => {
    const board = createBoard();
    const group = newElementId();
    const inside = newElementId();
    board.commit(addElement(board, { kind: 'group', id: group }));
    const points = [
      { x: 0, y: 0 },
      { x: 9, y: 9 },
    ];
    board.commit(addElement(board, { kind: 'stroke', id: inside, parent: group, points }));
    const scene = createScene(board);
    expect(scene.query(EVERYWHERE).map(({ id }) => id)).toEqual([inside]);
    expect(scene.boundsOf(group)).toBeNull();
    expect(scene.bounds()).toEqual(scene.boundsOf(inside));
    const damage: Box[] = [];
    scene.subscribe((all) => damage.push(...all.map(({ box }) => box)));
    board.commit(removeElements(board, [group]));
    for (const box of damage) expect(box.minX).toBeLessThanOrEqual(box.maxX);
  });

  it('is as large as what is seen: not what frames cut off, nor what was erased', () => {
    const board = createBoard();
    const scene = createScene(board);
    const frame = newElementId();
    board.commit(addElement(board, { kind: 'frame', id: frame, position: [0, 0], size: [200, 100] }));
    const seen = scene.bounds();
    for (const x of [100, 400]) {
      const far = { kind: 'shape', parent: frame, position: [x, 20], size: [300, 30] } as const;
      board.commit(addElement(board, far));
    }
    expect(scene.bounds()).toEqual(seen);
    const points = Array.from({ length: 101 }, (_, x) => ({ x: 10 * (x + 2), y: 50 }));
    const stroke = newElementId();
    board.commit(addElement(board, { kind: 'stroke', id: stroke, width: 4, points }));
    expect(scene.bounds()!.maxX).toBeGreaterThan(1_000);
    board.commit(eraseParts(board, [{ id: stroke, ranges: [[15, 200]] }]));
    expect(scene.bounds()).toEqual(seen);
    const other = newElementId();
    board.commit(
      addElement(board, {
        kind: 'stroke',
        id: other,
        points: [
          { x: 9e3, y: 0 },
          { x: 9e3, y: 9 },
        ],
      }),
    );
    board.commit(eraseParts(board, [{ id: other, ranges: [[0, 1]] }]));
    expect(scene.bounds()).toEqual(seen);
  });

  it('says nothing more after it was destroyed', () => {
    const board = createBoard();
    const scene = createScene(board);
    let calls = 0;
    scene.subscribe(() => calls++);
    scene.destroy();
    draw(board, 0, 0);
    expect(calls).toBe(0);
  });

  it('takes in a thousand elements of one effect', () => {
    const board = createBoard();
    const scene = createScene(board);
    board.doc.transact(() => {
      for (let i = 0; i < 1000; i++) dot(board, i);
    });
    expect(scene.query(EVERYWHERE)).toHaveLength(1000);
  });
});

function dot(board: Board, x: number): ElementId {
  const id = newElementId();
  board.commit(addElement(board, { kind: 'stroke', id, points: [{ x, y: 0 }] }));
  return id;
}
