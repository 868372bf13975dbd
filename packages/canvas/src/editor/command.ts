import type { Editor } from './editor.js';
import { keyNames, type PressedKey } from './key-binding.js';

/** Where a list of all commands shows one. */
export type CommandGroup = 'tools' | 'edit' | 'arrange' | 'view';

/** Something that a person can tell the editor to do: by key, menu, button or by its name. */
export interface Command {
  readonly name: string;
  /** What people read, such as `Bring to front`. */
  readonly label: string;
  readonly group: CommandGroup;
  /** The keys it has until somebody gives it others, the one that is shown first; see `keyNames`. */
  readonly keys: readonly string[];
  /** Whether it changes the board: where nothing may be changed, it says so instead. */
  readonly changes: boolean;
  /** Whether its keys are left to the browser, whose own event does what they mean. Default false. */
  readonly byBrowser?: boolean;
  run(editor: Editor): void;
  /** Whether it can do anything now. */
  enabled(editor: Editor): boolean;
}

/** Whether a command would do anything now, on a board that may be changed. */
export function isAvailable(command: Command, editor: Editor): boolean {
  return !(command.changes && editor.readOnly) && command.enabled(editor);
}

/**
 * The command that a key means now: of those that have the key, the first that can do something. One that may not,
 * since the board is read only, says so when it is run.
 */
export function commandFor(
  key: PressedKey,
  commands: Iterable<Command>,
  editor: Editor,
): Command | undefined {
  const names = keyNames(key);
  const bound = [...commands].filter(
    ({ keys, byBrowser }) => !byBrowser && keys.some((each) => names.includes(each)),
  );
  return bound.find((command) => command.enabled(editor));
}

/** Runs a command, or says why it may not be. */
export function runCommand(command: Command, editor: Editor): void {
  if (command.changes && editor.readOnly) editor.notices.show('This board is read only.');
  else if (command.enabled(editor)) command.run(editor);
}
