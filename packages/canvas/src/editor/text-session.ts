import {
  type Board,
  type Change,
  type CommitOptions,
  compose,
  composeDeltas,
  type Element,
  type ElementId,
  plainText,
  removeElements,
  type TextAttributes,
  type TextDelta,
  type TextRun,
  transformDelta,
  writeText,
} from '@inkwire/core';
import { formatDelta, hasMark, linkAround, linkOf, type Mark, typedAttributes } from './text-attributes.js';
import { fitWritten } from './text-fit.js';
import { deltasOf, endOfEdit, movedIndex, spliceBetween } from './text-splice.js';

/** What is selected of a text: from where the selection began to where the caret is, UTF-16 units. */
export interface TextSelection {
  readonly anchor: number;
  readonly caret: number;
}

/**
 * The writing of one person in one element. Each word goes to the board as it is typed; what others write in the same
 * text appears around the caret. While an input method composes, its field is left alone: what others do meanwhile is on
 * the board at once, and in the field when the word is done.
 */
export interface TextSession {
  readonly id: ElementId;
  /** What the field holds. */
  readonly text: string;
  readonly selection: TextSelection;
  /** Where the selection is in the text of the board, which is ahead of the field while a word is composed. */
  readonly shown: TextSelection;
  /** Formats of what is typed next, where they differ from those around it. */
  readonly formats: TextAttributes;
  /** The field holds another text, with the caret at `caret`. */
  type(text: string, caret: number, composing?: boolean): void;
  /** A word is composed now, or is done. */
  setComposing(composing: boolean): void;
  select(anchor: number, caret: number): void;
  /** Takes the place of what is selected. */
  insert(runs: readonly TextRun[]): void;
  /** Switches a format of what is selected, or of what is typed next. */
  toggle(mark: Mark): void;
  /** Makes a link of what is selected; null takes it away. */
  link(address: string | null): void;
  /** Where all that is selected leads; null where it does not. */
  readonly linkAddress: string | null;
  /** From where to where the link reaches that the caret is in; null for none. */
  readonly linkAround: readonly [start: number, end: number] | null;
  /** Ends it. A text element that says nothing is removed. */
  end(): void;
}

export interface TextSessionOptions {
  readonly board: Board;
  readonly id: ElementId;
  /** ms */
  readonly now: () => number;
  readonly commit: (change: Change, options?: CommitOptions) => void;
  /** The field should hold another text, or another selection. */
  readonly onText: () => void;
  /** Selection or formats changed, or the element. */
  readonly onChange: () => void;
  /** The element is gone for good. */
  readonly onGone: () => void;
}

type Kind = 'typing' | 'deleting' | 'other';

/** Typing that pauses longer (ms) begins another step to undo. */
const STEP_PAUSE = 1500;
const UNCHANGED: TextDelta = [];

/** Formats with those that are switched on and without those that are switched off. */
function merged(around: TextAttributes, switched: TextAttributes): TextAttributes | undefined {
  const all = Object.entries({ ...around, ...switched }).filter(([, value]) => value !== null);
  return all.length === 0 ? undefined : Object.fromEntries(all);
}

