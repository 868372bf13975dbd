import { type Command, commandFor, runCommand } from './command.js';
import type { Editor } from './editor.js';
import type { ModifierKeys } from './tool.js';

/** What a key does besides running a command; the view knows how. */
export interface KeyboardTarget {
  readonly editor: Editor;
  readonly commands: () => Iterable<Command>;
  setPanHeld(held: boolean): void;
}

/**
 * Keys while the board has the focus: those of the commands, Space to drag the page, and modifier keys for the gesture
 * under way.
 */
export function attachKeyboardInput(element: HTMLElement, target: KeyboardTarget, signal: AbortSignal): void {
  const { editor } = target;

  /** Keys that belong to an input method, or to something inside the board, are not for the board. */
  function isForBoard(event: KeyboardEvent): boolean {
    return !event.isComposing && event.target === element;
  }

  function noteModifiers(event: KeyboardEvent): void {
    if (MODIFIERS.has(event.key)) editor.setKeys(modifierKeys(event));
  }

  function down(event: KeyboardEvent): void {
    if (!isForBoard(event)) return;
    noteModifiers(event);
    if (event.key === ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      target.setPanHeld(true);
      event.preventDefault();
      return;
    }
    const command = commandFor(event, target.commands(), editor);
    if (command === undefined) return;
    event.preventDefault();
    runCommand(command, editor);
  }

  function up(event: KeyboardEvent): void {
    noteModifiers(event);
    if (event.key === ' ') target.setPanHeld(false);
  }

  element.addEventListener('keydown', down, { signal });
  element.addEventListener('keyup', up, { signal });
  element.addEventListener('blur', () => target.setPanHeld(false), { signal });
}

const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Alt', 'Control', 'Meta']);

export function modifierKeys(
  event: Pick<MouseEvent, 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>,
): ModifierKeys {
  return { shift: event.shiftKey, alt: event.altKey, mod: event.ctrlKey || event.metaKey };
}
