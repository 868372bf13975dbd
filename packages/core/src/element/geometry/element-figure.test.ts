import { beforeEach, describe, expect, it } from 'vitest';
import type { Board } from '../../board/board.js';
import { createBoard } from '../../board/create-board.js';
import { addElement } from '../../edit/add.js';
import { eraseParts } from '../../edit/erase.js';
import { boundsOf } from '../bounds.js';
import { defineKind } from '../custom-kind.js';
import type { Element, LineElement, StrokeElement } from '../element.js';
import type { Point } from '../geometry.js';
import { type ElementId, newElementId } from '../id.js';
import type { NewElement } from '../new-element.js';
import { figureOf, hitsElement, inkLine, type Lookup, pathOfLine } from './element-figure.js';
import { erasedRanges } from './eraser.js';
import { figureBounds, insideBox, meetsBox } from './figure.js';

let board: Board;
beforeEach(() => {
  board = createBoard();
  return () => board.destroy();
});

const add = (element: NewElement): Element => {
  const id = element.id ?? newElementId();
  board.commit(addElement(board, { ...element, id }));
  return board.get(id)!;
};
const lookup: Lookup = (id) => board.get(id);
const hit = (element: Element, point: Point, tolerance = 0): boolean =>
  hitsElement(element, point, tolerance, 1, lookup);

const BOX = { position: [100, 100], size: [200, 100] } as const;

describe('a stroke', () => {
  const points = Array.from({ length: 11 }, (_, index) => ({ x: 10 * index, y: 50 }));

  it('is hit on its line, as wide as it is', () => {
    const stroke = add({ kind: 'stroke', points, width: 6 });
    expect(hit(stroke, [55, 53])).toBe(true);
    expect(hit(stroke, [55, 53.1])).toBe(false);
    expect(hit(stroke, [55, 57], 4)).toBe(true);
  });

  it('is not hit where it was erased, and what an eraser touches is told as positions along its ink', () => {
    const stroke = add({ kind: 'stroke', points }) as StrokeElement;
    const cuts = erasedRanges(inkLine(stroke), [50, 50], [50, 50], 10);
    expect(cuts).toEqual([[4, 6]]);
    board.commit(eraseParts(board, [{ id: stroke.id, ranges: cuts }]));
    const rest = board.get(stroke.id)!;
    expect(hit(rest, [50, 50], 2)).toBe(false);
    expect(hit(rest, [39, 50])).toBe(true);
    expect(meetsBox(figureOf(rest, lookup), { minX: 42, minY: 40, maxX: 58, maxY: 60 })).toBe(false);
    expect(meetsBox(figureOf(stroke, lookup), { minX: 42, minY: 40, maxX: 58, maxY: 60 })).toBe(true);
    expect(figureOf({ ...stroke, cuts: [[0, 10]] }, lookup).lines).toEqual([]);
  });

  it('is where it was resized, mirrored and turned to', () => {
    const stroke = add({
      kind: 'stroke',
      points: [
        { x: 0, y: 0 },
        { x: 10, y: 10 },
      ],
    }) as StrokeElement;
    const larger: Element = { ...stroke, size: [20, 40] };
    expect(hit(larger, [20, 40])).toBe(true);
    const mirrored: Element = { ...stroke, size: [-10, 10] };
    expect(hit(mirrored, [10, 0])).toBe(true);
    expect(hit(mirrored, [0, 0])).toBe(false);
    const turned: Element = { ...stroke, rotation: Math.PI / 2 };
    expect(hit(turned, [10, 0])).toBe(true);
    expect(hit(turned, [10, 10])).toBe(false);
  });

  it('lies within its bounds', () => {
    const stroke = add({ kind: 'stroke', points, width: 6 });
    expect(insideBox(figureOf(stroke, lookup), boundsOf(stroke))).toBe(true);
  });
});

describe('a shape', () => {
  it('is hit inside when it has a fill or a text, else on its outline', () => {
    const middle: Point = [200, 150];
    expect(hit(add({ kind: 'shape', ...BOX }), middle)).toBe(false);
    expect(hit(add({ kind: 'shape', ...BOX, fill: '#ffffff' }), middle)).toBe(true);
    expect(hit(add({ kind: 'shape', ...BOX, text: 'hello' }), middle)).toBe(true);
    expect(hit(add({ kind: 'shape', ...BOX }), [100, 150])).toBe(true);
  });

  it('has its own form: the corner of the box does not belong to an ellipse', () => {
    expect(hit(add({ kind: 'shape', ...BOX, form: 'ellipse', fill: 'ink' }), [104, 104])).toBe(false);
    expect(hit(add({ kind: 'shape', ...BOX, form: 'rectangle', fill: 'ink' }), [104, 104])).toBe(true);
  });

  it('turns around its middle', () => {
    const turned = add({ kind: 'shape', ...BOX, fill: 'ink', rotation: Math.PI / 2 });
    expect(hit(turned, [200, 60])).toBe(true);
    expect(hit(turned, [110, 150])).toBe(false);
  });
});

