import {
  type Board,
  boundsOf,
  boxHolds,
  type Change,
  compose,
  type ElementId,
  isEmptyChange,
  writeRegisters,
} from '@inkwire/core';
import { boxTool } from './box-tool.js';
import { raiseOver } from './frame-drop.js';
import { isLocked } from './locked.js';
import type { Tool } from './tool.js';

/** Pulls up a frame; what lies in it whole, and in no other frame or group, is in the frame then. */
export const frame: Tool = boxTool({
  name: 'frame',
  style: { color: 'ink', fill: 'none', opacity: 1 },
  size: [480, 320],
  make: (style, place) => ({ kind: 'frame', title: 'Frame', ...style, ...place, parent: null }),
  complete({ board, query }, change, id, { position: [x, y], size: [width, height] }) {
    const box = { minX: x, minY: y, maxX: x + width, maxY: y + height };
    const held = query(box)
      .filter((element) => boxHolds(box, boundsOf(element, board.recall)))
      .map((element) => outermostGroup(board, element.id))
      .filter((each) => board.get(each)?.parent === null && !isLocked(board, each));
    return compose(change, parentOf(board, [...new Set(held)], id));
  },
  made({ board }, id) {
    // What is new is on top of all: its sheet would cover what is in it.
    const held = board.children(id).map((child) => child.id);
    const raised = raiseOver(board, held, id);
    if (!isEmptyChange(raised)) board.commit(raised, { undo: 'merge' });
  },
});

function parentOf(board: Board, ids: readonly ElementId[], parent: ElementId): Change {
  return writeRegisters(
    board,
    ids.map((id) => ({ id, register: 'parent', value: parent })),
  );
}

function outermostGroup(board: Board, id: ElementId): ElementId {
  const parent = board.get(id)?.parent ?? null;
  return parent !== null && board.get(parent)?.kind === 'group' ? outermostGroup(board, parent) : id;
}