export function createTextSession(options: TextSessionOptions): TextSession {
  const { board, id, now, commit, onText, onChange, onGone } = options;
  /** What the field holds; the board's text is this after `ahead`. */
  let text = plainText(runs());
  let ahead: TextDelta = UNCHANGED;
  let selection: TextSelection = { anchor: text.length, caret: text.length };
  let formats: TextAttributes = {};
  let composing = false;
  let committing = false;
  let last: { readonly kind: Kind; readonly at: number; readonly caret: number } | null = null;

  function element(): Element | undefined {
    return board.recall(id);
  }

  function runs(): readonly TextRun[] {
    const now = element();
    return now !== undefined && 'text' in now ? now.text : [];
  }

  /** A change of the text, and the box that fits it then. */
  function fitted(change: Change): Change {
    const next = board.preview(change).get(id);
    const fit = next === undefined ? null : fitWritten(board, next);
    return fit === null ? change : compose(change, fit);
  }

  /** Makes deltas of the field's text, one after the other, on the board. */
  function apply(deltas: readonly TextDelta[], kind: Kind, caretBefore: number): void {
    let onBoard = UNCHANGED;
    for (const delta of deltas) {
      onBoard = composeDeltas(onBoard, transformDelta(delta, ahead, false));
      ahead = transformDelta(ahead, delta, true);
    }
    if (onBoard.length === 0) return;
    const time = now();
    const goes = last !== null && last.kind === kind && kind !== 'other';
    const merges = goes && time - (last?.at ?? 0) < STEP_PAUSE && (composing || last?.caret === caretBefore);
    committing = true;
    try {
      commit(fitted(writeText(board, id, onBoard)), { undo: merges ? 'merge' : 'step' });
    } finally {
      committing = false;
    }
    last = { kind, at: time, caret: selection.caret };
  }

  /** @param edited where the caret goes; default: it stays between the letters that it is between. */
  function settle(edited: number | null = null): void {
    if (ahead.length === 0) return;
    const anchor = edited ?? movedIndex(selection.anchor, ahead);
    const caret = edited ?? movedIndex(selection.caret, ahead);
    ahead = UNCHANGED;
    text = plainText(runs());
    selection = { anchor, caret };
    onText();
  }

  const unsubscribe = board.subscribe(({ change, touched, local }) => {
    if (committing) return;
    if (local) last = null;
    const delta = change.texts.get(id);
    if (delta !== undefined) {
      ahead = composeDeltas(ahead, delta);
      // What I undo or redo is where I write on.
      if (!composing) settle(local ? endOfEdit(delta) : null);
    }
    if (element() === undefined) onGone();
    else if (delta !== undefined || touched.includes(id)) onChange();
  });

  const range = () => ({
    start: Math.min(selection.anchor, selection.caret),
    end: Math.max(selection.anchor, selection.caret),
  });

  function setSelection(anchor: number, caret: number): void {
    const within = (index: number) => Math.min(Math.max(index, 0), text.length);
    selection = { anchor: within(anchor), caret: within(caret) };
  }

  return {
    id,
    get text() {
      return text;
    },
    get selection() {
      return selection;
    },
    get shown() {
      return { anchor: movedIndex(selection.anchor, ahead), caret: movedIndex(selection.caret, ahead) };
    },
    get formats() {
      return formats;
    },
    type(next, caret) {
      const splice = spliceBetween(text, next, caret);
      const before = selection.caret;
      if (splice !== null) {
        const attributes = merged(typedAttributes(runs(), movedIndex(splice.index, ahead)), formats);
        text = next;
        setSelection(caret, caret);
        const kind =
          splice.inserted === '' ? 'deleting' : splice.inserted.includes('\n') ? 'other' : 'typing';
        apply(deltasOf(splice, attributes), kind, before);
        if (kind !== 'deleting') formats = {};
      } else setSelection(caret, caret);
      onChange();
    },
    setComposing(next) {
      composing = next;
      if (composing) return;
      settle();
      onChange();
    },
    select(anchor, caret) {
      if (anchor === selection.anchor && caret === selection.caret) return;
      setSelection(anchor, caret);
      formats = {};
      onChange();
    },
    insert(inserted) {
      const { start, end } = range();
      const delta: TextDelta = [
        ...(start > 0 ? [{ retain: start }] : []),
        ...inserted,
        ...(end > start ? [{ delete: end - start }] : []),
      ];
      const added = plainText(inserted);
      const before = selection.caret;
      text = text.slice(0, start) + added + text.slice(end);
      setSelection(start + added.length, start + added.length);
      apply([delta], 'other', before);
      onText();
      onChange();
    },
    toggle(mark) {
      const { start, end } = range();
      if (start === end) {
        const on = { ...typedAttributes(runs(), movedIndex(start, ahead)), ...formats }[mark] === true;
        formats = { ...formats, [mark]: on ? null : true };
      } else {
        const on = hasMark(runs(), movedIndex(start, ahead), movedIndex(end, ahead), mark);
        apply([formatDelta(start, end, { [mark]: on ? null : true })], 'other', selection.caret);
      }
      onChange();
    },
    link(address) {
      const { start, end } = range();
      apply([formatDelta(start, end, { link: address })], 'other', selection.caret);
      onChange();
    },
    get linkAddress() {
      const { start, end } = range();
      return linkOf(runs(), movedIndex(start, ahead), movedIndex(end, ahead));
    },
    get linkAround() {
      // While a word is composed the field's text is not the board's: nobody asks then.
      return ahead.length > 0 ? null : linkAround(runs(), selection.caret);
    },
    end() {
      unsubscribe();
      const left = board.get(id);
      // Somebody who wrote at the same moment made the box for their words alone.
      const fit = left === undefined || last === null ? null : fitWritten(board, left);
      if (fit !== null) commit(fit, { undo: 'merge' });
      if (left?.kind === 'text' && plainText(left.text).trim() === '')
        commit(removeElements(board, [id]), { undo: 'merge' });
    },
  };
}
