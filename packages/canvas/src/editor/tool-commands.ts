import type { Command } from './command.js';

const TOOLS: readonly (readonly [name: string, label: string, ...keys: string[]])[] = [
  ['select', 'Select', 'v'],
  ['lasso', 'Lasso', 'Shift+q'],
  ['hand', 'Move the page', 'h'],
  ['pen', 'Pen', 'p', 'd'],
  ['highlighter', 'Highlighter', 'm'],
  ['eraser', 'Eraser', 'e'],
  ['part-eraser', 'Erase parts of strokes', 'Shift+e'],
  ['rectangle', 'Rectangle', 'r'],
  ['ellipse', 'Ellipse', 'o'],
  ['shape', 'More shapes', 'g'],
  ['line', 'Line', 'l'],
  ['arrow', 'Arrow', 'a'],
  ['text', 'Text', 't'],
  ['sticky', 'Sticky note', 's', 'n'],
  ['frame', 'Frame', 'f'],
  ['laser', 'Laser pointer', 'k'],
];

/** One command per tool takes it in hand; another one keeps it there. */
export const TOOL_COMMANDS: readonly Command[] = [
  ...TOOLS.map(
    ([name, label, ...keys]): Command => ({
      name: `tool.${name}`,
      label,
      group: 'tools',
      keys,
      changes: false,
      enabled: (editor) => editor.tools.has(name),
      run: (editor) => editor.setTool(name),
    }),
  ),
  {
    name: 'tool.keep',
    label: 'Keep the tool in hand',
    group: 'tools',
    keys: ['q'],
    changes: false,
    enabled: () => true,
    run: (editor) => editor.setKeepsTool(!editor.keepsTool),
  },
];
