import type { Board } from '../board/board.js';
import { type Change, emptyChange } from '../change/change.js';
import { compose } from '../change/compose.js';
import type { ElementId } from '../element/id.js';
import { newElementId } from '../element/id.js';
import { addElement } from './add.js';
import { outermost, withContents } from './selection.js';
import { writeRegisters } from './write.js';

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

/** Takes groups apart: what was in them lies where they lay. Elements that are no groups are left out. */
export const ungroupElements = (board: Board, ids: Iterable<ElementId>): Change => {
  const groups = [...ids].map((id) => board.get(id)).filter((element) => element?.kind === 'group');
  return writeRegisters(
    board,
    groups.flatMap((group) => [
      { id: group.id, register: 'removed' as const, value: true },
      ...board.children(group.id).map(({ id }) => ({ id, register: 'parent' as const, value: group.parent })),
    ]),
  );
};
