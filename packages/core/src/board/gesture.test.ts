import { describe, expect, it } from 'vitest';
import { groupElements, reparentElements } from '../edit/group.js';
import { moveElements } from '../edit/move.js';
import { removeElements } from '../edit/remove.js';
import { styleElements } from '../edit/style.js';
import type { ElementId } from '../element/id.js';
import { boardOf, box, exchange, put } from '../testing/boards.js';
import type { Board } from './board.js';
import { beginGesture } from './gesture.js';

const drag = (board: Board, ids: readonly ElementId[], onChange?: () => void) =>
  beginGesture(board, {
    ids,
    evaluate: (elements, [dx, dy]: readonly [number, number]) =>
      moveElements(
        board,
        elements.map(({ id }) => id),
        dx,
        dy,
      ),
    ...(onChange && { onChange }),
  });

describe('gestures', () => {
  it('C5: change nothing until they are committed, and then are one update', () => {
    const board = boardOf(1);
    const id = put(board, box(0, 0));
    let updates = 0;
    board.doc.on('update', () => {
      updates += 1;
    });
    const gesture = drag(board, [id]);
    for (let x = 1; x <= 9; x += 1) gesture.update([x, 0]);
    expect(gesture.preview().get(id)).toMatchObject({ position: [9, 0] });
    expect([board.get(id)?.position, updates]).toEqual([[0, 0], 0]);
    expect(gesture.commit()).toBe(true);
    expect([board.get(id)?.position, updates]).toEqual([[9, 0], 1]);
    expect(gesture.commit()).toBe(false);
    board.undo();
    expect(board.get(id)?.position).toEqual([0, 0]);
  });

  it('C5: ride over what others do to the elements they hold', () => {
    const [a, b] = [boardOf(1), boardOf(2)];
    const ids = [put(a, box(0, 0)), put(a, box(50, 0))] as const;
    const other = put(a, box(500, 0));
    exchange(a, b);
    let again = 0;
    const gesture = drag(a, ids, () => {
      again += 1;
    });
    gesture.update([10, 10]);
    b.commit(styleElements(b, [other], { color: '#ff0000' }));
    exchange(a, b);
    expect(again).toBe(0);
    b.commit(moveElements(b, [ids[0]], 100, 0));
    b.commit(removeElements(b, [ids[1]]));
    exchange(a, b);
    expect(again).toBeGreaterThan(0);
    expect(gesture.ids).toEqual([ids[0]]);
    expect(gesture.preview().get(ids[0])).toMatchObject({ position: [110, 10] });
    gesture.commit();
    exchange(a, b);
    expect(b.get(ids[0])?.position).toEqual([110, 10]);
    expect(b.get(ids[1])).toBeUndefined();
  });

  it('C5: of a group, ride over what others do to what lies in it, put into it and take out', () => {
    const [a, b] = [boardOf(1), boardOf(2)];
    const ids = [put(a, box(0, 0)), put(a, box(50, 0)), put(a, box(90, 0))] as const;
    const grouped = groupElements(a, ids.slice(0, 2));
    a.commit(grouped);
    exchange(a, b);
    const group = [...grouped.births.keys()][0]!;
    const gesture = drag(a, [group]);
    gesture.update([10, 0]);
    const seen = () => ids.map((id) => gesture.preview().get(id)?.position[0]);
    expect(seen()).toEqual([10, 60, undefined]);
    b.commit(moveElements(b, [ids[0]], 100, 0));
    exchange(a, b);
    expect(seen()).toEqual([110, 60, undefined]);
    b.commit(reparentElements(b, [ids[2]], group));
    exchange(a, b);
    expect(seen()).toEqual([110, 60, 100]);
    b.commit(reparentElements(b, [ids[1]], null));
    exchange(a, b);
    expect(seen()).toEqual([110, undefined, 100]);
  });

  it('C5: end by themselves when nothing is left to hold', () => {
    const [a, b] = [boardOf(1), boardOf(2)];
    const id = put(a, box(0, 0));
    exchange(a, b);
    let ended = 0;
    const gesture = drag(a, [id], () => {
      ended += 1;
    });
    gesture.update([10, 10]);
    b.commit(removeElements(b, [id]));
    exchange(a, b);
    expect([ended, gesture.change, gesture.commit()]).toEqual([1, null, false]);
  });

  it('C5: leave nothing behind when they are cancelled or do nothing', () => {
    const board = boardOf(1);
    const id = put(board, box(0, 0));
    const cancelled = drag(board, [id]);
    cancelled.update([5, 5]);
    cancelled.cancel();
    cancelled.update([6, 6]);
    expect([cancelled.change, cancelled.commit(), cancelled.preview().size]).toEqual([null, false, 0]);
    expect(drag(board, [id]).commit()).toBe(false);
    expect(board.get(id)?.position).toEqual([0, 0]);
  });
});
