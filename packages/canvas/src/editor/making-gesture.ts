import {
  addElement,
  type Change,
  type ElementId,
  isEmptyChange,
  type NewElement,
  newElementId,
} from '@inkwire/core';
import type { Mark } from './mark.js';
import type { Gesture, PointerSample, Preview, ToolContext } from './tool.js';

/** What a pointer is making: the element, and what is drawn over the board meanwhile. */
export interface Making {
  /** Null while it is nothing yet. */
  readonly element: NewElement | null;
  readonly marks: readonly Mark[];
}

const NOTHING: Preview = new Map();

export interface MakingOptions {
  /**
   * What the pointer has made of it, from the press to a later sample. Asked once more when it is lifted, with `isOver`,
   * on the board as it is then.
   */
  readonly make: (last: PointerSample, isOver: boolean) => Making;
  /** What else happens when it comes to be. */
  readonly complete?: (change: Change, id: ElementId, element: NewElement) => Change;
  /** Called when it is on the board. */
  readonly made?: (id: ElementId) => void;
}

/** Makes one element, which looks as it will while the pointer moves, and is selected then. */
export function makeElement(
  context: ToolContext,
  first: PointerSample,
  { make, complete = (change) => change, made }: MakingOptions,
): Gesture {
  const { board, selection } = context;
  const id = newElementId(board.random);
  let last = first;
  let preview = NOTHING;
  let marks: readonly Mark[] = [];

  function changeOf({ element }: Making): Change | null {
    return element === null ? null : complete(addElement(board, { ...element, id }), id, element);
  }

  return {
    get preview() {
      return preview;
    },
    get marks() {
      return marks;
    },
    move(samples) {
      last = samples.at(-1) ?? last;
      const making = make(last, false);
      const change = changeOf(making);
      preview = change === null ? NOTHING : board.preview(change);
      marks = making.marks;
    },
    finish() {
      const change = changeOf(make(last, true));
      return change === null || isEmptyChange(change) ? null : change;
    },
    committed() {
      if (board.get(id) === undefined) return;
      selection.set([id]);
      made?.(id);
    },
  };
}
