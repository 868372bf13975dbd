import { checkTransform, type Drag, type DraggedElements, type ElementId } from '@inkwire/core';
import { sameIds } from './same-ids.js';

/** What this session drags, as its frames tell it. */
export interface OwnDrag {
  /** @throws {RangeError} for a transform that is not finite. */
  set(drag: DraggedElements | null): void;
  /** This session changed these elements: the drag of them is over, and stays where it is until the others have that. */
  commit(ids: readonly ElementId[]): void;
  /** The next frame tells it, changed or not. */
  tell(): void;
  /** For the next frame, given the selection that this session told. */
  take(selection: readonly ElementId[] | undefined): Drag | null;
  /** Elements are being dragged. */
  readonly active: boolean;
  /** There is something that no frame has told. */
  readonly waits: boolean;
}

/** Whether a commit that changed `ids` is what the drag led to, or was made in spite of it. */
export const changesDrag = (
  { ids, copy }: Pick<Required<DraggedElements>, 'ids' | 'copy'>,
  changed: readonly ElementId[],
): boolean => (copy === null ? ids.some((id) => changed.includes(id)) : changed.includes(copy));

/** The end is told so often, since a frame may get lost and no later one has to come. */
const END_FRAMES = 2;

export const createOwnDrag = (): OwnDrag => {
  let drag: Required<DraggedElements> | null = null;
  let letGo: Required<DraggedElements> | null = null;
  let changed = false;
  let told = false;
  let endsToTell = 0;

  const end = (at: Required<DraggedElements> | null): void => {
    drag = null;
    letGo = at;
    changed = false;
    // Who was told nothing of it need not be told of its end.
    endsToTell = told ? END_FRAMES : 0;
    told = false;
  };

  return {
    set: (next) => {
      if (next === null) {
        if (drag) end(null);
        return;
      }
      const { ids, transform, copy = null } = next;
      drag = { ids: ids.slice(), transform: checkTransform(transform), copy };
      changed = true;
    },
    commit: (ids) => {
      if (drag && changesDrag(drag, ids)) end(drag);
    },
    tell: () => {
      changed = drag !== null;
    },
    take: (selection) => {
      const shown = drag ?? (endsToTell > 0 ? letGo : null);
      if (drag) told = true;
      else endsToTell = Math.max(0, endsToTell - 1);
      changed = false;
      if (!shown) return null;
      const ids = selection && sameIds(shown.ids, selection) ? null : shown.ids;
      return { ids, transform: shown.transform, letGo: drag === null, copy: shown.copy };
    },
    get active() {
      return drag !== null;
    },
    get waits() {
      return changed || (drag === null && endsToTell > 0);
    },
  };
};
