import type { Command } from './command.js';

const TOOLS: readonly (readonly [name: string, label: string, ...keys: string[]])[] = [
  ['select', 'Select', 'v'],
  ['hand', 'Move the page', 'h'],
  ['pen', 'Pen', 'p', 'd'],
  ['highlighter', 'Highlighter', 'm'],
  ['eraser', 'Eraser', 'e'],
];

/** One command per tool: takes it in hand. */
export const TOOL_COMMANDS: readonly Command[] = TOOLS.map(([name, label, ...keys]) => ({
  name: `tool.${name}`,
  label,
  group: 'tools',
  keys,
  changes: false,
  enabled: (editor) => editor.tools.has(name),
  run: (editor) => editor.setTool(name),
}));
