import type { TextRun } from '@inkwire/core';
import { richTextOf } from '../exchange/rich-text.js';
import type { TextLayout } from '../paint/text-layout.js';
import { safeAddress } from './link-address.js';
import type { Mark } from './text-attributes.js';
import { caretX, lineEdge, verticalIndex } from './text-navigation.js';
import type { TextSession } from './text-session.js';

/**
 * The browser's own field for what a person writes in an element: it has the keyboard, input methods, spelling, voice
 * and screen readers. It cannot be seen: its text, its caret and what is selected are painted where the board paints
 * them, so that they never differ from what everybody sees.
 */
export interface TextField {
  readonly element: HTMLTextAreaElement;
  /** Shows what the session says. */
  update(): void;
  /** Puts the field where the caret is, so that an input method opens its list there. CSS pixels in the viewport. */
  place(x: number, y: number, height: number): void;
  focus(): void;
  destroy(): void;
}

export interface TextFieldOptions {
  readonly container: HTMLElement;
  readonly session: TextSession;
  /** What screen readers call it. */
  readonly label: string;
  readonly layout: () => TextLayout | null;
  /** The person is done. */
  readonly onEnd: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly onProblem: (message: string) => void;
  /** The person wants to say where words lead. */
  readonly onLink: () => void;
  /** Whether a part of the writing besides the field has the keyboard now. */
  readonly holds: (target: EventTarget | null) => boolean;
}

const MARK_KEYS: Readonly<Record<string, Mark>> = { b: 'bold', i: 'italic', u: 'underline', e: 'code' };
/** A smaller one would make phones zoom in. CSS pixels. */
const FONT_SIZE = 16;

export function createTextField(options: TextFieldOptions): TextField {
  const { container, session, layout, onEnd } = options;
  const document = container.ownerDocument;
  const field = document.createElement('textarea');
  const lifetime = new AbortController();
  const { signal } = lifetime;
  let composing = false;
  /** Where up and down keep to, across the line. */
  let goal: number | null = null;

  field.setAttribute('aria-label', options.label);
  field.setAttribute('wrap', 'off');
  field.dir = 'auto';
  field.rows = 1;
  Object.assign(field.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    width: '2px',
    padding: '0',
    margin: '0',
    border: '0',
    outline: 'none',
    resize: 'none',
    overflow: 'hidden',
    opacity: '0',
    fontSize: `${FONT_SIZE}px`,
    pointerEvents: 'none',
  });

  function update(): void {
    // Touching the value while a word is composed would break it off.
    if (composing) return;
    if (field.value !== session.text) field.value = session.text;
    const { anchor, caret } = session.selection;
    const [start, end] = [Math.min(anchor, caret), Math.max(anchor, caret)];
    if (field.selectionStart !== start || field.selectionEnd !== end)
      field.setSelectionRange(start, end, caret < anchor ? 'backward' : 'forward');
  }

  function readSelection(): void {
    const { selectionStart, selectionEnd, selectionDirection } = field;
    if (selectionDirection === 'backward') session.select(selectionEnd, selectionStart);
    else session.select(selectionStart, selectionEnd);
  }

  function moveCaret(index: number, extend: boolean): void {
    session.select(extend ? session.selection.anchor : index, index);
    update();
  }

  /** Up, down and the ends of lines are those of the painted text. */
  function navigate(event: KeyboardEvent): boolean {
    const lines = layout();
    if (lines === null || event.ctrlKey || event.metaKey || event.altKey) return false;
    const { caret } = session.selection;
    const { key, shiftKey } = event;
    if (key === 'ArrowUp' || key === 'ArrowDown') {
      const x = goal ?? caretX(lines, caret);
      moveCaret(verticalIndex(lines, caret, key === 'ArrowUp' ? -1 : 1, x), shiftKey);
      goal = x;
      return true;
    }
    goal = null;
    if (key !== 'Home' && key !== 'End') return false;
    moveCaret(lineEdge(lines, caret, key === 'Home' ? 'start' : 'end'), shiftKey);
    return true;
  }

  function command(event: KeyboardEvent): boolean {
    if (event.key === 'Escape' || event.key === 'Tab') {
      onEnd();
      return true;
    }
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
    const key = event.key.toLowerCase();
    const mark = event.shiftKey ? (key === 'x' ? 'strike' : undefined) : MARK_KEYS[key];
    if (mark !== undefined) session.toggle(mark);
    else if (key === 'k') options.onLink();
    else if (key === 'z') (event.shiftKey ? options.redo : options.undo)();
    else if (key === 'y') options.redo();
    else if (key === 'enter') onEnd();
    else return false;
    return true;
  }

  function paste(event: ClipboardEvent): void {
    readSelection();
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const html = event.clipboardData?.getData('text/html') ?? '';
    const { anchor, caret } = session.selection;
    const window = document.defaultView;
    event.preventDefault();
    const address = anchor === caret ? null : safeAddress(text.trim());
    if (address !== null) {
      session.link(address);
      return;
    }
    try {
      const rich =
        html === '' || window === null ? [] : richTextOf(html, window as Window & typeof globalThis);
      const runs: readonly TextRun[] = rich.length > 0 ? rich : [{ insert: text.replace(/\r\n?/g, '\n') }];
      if (runs.some(({ insert }) => insert !== '')) session.insert(runs);
    } catch (cause) {
      options.onProblem((cause as Error).message);
    }
  }

  const listen = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ) => field.addEventListener(name, listener, { signal });

  listen('keydown', (event) => {
    // What is pressed while a word is composed belongs to the input method.
    if (event.isComposing) return;
    // Browsers tell of a selection when they have time.
    readSelection();
    if (command(event) || navigate(event)) event.preventDefault();
  });
  listen('beforeinput', (event) => {
    const { inputType } = event as InputEvent;
    if (inputType !== 'historyUndo' && inputType !== 'historyRedo') return;
    event.preventDefault();
    (inputType === 'historyUndo' ? options.undo : options.redo)();
  });
  listen('input', () => {
    goal = null;
    session.type(field.value, field.selectionEnd);
    update();
  });
  listen('compositionstart', () => {
    composing = true;
    session.setComposing(true);
  });
  listen('compositionend', () => {
    composing = false;
    session.type(field.value, field.selectionEnd);
    session.setComposing(false);
    update();
  });
  listen('paste', paste);
  listen('blur', ({ relatedTarget }) => {
    // Another window has the keyboard now; the person comes back to their word.
    if (document.hasFocus() && !options.holds(relatedTarget)) onEnd();
  });
  document.addEventListener('selectionchange', () => !composing && isFocused() && readSelection(), {
    signal,
  });

  function isFocused(): boolean {
    return (field.getRootNode() as Document | ShadowRoot).activeElement === field;
  }

  container.append(field);
  update();

  return {
    element: field,
    update,
    place(x, y, height) {
      field.style.height = `${height}px`;
      field.style.lineHeight = `${height}px`;
      field.style.transform = `translate(${x}px, ${y}px)`;
    },
    focus: () => field.focus({ preventScroll: true }),
    destroy() {
      lifetime.abort();
      field.remove();
    },
  };
}
