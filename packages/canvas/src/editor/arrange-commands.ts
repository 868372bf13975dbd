import {
  type Alignment,
  alignElements,
  type Board,
  boundsOfAll,
  type Change,
  distributeElements,
  type ElementId,
  groupElements,
  outermost,
  type Place,
  reorderElements,
  resizeElements,
  ungroupElements,
  writeRegisters,
} from '@inkwire/core';
import type { Command } from './command.js';
import { hasSelection, withUnlocked } from './edit-commands.js';
import type { Editor } from './editor.js';
import { unlocked } from './locked.js';

const ORDERS: readonly (readonly [place: Place, label: string, key: string])[] = [
  ['front', 'Bring to front', 'Shift+]'],
  ['forward', 'Bring forward', ']'],
  ['backward', 'Send backward', '['],
  ['back', 'Send to back', 'Shift+['],
];

const ALIGNMENTS: readonly (readonly [alignment: Alignment, label: string, key: string])[] = [
  ['left', 'Align left', 'Alt+a'],
  ['center', 'Align centres', 'Alt+h'],
  ['right', 'Align right', 'Alt+d'],
  ['top', 'Align top', 'Alt+w'],
  ['middle', 'Align middles', 'Alt+v'],
  ['bottom', 'Align bottom', 'Alt+s'],
];

/** Where elements are among each other: paint order, groups, alignment, locks. */
export const ARRANGE_COMMANDS: readonly Command[] = [
  ...ORDERS.map(([place, label, key]) =>
    arrange(`order.${place}`, label, key, 1, (board, ids) => reorderElements(board, ids, place)),
  ),
  {
    name: 'group',
    label: 'Group',
    group: 'arrange',
    keys: ['Mod+g'],
    changes: true,
    enabled: (editor) => movable(editor) > 1,
    run(editor) {
      const { board, selection } = editor;
      const change = groupElements(board, unlocked(board, selection.ids));
      if (editor.commit(change)) selection.set(change.births.keys(), selection.within);
    },
  },
  {
    name: 'ungroup',
    label: 'Ungroup',
    group: 'arrange',
    keys: ['Mod+Shift+g'],
    changes: true,
    enabled: ({ board, selection, busy }) =>
      !busy && unlocked(board, selection.ids).some((id) => board.get(id)?.kind === 'group'),
    run(editor) {
      const { board, selection } = editor;
      const ids = unlocked(board, selection.ids);
      const after = ids.flatMap((id) =>
        board.get(id)?.kind === 'group' ? board.children(id).map((child) => child.id) : [id],
      );
      if (editor.commit(ungroupElements(board, ids))) selection.set(after, selection.within);
    },
  },
  ...ALIGNMENTS.map(([alignment, label, key]) =>
    arrange(`align.${alignment}`, label, key, 2, (board, ids) => alignElements(board, ids, alignment)),
  ),
  arrange('distribute.x', 'Distribute across', 'Alt+Shift+h', 3, (board, ids) =>
    distributeElements(board, ids, 'x'),
  ),
  arrange('distribute.y', 'Distribute down', 'Alt+Shift+v', 3, (board, ids) =>
    distributeElements(board, ids, 'y'),
  ),
  arrange('flip.x', 'Flip left and right', 'Shift+h', 1, (board, ids) => flip(board, ids, -1, 1)),
  arrange('flip.y', 'Flip top and bottom', 'Shift+v', 1, (board, ids) => flip(board, ids, 1, -1)),
  lock('lock', 'Lock', true),
  lock('unlock', 'Unlock', false),
];

function arrange(
  name: string,
  label: string,
  key: string,
  least: number,
  make: (board: Board, ids: readonly ElementId[]) => Change,
): Command {
  return {
    name,
    label,
    group: 'arrange',
    keys: [key],
    changes: true,
    enabled: (editor) => (least === 1 ? hasSelection(editor) : movable(editor) >= least),
    run: (editor) => withUnlocked(editor, (ids) => make(editor.board, ids)),
  };
}

/** How many things that are selected can be moved by themselves. */
function movable({ board, selection, busy }: Editor): number {
  return busy ? 0 : outermost(board, unlocked(board, selection.ids)).length;
}

function flip(board: Board, ids: readonly ElementId[], scaleX: number, scaleY: number): Change {
  const { minX, minY, maxX, maxY } = boundsOfAll(board, ids);
  return resizeElements(board, ids, [(minX + maxX) / 2, (minY + maxY) / 2], scaleX, scaleY);
}

function lock(name: string, label: string, locked: boolean): Command {
  const concerned = ({ board, selection }: Editor) =>
    selection.ids.filter((id) => board.get(id)?.locked === !locked);
  return {
    name,
    label,
    group: 'arrange',
    keys: ['Mod+Shift+l'],
    changes: true,
    enabled: (editor) => !editor.busy && concerned(editor).length > 0,
    run: (editor) =>
      void editor.commit(
        writeRegisters(
          editor.board,
          concerned(editor).map((id) => ({ id, register: 'locked', value: locked })),
        ),
      ),
  };
}
