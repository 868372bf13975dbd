import type { Board } from '../board/board.js';
import { type Change, emptyChange } from '../change/change.js';
import { compose } from '../change/compose.js';
import type { Element } from '../element/element.js';
import { type ElementId, newElementId } from '../element/id.js';
import { addElement } from './add.js';
import { outermost, withContents } from './selection.js';
import { type NewValue, writeRegisters } from './write.js';

/** Puts elements into another group or frame, or with null into none. Throws `RangeError` if it lies in one of them. */
export const reparentElements = (
  board: Board,
  ids: Iterable<ElementId>,
  parent: ElementId | null,
): Change => {
  const moved = outermost(board, ids);
  if (parent !== null && withContents(board, moved).some(({ id }) => id === parent)) {
    throw new RangeError('parent must not be one of the elements, or lie in one.');
  }
  return writeRegisters(
    board,
    moved.map((id) => ({ id, register: 'parent', value: parent })),
  );
};

/**
 * Holds elements together in a new group, which lies where they all lay before, if they did.
 * Fewer than two make no group. The group's id is the key of the change's one birth.
 */
export const groupElements = (
  board: Board,
  ids: Iterable<ElementId>,
  group: ElementId = newElementId(board.random),
): Change => {
  const members = outermost(board, ids);
  const parents = new Set(members.map((id) => board.get(id)?.parent ?? null));
  if (members.length < 2) return emptyChange(board.writer);
  const [parent = null] = parents;
  const birth = addElement(board, { kind: 'group', id: group, parent: parents.size === 1 ? parent : null });
  const inside = writeRegisters(
    board,
    members.map((id) => ({ id, register: 'parent', value: group })),
  );
  return compose(birth, inside);
};

/**
 * Takes groups apart: what was in them lies where they lay. Of groups in groups, all that are named are taken apart.
 * Elements that are no groups are left out.
 */
export const ungroupElements = (board: Board, ids: Iterable<ElementId>): Change => {
  const groups = new Map<ElementId, Element>();
  for (const id of ids) {
    const element = board.get(id);
    if (element?.kind === 'group') groups.set(id, element);
  }
  const values: NewValue[] = [];
  for (const { id, parent: above } of groups.values()) {
    let parent = above;
    // Resolved parents form no cycle (D9).
    for (let at = groups.get(parent as ElementId); at !== undefined; at = groups.get(parent as ElementId))
      parent = at.parent;
    values.push({ id, register: 'removed', value: true });
    for (const child of board.children(id)) {
      if (!groups.has(child.id)) values.push({ id: child.id, register: 'parent', value: parent });
    }
  }
  return writeRegisters(board, values);
};
