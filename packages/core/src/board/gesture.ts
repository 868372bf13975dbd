import { type Change, isEmptyChange } from '../change/change.js';
import { withContents } from '../edit/selection.js';
import type { Element } from '../element/element.js';
import type { ElementId } from '../element/id.js';
import type { Board } from './board.js';

/**
 * What a pointer does to elements before it is committed: a function of the elements as they are, and of the pointer.
 * When somebody else changes what it holds, or what lies in that, it is evaluated again; what they remove leaves it (C5).
 */
export interface Gesture<P> {
  /** What it still holds. */
  readonly ids: readonly ElementId[];
  /** What it would do now; null before the first `update`, and once it is over. */
  readonly change: Change | null;
  /** What elements look like in it, those that follow included; undefined for those that it takes away. */
  preview(): ReadonlyMap<ElementId, Element | undefined>;
  update(pointer: P): void;
  /** Commits it as one change. False when it held nothing any more, or did nothing. */
  commit(): boolean;
  cancel(): void;
}

export interface GestureOptions<P> {
  /** What is grabbed; a gesture that grabs nothing makes something new. */
  readonly ids: readonly ElementId[];
  /** The change that the pointer makes of the elements it holds. Called again whenever one of them changes. */
  readonly evaluate: (elements: readonly Element[], pointer: P) => Change;
  /** Called after it was evaluated again because of somebody else, or ended because they removed all it held. */
  readonly onChange?: () => void;
}

const NOTHING: ReadonlyMap<ElementId, Element | undefined> = new Map();

export const beginGesture = <P>(board: Board, options: GestureOptions<P>): Gesture<P> => {
  const { evaluate, onChange } = options;
  const grabs = options.ids.length > 0;
  let held: readonly Element[] = [];
  /** What it holds with all that is in it: a group moves with what lies in it. */
  let reach: ReadonlySet<ElementId> = new Set();
  let pointer: { readonly at: P } | null = null;
  let change: Change | null = null;
  let over = false;

  const hold = (): void => {
    held = options.ids.map((id) => board.get(id)).filter((element) => element !== undefined);
    reach = new Set([...options.ids, ...withContents(board, options.ids).map(({ id }) => id)]);
  };

  /** Whether an element that looks different now is, or lies in, what it holds. */
  const reaches = (id: ElementId): boolean => reach.has(id) || reach.has(board.get(id)?.parent as ElementId);

  const evaluateAgain = (): void => {
    change = pointer === null || over ? null : evaluate(held, pointer.at);
  };

  const end = (): void => {
    over = true;
    held = [];
    change = null;
    unsubscribe();
  };

  const unsubscribe = board.subscribe(({ touched }) => {
    if (!touched.some(reaches)) return;
    hold();
    if (grabs && held.length === 0) end();
    else evaluateAgain();
    onChange?.();
  });
  hold();

  return {
    get ids() {
      return held.map((element) => element.id);
    },
    get change() {
      return change;
    },
    preview: () => (change === null ? NOTHING : board.preview(change)),
    update(at) {
      if (over) return;
      pointer = { at };
      evaluateAgain();
    },
    commit() {
      if (over) return false;
      // Evaluated on the board as it is at this moment, so that nothing in between is written over.
      hold();
      evaluateAgain();
      const last = change;
      end();
      if (last === null || isEmptyChange(last)) return false;
      board.commit(last);
      return true;
    },
    cancel() {
      if (!over) end();
    },
  };
};
