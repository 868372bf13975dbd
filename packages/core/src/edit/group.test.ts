import { expect, it } from 'vitest';
import type { ElementId } from '../element/id.js';
import { boardOf, box, exchange, put } from '../testing/boards.js';
import { addElements } from './add.js';
import { groupElements, reparentElements, ungroupElements } from './group.js';
import { moveElements } from './move.js';
import { removeElements } from './remove.js';
import { writeRegisters } from './write.js';

it('groups in one step, inside what held all, and takes groups apart again', () => {
  const board = boardOf(1);
  const frame = put(board, { kind: 'frame', position: [0, 0], size: [9, 9] });
  const members = [put(board, { ...box(0, 0), parent: frame }), put(board, { ...box(5, 5), parent: frame })];
  const group = newGroup(board, members);
  expect(board.get(group)).toMatchObject({ kind: 'group', parent: frame });
  expect(board.children(group).map(({ id }) => id)).toEqual(members);
  board.commit(ungroupElements(board, [group]));
  expect(board.children(frame).map(({ id }) => id)).toEqual(members);
  expect(board.get(group)).toBeUndefined();
  board.undo();
  expect(board.children(group).map(({ id }) => id)).toEqual(members);
  board.undo();
  expect(board.get(group)).toBeUndefined();
  expect(board.get(members[0]!)?.parent).toBe(frame);
});

it('takes groups in groups apart at once: what was in them lies where the outermost lay', () => {
  const board = boardOf(1);
  const frame = put(board, { kind: 'frame', position: [0, 0], size: [9, 9] });
  const members = [0, 1, 2].map((x) => put(board, { ...box(x, 0), parent: frame }));
  const inner = newGroup(board, members.slice(0, 2));
  const outer = newGroup(board, [inner, members[2]!]);
  const change = ungroupElements(board, [inner, outer, inner]);
  expect(change.writes.size).toBe(5);
  board.commit(change);
  expect(members.map((id) => board.get(id)?.parent)).toEqual([frame, frame, frame]);
  expect([board.get(inner), board.get(outer)]).toEqual([undefined, undefined]);
  board.undo();
  expect([...members, inner].map((id) => board.get(id)?.parent)).toEqual([inner, inner, outer, outer]);
});

it('moves what is nested however deep', () => {
  const board = boardOf(1);
  const ids = Array.from({ length: 12_000 }, (_, at) => `g${String(at).padStart(11, '0')}` as ElementId);
  const groups = ids.map((id, at) => ({ kind: 'group', id, parent: ids[at - 1] ?? null }) as const);
  board.commit(addElements(board, groups));
  const leaf = put(board, { ...box(0, 0), parent: ids.at(-1)! });
  board.commit(moveElements(board, [ids[0]!], 1, 2));
  expect(board.get(leaf)?.position).toEqual([1, 2]);
});

it('needs two to make a group, and no element can be put into itself', () => {
  const board = boardOf(1);
  const [a, b] = [put(board, box(0, 0)), put(board, box(0, 0))];
  expect(groupElements(board, [a]).births.size).toBe(0);
  const group = newGroup(board, [a, b]);
  expect(() => reparentElements(board, [group], a)).toThrow(RangeError);
  expect(() => reparentElements(board, [group], group)).toThrow(RangeError);
});

it('D9: a cycle of parents loses the edge of its smallest id, on every replica, and nothing is written', () => {
  const boards = [boardOf(1), boardOf(2)] as const;
  const [a, b] = boards;
  const ids = [put(a, box(0, 0)), put(a, box(1, 1)), put(a, box(2, 2))].sort();
  const [small, middle, large] = ids as [ElementId, ElementId, ElementId];
  exchange(a, b);
  a.commit(reparentElements(a, [small], middle));
  a.commit(reparentElements(a, [middle], large));
  b.commit(reparentElements(b, [large], small));
  exchange(a, b);
  for (const board of boards) {
    expect(ids.map((id) => board.get(id)?.parent)).toEqual([null, large, small]);
    expect(board.children(middle)).toEqual([]);
  }
  // Without one of them there is no cycle: the edge is there again.
  b.commit(writeRegisters(b, [{ id: large, register: 'parent', value: null }]));
  exchange(a, b);
  for (const board of boards) expect(ids.map((id) => board.get(id)?.parent)).toEqual([middle, large, null]);
});

it('D9: a parent that is removed or was never there holds nothing', () => {
  const board = boardOf(1);
  const frame = put(board, { kind: 'frame', position: [0, 0], size: [9, 9] });
  const inside = put(board, { ...box(0, 0), parent: frame });
  const lost = put(board, { ...box(0, 0), parent: 'zzzzzzzzzzzz' as ElementId });
  board.commit(writeRegisters(board, [{ id: frame, register: 'removed', value: true }]));
  expect([board.get(inside)?.parent, board.get(lost)?.parent]).toEqual([null, null]);
  board.undo();
  expect(board.get(inside)?.parent).toBe(frame);
  board.commit(removeElements(board, [frame]));
  expect(board.get(inside)).toBeUndefined();
});

const newGroup = (board: ReturnType<typeof boardOf>, members: readonly ElementId[]): ElementId => {
  const change = groupElements(board, members);
  board.commit(change);
  const [id] = change.births.keys();
  return id as ElementId;
};
