import {
  beginGesture,
  type Change,
  type ElementId,
  emptyChange,
  isEmptyChange,
  withContents,
} from '@inkwire/core';
import { unlocked } from './locked.js';
import type { Preview, ToolContext } from './tool.js';

/** Elements in a hand: what it does to them is a function of the pointer, evaluated again whenever they change (C5). */
export interface HeldGesture<P> {
  /** What it still holds, of what it was given. */
  readonly ids: readonly ElementId[];
  /** The same map while nothing changed. */
  readonly preview: Preview;
  update(pointer: P): void;
  /** The change on the board as it is now; null if there is none. */
  finish(): Change | null;
  cancel(): void;
}

const NOTHING: Preview = new Map();

/** @param evaluate the change that the pointer makes of those of `ids` that are there and not locked. */
export function holdElements<P>(
  context: Pick<ToolContext, 'board' | 'redraw'>,
  ids: readonly ElementId[],
  evaluate: (ids: readonly ElementId[], pointer: P) => Change,
): HeldGesture<P> {
  const { board, redraw } = context;
  let preview = NOTHING;
  let last: { readonly pointer: P } | null = null;
  let possible: { readonly pointer: P } | null = null;

  function present(): ElementId[] {
    return unlocked(
      board,
      ids.filter((id) => board.get(id) !== undefined),
    );
  }

  /** A pointer that goes further than elements can is where it last went no further. */
  function attempt(pointer: P): Change {
    try {
      const change = evaluate(present(), pointer);
      possible = { pointer };
      return change;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return possible === null ? emptyChange(board.writer) : evaluate(present(), possible.pointer);
    }
  }

  const gesture = beginGesture<P>(board, {
    ids: withContents(board, ids).map(({ id }) => id),
    evaluate: (_, pointer) => attempt(pointer),
    onChange() {
      preview = gesture.change === null ? NOTHING : gesture.preview();
      redraw();
    },
  });

  function update(pointer: P): void {
    last = { pointer };
    gesture.update(pointer);
    preview = gesture.change === null ? NOTHING : gesture.preview();
  }

  return {
    get ids() {
      return present();
    },
    get preview() {
      return preview;
    },
    update,
    finish() {
      if (last !== null) update(last.pointer);
      const { change } = gesture;
      gesture.cancel();
      return change === null || isEmptyChange(change) ? null : change;
    },
    cancel: gesture.cancel,
  };
}
