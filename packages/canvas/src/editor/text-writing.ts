import {
  type Element,
  type ElementId,
  type Matrix,
  mapPoint,
  type Participant,
  type Point,
  type Presence,
} from '@inkwire/core';
import { textLayoutOf, type WrittenElement } from '../paint/element-text.js';
import { caretAt, indexAt } from '../paint/text-caret.js';
import type { Theme } from '../paint/theme.js';
import type { Command } from './command.js';
import type { Editor } from './editor.js';
import { isLocked } from './locked.js';
import { createCaretLayer } from './text-carets.js';
import { canBeWritten, isWritten, writtenOf } from './text-elements.js';
import { createTextField, type TextField } from './text-field.js';
import { createLinkField, type LinkField } from './text-link.js';
import { createOthersCarets } from './text-others.js';
import { layoutPoint, textMatrix } from './text-place.js';
import { attachTextPointer } from './text-pointer.js';
import { createTextSession, type TextSession } from './text-session.js';
import { startsWriting } from './text-start.js';
import { createTitleField, type TitleField } from './text-title.js';

/** The writing in elements, on one view of a board. */
export interface Writing {
  /** Begins or ends as the editor says, and shows the caret where it is now. Cheap when nothing changed. */
  show(): void;
  /** Shows where the others write. */
  showOthers(others: readonly Participant[]): void;
  /** Where a person writes now. */
  readonly session: TextSession | null;
  readonly commands: readonly Command[];
  destroy(): void;
}

export interface WritingOptions {
  readonly container: HTMLElement;
  readonly editor: Editor;
  /** The others see where I write. */
  readonly presence: Presence | null;
  /** ms */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** The colour of caret and selection. */
  readonly color: () => string;
  readonly theme: () => Theme;
  readonly mayBlink: () => boolean;
  /** The caret stands elsewhere: a frame should show it. */
  readonly onChange: () => void;
}

const NAMES: Readonly<Record<string, string>> = {
  text: 'Text',
  sticky: 'Text of the note',
  shape: 'Label of the shape',
  line: 'Label of the line',
  arrow: 'Label of the arrow',
};

