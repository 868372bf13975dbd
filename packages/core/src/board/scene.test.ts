import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addElements } from '../edit/add.js';
import { moveElements } from '../edit/move.js';
import { removeElements } from '../edit/remove.js';
import { resizeElements } from '../edit/resize.js';
import { rotateElements } from '../edit/rotate.js';
import { boundsOf } from '../element/bounds.js';
import type { Element, StrokeElement } from '../element/element.js';
import { boxesMeet } from '../element/geometry/box.js';
import type { Box } from '../element/geometry.js';
import type { ElementId } from '../element/id.js';
import type { NewElement } from '../element/new-element.js';
import { boardOf, box, put, stroke } from '../testing/boards.js';
import type { Board } from './board.js';
import { createBoard } from './create-board.js';
import type { Overview } from './overview.js';

const ids = (elements: Iterable<Element>): string[] => [...elements].map(({ id }) => id);

/** What a query should find, by looking at everything. */
const lookedFor = (board: Board, area: Box): string[] =>
  ids([...board.elements()].filter((element) => boxesMeet(boundsOf(element, board.recall), area)));

const widened = (element: NewElement, width: number): NewElement => Object.assign(element, { width });

/** A stroke of an overview as a query finds it. */
const withInk = (seen: ReturnType<Overview['at']>): object | null => {
  if (seen === null || !('inkSpan' in seen)) return seen;
  const { inkSpan, ...rest } = seen;
  return { ...rest, ink: inkSpan.bytes.slice(inkSpan.start, inkSpan.end) };
};

const coordinate = fc.integer({ min: -3_000, max: 3_000 });
const area = fc
  .tuple(coordinate, coordinate, fc.nat(4_000), fc.nat(4_000))
  .map(([minX, minY, width, height]): Box => ({ minX, minY, maxX: minX + width, maxY: minY + height }));

