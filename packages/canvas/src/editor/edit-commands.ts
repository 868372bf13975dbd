import type { Command } from './command.js';

/** Changes that concern no place on the page. */
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
    label: 'Cancel',
    group: 'edit',
    keys: ['Escape'],
    changes: false,
    enabled: ({ busy, selection, tool, tools }) =>
      busy ||
      selection.ids.length > 0 ||
      selection.within !== null ||
      (tool.name !== 'select' && tools.has('select')),
    run(editor) {
      const { busy, selection } = editor;
      if (busy) editor.abandon();
      else if (selection.within !== null)
        selection.set([selection.within], editor.board.get(selection.within)?.parent);
      else if (selection.ids.length > 0) selection.set([]);
      else editor.setTool('select');
    },
  },
];
