import { type Board, type Element, type ElementId, withContents } from '@inkwire/core';

/** What a person has selected. */
export interface Selection {
  /** On the board, each once, in the order in which they were selected. */
  readonly ids: readonly ElementId[];
  /**
   * What is drawn of it: with what is in its groups and frames, without the groups, in paint order. The same list while
   * neither selection nor board change.
   */
  readonly elements: readonly Element[];
  /** The group whose members are selected one by one; null outside of all groups. */
  readonly within: ElementId | null;
  has(id: ElementId): boolean;
  /** Those that are not on the board are left out. */
  set(ids: Iterable<ElementId>, within?: ElementId | null): void;
  /** Takes it in, or out. */
  toggle(id: ElementId): void;
  destroy(): void;
}

/** Follows `board`: what is removed leaves the selection. `onChange` is told whenever it is another one. */
export function createSelection(
  board: Board,
  onChange: (ids: readonly ElementId[], within: ElementId | null) => void,
): Selection {
  let ids: readonly ElementId[] = [];
  let chosen: ReadonlySet<ElementId> = new Set();
  let within: ElementId | null = null;
  let elements: readonly Element[] | null = null;

  function set(next: Iterable<ElementId>, group: ElementId | null = null): void {
    const kept = [...new Set(next)].filter((id) => board.get(id) !== undefined);
    const entered = group === null || board.get(group) === undefined ? null : group;
    if (entered === within && kept.length === ids.length && kept.every((id, i) => id === ids[i])) return;
    ids = kept;
    elements = null;
    chosen = new Set(kept);
    within = entered;
    onChange(ids, within);
  }

  const unsubscribe = board.subscribe(({ touched }) => {
    elements = null;
    if (ids.length === 0 && within === null) return;
    if (touched.some((id) => (id === within || chosen.has(id)) && board.get(id) === undefined))
      set(ids, within);
  });

  return {
    get ids() {
      return ids;
    },
    get elements() {
      elements ??= withContents(board, ids).filter(({ kind }) => kind !== 'group');
      return elements;
    },
    get within() {
      return within;
    },
    has: (id) => chosen.has(id),
    set,
    toggle(id) {
      set(chosen.has(id) ? ids.filter((each) => each !== id) : [...ids, id], within);
    },
    destroy: unsubscribe,
  };
}