describe('reading a board', () => {
  it('a query misses what moved away by a little, and finds it where it is', () => {
    const board = boardOf(1);
    const id = put(board, stroke(100, 100));
    const at = (x: number): Box => ({ minX: x, minY: 50, maxX: x + 1, maxY: 150 });
    expect(ids(board.query(at(100)))).toEqual([id]);
    board.commit(moveElements(board, [id], 100, 0));
    expect([ids(board.query(at(100))), ids(board.query(at(200)))]).toEqual([[], [id]]);
  });

  it('a stroke keeps its ink, the object itself, when it is moved: what was made of that is known by it', () => {
    const board = boardOf(1);
    const id = put(board, stroke(0, 0));
    const inkNow = (): unknown => (board.get(id) as StrokeElement).ink;
    const before = inkNow();
    const moved = moveElements(board, [id], 5, 0);
    expect((board.preview(moved).get(id) as StrokeElement).ink).toBe(before);
    board.commit(moved);
    expect(inkNow()).toBe(before);
  });

  it('a query finds what meets its box, wherever elements have gone, and after reading the document anew', () => {
    const step = fc.oneof(
      fc.record({ type: fc.constant('add' as const), x: coordinate, y: coordinate, wide: fc.nat(9_000) }),
      fc.record({ type: fc.constant('move' as const), which: fc.nat(), x: coordinate, y: coordinate }),
      fc.record({
        type: fc.constant('turn' as const),
        which: fc.nat(),
        angle: fc.double({ min: 0, max: 6, noNaN: true }),
      }),
      fc.record({
        type: fc.constant('stretch' as const),
        which: fc.nat(),
        scale: fc.constantFrom(-2, 0.1, 20),
      }),
      fc.record({ type: fc.constant('remove' as const), which: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), area, (steps, where) => {
        const board = boardOf(1);
        for (const done of steps) {
          const elements = [...board.elements()];
          if (done.type === 'add') {
            put(board, done.wide % 2 === 0 ? stroke(done.x, done.y) : box(done.x, done.y, done.wide, 10));
          } else if (elements.length > 0) {
            const { id } = elements[done.which % elements.length]!;
            if (done.type === 'move') board.commit(moveElements(board, [id], done.x, done.y));
            else if (done.type === 'turn') board.commit(rotateElements(board, [id], [0, 0], done.angle));
            else if (done.type === 'stretch')
              board.commit(resizeElements(board, [id], [0, 0], done.scale, done.scale));
            else board.commit(removeElements(board, [id]));
          }
        }
        expect(ids(board.query(where))).toEqual(lookedFor(board, where));
        const anew = createBoard({ doc: board.doc });
        expect(ids(anew.query(where))).toEqual(lookedFor(board, where));
        expect(anew.size).toBe(board.size);
      }),
      { numRuns: 300 },
    );
  });

  it('an overview shows what a query finds, thin strokes without making elements of them', () => {
    const board = boardOf(1);
    const width = fc.constantFrom(2, 9);
    const drawing = fc.record({
      x: coordinate,
      y: coordinate,
      width,
      moved: fc.boolean(),
      read: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(drawing, { minLength: 1, maxLength: 9 }), area, (drawings, where) => {
        board.commit(removeElements(board, ids(board.elements()) as ElementId[]));
        put(board, box(where.minX, where.minY, 9, 9));
        for (const { x, y, width, moved, read } of drawings) {
          const id = put(board, widened(stroke(x, y), width));
          if (moved) board.commit(moveElements(board, [id], 5, 0));
          if (read) board.get(id);
        }
        const overview = board.overview(where, 0, (width) => width < 5);
        const seen = Array.from({ length: overview.length }, (_, index) =>
          structuredClone(withInk(overview.at(index))),
        );
        const elements = board.query(where);
        expect(elements).toMatchObject(seen as object[]);
        expect(overview.length).toBe(elements.length);
      }),
    );
  });

  it('strokes are in an overview where they are, other elements where they reach as well', () => {
    const board = boardOf(1);
    const line = put(board, widened(stroke(0, 0), 2));
    const shape = put(board, widened(box(0, 0, 10, 10), 2));
    const seen = (minX: number, reach: number): (string | undefined)[] => {
      const where = { minX, minY: -50, maxX: minX + 1, maxY: 50 };
      const { length, at } = board.overview(where, reach, () => true);
      return Array.from({ length }, (_, index) => at(index)?.id);
    };
    expect([seen(11, 0), seen(11.5, 0), seen(16, 4), seen(16, 6)]).toEqual([
      [line, shape],
      [line],
      [],
      [shape],
    ]);
    // Nobody who keeps to the rules writes a birth anew; it counts all the same.
    const births = board.doc.getMap<Uint8Array>('b');
    births.set(line, births.get(shape)!);
    // They have one place in paint order now, so their ids decide.
    expect(seen(16, 6)).toEqual([line, shape].sort());
  });

  it('what an overview was to show and is gone by now is null', () => {
    const board = boardOf(1);
    const [gone, stays] = [put(board, stroke(0, 0)), put(board, stroke(0, 0))];
    const overview = board.overview({ minX: -99, minY: -99, maxX: 99, maxY: 99 }, 0, () => true);
    board.commit(removeElements(board, [gone]));
    expect([overview.at(0), overview.at(1)?.id, overview.at(2)]).toEqual([null, stays, null]);
  });

  it('a large board can be taken in piece by piece, and be changed meanwhile', () => {
    const source = boardOf(1);
    source.commit(
      addElements(
        source,
        Array.from({ length: 2_500 }, (_, index) => stroke(index * 20, 0)),
      ),
    );
    const board = boardOf(2);
    Y.applyUpdate(board.doc, Y.encodeStateAsUpdate(source.doc));
    const pieces = board.indexing();
    let steps = 0;
    for (const _ of pieces) steps += 1;
    expect(steps).toBeGreaterThanOrEqual(2);
    expect(board.size).toBe(2_500);

    const other = boardOf(3);
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(source.doc));
    const [first] = other.indexing();
    expect(first).toBeUndefined();
    const [some] = source.elements();
    other.commit(moveElements(other, [some!.id], 0, 5_000));
    expect(other.query({ minX: -50, minY: 4_900, maxX: 50, maxY: 5_100 })).toHaveLength(1);
    expect(other.size).toBe(2_500);
  });

  it('an element is a new object exactly when it looks different', () => {
    const board = boardOf(1);
    const [a, b] = [put(board, stroke(0, 0)), put(board, stroke(50, 0))];
    const before = [board.get(a), board.get(b)];
    board.commit(moveElements(board, [a], 1, 1));
    expect(board.get(a)).not.toBe(before[0]);
    expect(board.get(b)).toBe(before[1]);
  });

  it('wrong births are no elements, and count for nothing', () => {
    const board = boardOf(1);
    const id = put(board, stroke(0, 0));
    const births = board.doc.getMap<Uint8Array>('b');
    const good = births.get(id)!;
    for (const [index, bytes] of [
      new Uint8Array(0),
      good.slice(0, -1),
      new Uint8Array([...good, 1]),
    ].entries()) {
      births.set(`wrongBirth0${index}`, bytes);
    }
    births.set('wrongBirth99', 'text' as never);
    const anew = createBoard({ doc: board.doc });
    for (const one of [board, anew]) {
      expect([one.size, ids(one.elements())]).toEqual([1, [id]]);
      expect(one.ignored).toBeGreaterThan(0);
    }
  });
});
