import { ARRANGE_COMMANDS } from './arrange-commands.js';
import type { Command } from './command.js';
import { EDIT_COMMANDS } from './edit-commands.js';
import { TOOL_COMMANDS } from './tool-commands.js';
import { VIEW_COMMANDS } from './view-commands.js';

/** Every command there is. Where two have the same key, the first one that can do something gets it. */
export const COMMANDS: readonly Command[] = [
  ...TOOL_COMMANDS,
  ...EDIT_COMMANDS,
  ...ARRANGE_COMMANDS,
  ...VIEW_COMMANDS,
];

/** The command of that name among `commands`. Throws `RangeError` where there is none. */
export function commandNamed(name: string, commands: readonly Command[] = COMMANDS): Command {
  const found = commands.find((command) => command.name === name);
  if (found === undefined) throw new RangeError(`There is no command '${name}'.`);
  return found;
}