describe('other kinds', () => {
  it('are hit in all of their box, a frame on its edge only, a group nowhere', () => {
    const inside: Point = [200, 150];
    expect(hit(add({ kind: 'text', ...BOX, text: 'a' }), inside)).toBe(true);
    expect(hit(add({ kind: 'sticky', ...BOX }), inside)).toBe(true);
    expect(hit(add({ kind: 'image', ...BOX, source: 'x', naturalSize: [2, 1] }), inside)).toBe(true);
    const frame = add({ kind: 'frame', ...BOX });
    expect(hit(frame, inside)).toBe(false);
    expect(hit(frame, [300, 150])).toBe(true);
    expect(hit(add({ kind: 'group' }), [0, 0], 1_000)).toBe(false);
  });

  it('of an app answer for themselves, in page units', () => {
    const definition = defineKind({
      name: 'app.ring',
      bounds: () => ({ minX: 0, minY: 0, maxX: 10, maxY: 10 }),
      hitTest: (_element, [x], tolerance) => Math.abs(x - 5) <= tolerance,
    });
    const own = createBoard({ kinds: [definition] });
    const id = newElementId();
    own.commit(addElement(own, { kind: 'custom', definition, id, ...BOX }));
    const ring = own.get(id)!;
    expect(hitsElement(ring, [9, 99], 8, 2, lookup)).toBe(true);
    expect(hitsElement(ring, [9.1, 99], 8, 2, lookup)).toBe(false);
    expect(figureBounds(figureOf(ring, lookup))).toEqual({ minX: 0, minY: 0, maxX: 10, maxY: 10 });
    own.destroy();
  });
});

describe('an arrow', () => {
  const bind = (element: ElementId): LineElement['endBinding'] => ({ element, anchor: [0.5, 0.5] });

  it('runs up to the outline of what it is bound to, and follows it', () => {
    const target = add({ kind: 'shape', ...BOX, form: 'ellipse' });
    const arrow = add({
      kind: 'arrow',
      points: [
        [0, 150],
        [1, 1],
      ],
      endBinding: bind(target.id),
    });
    const tip = (): Point =>
      pathOfLine(arrow as LineElement, lookup)
        .at(-1)!
        .at(-1) as Point;
    expect(tip()[0]).toBeCloseTo(95, 0);
    expect(tip()[1]).toBe(150);
    expect(hit(arrow, [90, 150])).toBe(true);
    expect(hit(arrow, [150, 150], 4)).toBe(false);
    const wide: Lookup = () => ({ ...target, position: [50, 100], size: [300, 100] });
    expect(hitsElement(arrow, [60, 150], 4, 1, wide)).toBe(false);
    expect(hit(arrow, [60, 150], 4)).toBe(true);
  });

  it('ends where its points say when there is nothing to be bound to', () => {
    const arrow = add({
      kind: 'arrow',
      points: [
        [0, 0],
        [50, 0],
      ],
      endBinding: bind(newElementId()),
    });
    expect(hit(arrow, [50, 0])).toBe(true);
  });

  it('with a fill is hit in what it encloses, its last point joined to its first', () => {
    const points: Point[] = [
      [0, 0],
      [60, 0],
      [60, 60],
    ];
    expect(hit(add({ kind: 'line', points }), [40, 20])).toBe(false);
    const filled = add({ kind: 'line', points, fill: '#ff0000' });
    expect(filled).toMatchObject({ fill: '#ff0000' });
    expect(hit(filled, [40, 20])).toBe(true);
    expect(hit(filled, [20, 40])).toBe(false);
  });

  it('is not bound to another arrow', () => {
    const other = add({
      kind: 'arrow',
      points: [
        [0, 0],
        [50, 0],
      ],
    });
    const arrow = add({
      kind: 'arrow',
      points: [
        [25, 90],
        [25, 0],
      ],
      endBinding: bind(other.id),
    });
    expect(figureOf(arrow, lookup).lines).toHaveLength(1);
  });
});