export function createWriting(options: WritingOptions): Writing {
  const { container, editor, signal } = options;
  const { board } = editor;
  const carets = createCaretLayer(container, options.mayBlink);
  const others = createOthersCarets(container, board);
  let told = '';
  let current: { readonly session: TextSession; readonly field: TextField } | null = null;
  let link: LinkField | null = null;
  /** The name of a frame that is written. */
  let title: { readonly id: ElementId; readonly field: TitleField } | null = null;
  /** Where the pointer was pressed last: a double click opens the text there. */
  let pressed: { readonly at: Point; readonly time: number } | null = null;

  function place(id: ElementId): { readonly element: WrittenElement; readonly matrix: Matrix } | null {
    // Somebody may have removed it; whoever writes in it brings it back (C7).
    const element = writtenOf(board.recall(id), board.recall);
    return element === null ? null : { element, matrix: textMatrix(element, editor.camera) };
  }

  function start(id: ElementId): void {
    const element = board.get(id);
    if (element?.kind === 'frame' && !editor.readOnly && !isLocked(board, id)) {
      title = { id, field: createTitleField(container, editor, id, options.theme) };
      return;
    }
    if (element === undefined || !isWritten(element) || editor.readOnly || isLocked(board, id)) {
      editor.setWriting(null);
      if (element !== undefined) editor.notices.show(whyNot(element));
      return;
    }
    const session = createTextSession({
      board,
      id,
      now: options.now,
      commit: (change, commitOptions) => void editor.commit(change, commitOptions),
      onText: () => current?.field.update(),
      onChange: options.onChange,
      onGone: () => editor.setWriting(null),
    });
    const field = createTextField({
      container,
      session,
      label: NAMES[element.kind] ?? 'Text',
      layout: () => layoutOf(id),
      onEnd: () => editor.setWriting(null),
      undo: () => void board.undo(),
      redo: () => void board.redo(),
      onProblem: (message) => editor.notices.show(message),
      onLink: openLink,
      holds: (target) => link?.element.contains(target as Node | null) ?? false,
    });
    current = { session, field };
    field.focus();
    const recent = pressed !== null && options.now() - pressed.time < RECENT ? indexUnder(pressed.at) : null;
    if (recent !== null) session.select(recent, recent);
    field.update();
  }

  function openLink(): void {
    if (current === null || link !== null) return;
    const { session } = current;
    link = createLinkField({
      container,
      session,
      theme: options.theme,
      color: options.color,
      onEnd: leaveLink,
    });
    link.focus();
    show();
  }

  function closeLink(): void {
    const open = link;
    link = null;
    open?.destroy();
  }

  function leaveLink(): void {
    closeLink();
    current?.field.update();
    current?.field.focus();
  }

  function whyNot(element: Element): string {
    if (editor.readOnly) return 'This board is read only.';
    return canBeWritten(element) ? 'This is locked.' : 'There is no text in this.';
  }

  function stop(): void {
    const { field: name } = title ?? {};
    title = null;
    name?.end();
    if (current === null) return;
    const { session, field } = current;
    const hadFocus = container.contains(field.element) && (isActive(field.element) || link !== null);
    closeLink();
    current = null;
    field.destroy();
    session.end();
    carets.show(null);
    if (hadFocus) container.focus({ preventScroll: true });
  }

  function layoutOf(id: ElementId) {
    const element = writtenOf(board.recall(id), board.recall);
    return element === null ? null : textLayoutOf(element);
  }

  function nearestIndex(point: Point): number {
    const id = current?.session.id;
    const at = id === undefined ? null : place(id);
    return at === null ? 0 : indexAt(textLayoutOf(at.element), layoutPoint(at.matrix, point)).index;
  }

  function indexUnder(point: Point): number | null {
    const id = current?.session.id;
    const at = id === undefined ? null : place(id);
    if (at === null) return null;
    const [x, y] = layoutPoint(at.matrix, point);
    const slip = SLIP / editor.camera.zoom;
    const [width, height] = [Math.abs(at.element.size[0]), Math.abs(at.element.size[1])];
    const isInside = x >= -slip && y >= -slip && x <= width + slip && y <= height + slip;
    return isInside ? nearestIndex(point) : null;
  }

  /** Tells the others where I write, when it is elsewhere. */
  function tell(): void {
    const { id, shown } = current?.session ?? {};
    const place = id === undefined || shown === undefined ? null : { element: id, ...shown };
    const key = JSON.stringify(place);
    if (key === told || (told === '' && place === null)) return;
    told = key;
    options.presence?.setWriting(place);
  }

  function show(): void {
    const { writing } = editor;
    if (writing !== (current?.session.id ?? title?.id ?? null)) {
      stop();
      // What ending did may have begun another one.
      if (editor.writing !== null && current === null && title === null) start(editor.writing);
    }
    title?.field.place();
    tell();
    const at = current === null ? null : place(current.session.id);
    if (current === null || at === null) return;
    const { element, matrix } = at;
    const layout = textLayoutOf(element);
    const { anchor, caret } = current.session.shown;
    carets.show({ layout, matrix, anchor, caret, color: options.color() });
    const { x, top, height } = caretAt(layout, caret);
    const [left, upper] = mapPoint(matrix, [x, top]);
    const tall = height * Math.hypot(matrix[0], matrix[1]);
    current.field.place(left, upper, tall);
    link?.place(left, upper, upper + tall);
  }

  attachTextPointer(
    container,
    {
      session: () => current?.session ?? null,
      indexAt: indexUnder,
      nearestIndex,
      moved: leaveLink,
      leave: () => editor.setWriting(null),
    },
    signal,
  );
  container.addEventListener(
    'pointerup',
    (event) => {
      const { left, top } = container.getBoundingClientRect();
      pressed = { at: [event.clientX - left, event.clientY - top], time: options.now() };
    },
    { signal, capture: true },
  );
  container.addEventListener(
    'keydown',
    (event) => {
      if (event.target !== container || current !== null || !startsWriting(event, editor)) return;
      const [id] = editor.selection.ids;
      if (id === undefined) return;
      // The field has the keyboard before the key types its letter.
      event.stopImmediatePropagation();
      editor.setWriting(id);
      show();
    },
    { signal, capture: true },
  );

  return {
    show,
    showOthers: (participants) => others.show(participants, editor.camera),
    get session() {
      return current?.session ?? null;
    },
    commands: [
      {
        name: 'write',
        label: 'Write in what is selected',
        group: 'edit',
        keys: ['Enter', 'F2'],
        changes: true,
        enabled: ({ selection }) =>
          selection.ids.length === 1 && canBeWritten(board.get(selection.ids[0] as ElementId)),
        run: ({ selection, setWriting }) => setWriting(selection.ids[0] ?? null),
      },
    ],
    destroy() {
      // What ends after this may still show the view, which must not begin to write again.
      editor.setWriting(null);
      stop();
      tell();
      carets.destroy();
      others.destroy();
    },
  };
}

/** A press this long ago (ms) opened the text, if anything did. */
const RECENT = 500;
/** CSS pixels around an element that belong to its text while it is written. */
const SLIP = 4;

function isActive(element: HTMLElement): boolean {
  return (element.getRootNode() as Document | ShadowRoot).activeElement === element;
}
