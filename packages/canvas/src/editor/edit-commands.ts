import {
  type Change,
  duplicateElements,
  type ElementId,
  moveElements,
  type Point,
  removeElements,
} from '@inkwire/core';
import type { Command } from './command.js';
import type { Editor } from './editor.js';
import { unlocked } from './locked.js';
import { roots } from './move-gesture.js';
import { promoteAll } from './pick.js';

/** How far copies lie from what they are copies of, page units. */
const COPY_OFFSET = 16;
/** Page units of one press of an arrow key, and with Shift. */
const NUDGE = 1;
const LARGE_NUDGE = 10;

const DIRECTIONS: readonly (readonly [name: string, key: string, x: number, y: number])[] = [
  ['left', 'ArrowLeft', -1, 0],
  ['right', 'ArrowRight', 1, 0],
  ['up', 'ArrowUp', 0, -1],
  ['down', 'ArrowDown', 0, 1],
];

/** Undo and redo, and what concerns the elements themselves. */
export const EDIT_COMMANDS: readonly Command[] = [
  {
    name: 'undo',
    label: 'Undo',
    group: 'edit',
    keys: ['Mod+z'],
    changes: true,
    enabled: ({ board, busy }) => busy || board.canUndo,
    run({ board, busy, abandon }) {
      // What is under way is taken back first.
      if (busy) abandon();
      else board.undo();
    },
  },
  {
    name: 'redo',
    label: 'Redo',
    group: 'edit',
    keys: ['Mod+Shift+z', 'Mod+y'],
    changes: true,
    enabled: ({ board, busy }) => !busy && board.canRedo,
    run: ({ board }) => void board.redo(),
  },
  {
    name: 'cancel',
    label: 'Cancel, or select nothing',
    group: 'edit',
    keys: ['Escape'],
    changes: false,
    enabled: ({ busy, selection, tool, tools }) =>
      busy ||
      selection.ids.length > 0 ||
      selection.within !== null ||
      (tool.name !== 'select' && tools.has('select')),
    run: cancel,
  },
  {
    name: 'select.all',
    label: 'Select all',
    group: 'edit',
    keys: ['Mod+a'],
    changes: false,
    enabled: ({ board, tools, busy }) => !busy && board.size > 0 && tools.has('select'),
    run(editor) {
      const { board, selection } = editor;
      const { within } = selection;
      const elements = within === null ? [...board.elements()] : board.children(within);
      const drawn = elements.filter(({ kind }) => kind !== 'group');
      editor.setTool('select');
      selection.set(promoteAll(board, within === null ? drawn : elements, within), within);
    },
  },
  {
    name: 'duplicate',
    label: 'Duplicate',
    group: 'edit',
    keys: ['Mod+d'],
    changes: true,
    enabled: hasSelection,
    run(editor) {
      const { board, selection } = editor;
      const change = duplicateElements(board, selection.ids, COPY_OFFSET, COPY_OFFSET);
      if (editor.commit(change)) selection.set(roots(board, [...change.births.keys()]), selection.within);
    },
  },
  {
    name: 'crop',
    label: 'Crop the picture',
    group: 'edit',
    keys: ['Shift+c'],
    changes: true,
    enabled: (editor) => croppable(editor) !== null,
    run: (editor) => editor.setCropping(croppable(editor)),
  },
  {
    name: 'delete',
    label: 'Delete',
    group: 'edit',
    keys: ['Delete', 'Backspace'],
    changes: true,
    enabled: hasSelection,
    run: (editor) => withUnlocked(editor, (ids) => removeElements(editor.board, ids)),
  },
  ...DIRECTIONS.flatMap(([name, key, x, y]) => [
    nudge(`nudge.${name}`, `Move selection ${name}`, key, [x * NUDGE, y * NUDGE]),
    nudge(`nudge.${name}.far`, `Move selection far ${name}`, `Shift+${key}`, [
      x * LARGE_NUDGE,
      y * LARGE_NUDGE,
    ]),
  ]),
];

/** The image that is selected by itself and may be changed. */
function croppable({ board, selection, busy }: Editor): ElementId | null {
  const [id] = selection.ids;
  if (busy || id === undefined || selection.ids.length > 1 || board.get(id)?.kind !== 'image') return null;
  return unlocked(board, [id])[0] ?? null;
}

/** Gives up what is under way; else leaves the group, then the selection, then the tool. */
function cancel(editor: Editor): void {
  const { busy, selection, board, cropping } = editor;
  const { within } = selection;
  if (busy) editor.abandon();
  else if (cropping !== null) editor.setCropping(null);
  else if (within !== null) selection.set([within], board.get(within)?.parent ?? null);
  else if (selection.ids.length > 0) selection.set([]);
  else editor.setTool('select');
}

function nudge(name: string, label: string, key: string, [dx, dy]: Point): Command {
  return {
    name,
    label,
    group: 'edit',
    keys: [key],
    changes: true,
    enabled: hasSelection,
    run: (editor) => withUnlocked(editor, (ids) => moveElements(editor.board, ids, dx, dy)),
  };
}

export function hasSelection({ selection, busy }: Editor): boolean {
  return !busy && selection.ids.length > 0;
}

/** Commits what `make` makes of those that are selected and not locked; says so where all of them are. */
export function withUnlocked(editor: Editor, make: (ids: readonly ElementId[]) => Change): void {
  const ids = unlocked(editor.board, editor.selection.ids);
  if (ids.length === 0) editor.notices.show('This is locked. Unlock it first.');
  else editor.commit(make(ids));
}
