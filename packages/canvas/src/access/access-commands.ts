import {
  addElement,
  type Board,
  boundsOfAll,
  boxHolds,
  type Element,
  type ElementId,
  type LineElement,
  newElementId,
  writeRegisters,
} from '@inkwire/core';
import type { Command } from '../editor/command.js';
import type { Editor } from '../editor/editor.js';
import { isLocked } from '../editor/locked.js';
import { areaBox, createCamera } from '../scene/camera.js';
import { shortName } from './element-name.js';
import type { ReadingOrder } from './reading-order.js';

/** Between what is chosen and the edge of the screen, CSS pixels. */
const MARGIN = 32;

export interface AccessCommandOptions {
  readonly board: Board;
  readonly order: ReadingOrder;
  readonly say: (text: string) => void;
  /** Whoever shows the list of shortcuts hears of it here. */
  readonly container: HTMLElement;
}

/** Bubbles from the board's element when a person wants to see the list of shortcuts. */
export const SHORTCUTS_EVENT = 'inkwire-shortcuts';

/** Reaching and connecting elements without seeing them. */
export function accessCommands({ board, order, say, container }: AccessCommandOptions): Command[] {
  function go(editor: Editor, by: 1 | -1): void {
    const next = order.next(editor.selection.ids.at(-1) ?? null, by);
    if (next === null) {
      say(
        board.size === 0
          ? 'The board is empty.'
          : by > 0
            ? 'That was the last element.'
            : 'That was the first element.',
      );
      return;
    }
    chooseElement(editor, next);
  }

  /** What an arrow can point at: the next of these in the order of reading after `from`, but for `except`. */
  function nextTarget(from: ElementId, except: ReadonlySet<ElementId>): Element | undefined {
    const ids = order.all();
    const start = ids.indexOf(from);
    const around = [...ids.slice(start + 1), ...ids.slice(0, Math.max(start, 0))];
    for (const id of around) {
      const element = board.get(id);
      if (element !== undefined && !except.has(id) && isTarget(element)) return element;
    }
    return undefined;
  }

  function connect(editor: Editor): void {
    const [first, second] = editor.selection.ids.map((id) => board.get(id));
    if (first === undefined) return;
    if (isLine(first)) {
      redirect(editor, first);
      return;
    }
    const target = second ?? nextTarget(first.id, new Set([first.id]));
    if (!isTarget(first) || target === undefined || !isTarget(target)) {
      say('There is nothing to connect it with.');
      return;
    }
    const id = newElementId(board.random);
    const made = editor.commit(
      addElement(board, {
        kind: 'arrow',
        id,
        points: [middleOf(first), middleOf(target)],
        startBinding: { element: first.id, anchor: MIDDLE },
        endBinding: { element: target.id, anchor: MIDDLE },
      }),
    );
    if (!made) return;
    editor.selection.set([id]);
    say(
      `Arrow from ${shortName(first)} to ${shortName(target)}. The same key points it at the next element.`,
    );
  }

  function redirect(editor: Editor, line: LineElement): void {
    const { startBinding, endBinding } = line;
    const except = new Set([line.id, ...(startBinding === null ? [] : [startBinding.element])]);
    const target = nextTarget(endBinding?.element ?? startBinding?.element ?? line.id, except);
    if (target === undefined || isLocked(board, line.id)) {
      say('There is nothing else to point it at.');
      return;
    }
    const value = { element: target.id, anchor: MIDDLE };
    editor.commit(writeRegisters(board, [{ id: line.id, register: 'endBinding', value }]), { undo: 'merge' });
    say(`It points at ${shortName(target)}.`);
  }

  const reach = (name: string, label: string, keys: readonly string[], by: 1 | -1): Command => ({
    name,
    label,
    group: 'view',
    keys,
    changes: false,
    enabled: ({ busy }) => !busy,
    run: (editor) => go(editor, by),
  });
  // With something selected the Tab key goes from element to element; past the last one it leaves the board.
  const tab = (name: string, label: string, key: string, by: 1 | -1): Command => ({
    ...reach(name, label, [key], by),
    enabled: ({ busy, selection }) => {
      const at = selection.ids.at(-1);
      return !busy && at !== undefined && order.next(at, by) !== null;
    },
  });

  return [
    reach('element.next', 'Go to the next element', ['Alt+ArrowDown', 'j'], 1),
    reach('element.previous', 'Go to the element before', ['Alt+ArrowUp', 'Shift+j'], -1),
    tab('element.tab', 'From what is selected to the next element', 'Tab', 1),
    tab('element.tab.back', 'From what is selected to the element before', 'Shift+Tab', -1),
    {
      name: 'connect',
      label: 'Connect with the next element by an arrow',
      group: 'arrange',
      keys: ['c'],
      changes: true,
      enabled: ({ busy, selection }) => !busy && (selection.ids.length === 1 || selection.ids.length === 2),
      run: connect,
    },
    {
      name: 'shortcuts',
      label: 'Show all keyboard shortcuts',
      group: 'view',
      keys: ['?'],
      changes: false,
      enabled: () => true,
      run: () => container.dispatchEvent(new CustomEvent(SHORTCUTS_EVENT, { bubbles: true })),
    },
  ];
}

/** Selects an element, and brings it on the screen where it is not. */
export function chooseElement(editor: Editor, id: ElementId): void {
  if (editor.tool.name !== 'select' && editor.tools.has('select')) editor.setTool('select');
  editor.selection.set([id]);
  const box = boundsOfAll(editor.board, [id]);
  const { x, y, zoom } = editor.camera;
  const seen = areaBox(editor.camera, editor.freeArea());
  const margin = MARGIN / zoom;
  if (boxHolds(seen, box) || !(box.minX <= box.maxX)) return;
  /** How far the view has to go along one axis. */
  const shift = (low: number, high: number, from: number, to: number): number => {
    if (high - low + 2 * margin > to - from) return (low + high - from - to) / 2;
    return Math.min(Math.max(0, high + margin - to), low - margin - from);
  };
  editor.setCamera(
    createCamera(
      x + shift(box.minX, box.maxX, seen.minX, seen.maxX),
      y + shift(box.minY, box.maxY, seen.minY, seen.maxY),
      zoom,
    ),
  );
}

const MIDDLE = [0.5, 0.5] as const;

function middleOf({ position: [x, y], size: [width, height] }: Element): readonly [number, number] {
  return [x + Math.abs(width) / 2, y + Math.abs(height) / 2];
}

function isLine(element: Element): element is LineElement {
  return element.kind === 'line' || element.kind === 'arrow';
}

function isTarget({ kind }: Element): boolean {
  return kind !== 'line' && kind !== 'arrow' && kind !== 'stroke' && kind !== 'group' && kind !== 'unknown';
}
