import {
  type Board,
  type Change,
  compose,
  type DraggedElements,
  duplicateElements,
  type Element,
  type ElementId,
  emptyChange,
  type Matrix,
  type Participant,
} from '@inkwire/core';
import { dropOn, frameUnder } from '../editor/frame-drop.js';
import { unlocked } from '../editor/locked.js';
import type { Preview } from '../editor/tool.js';
import { transformElements } from '../editor/transform-elements.js';

/** What the others drag right now, as it looks. */
export interface OthersDrags {
  /** How dragged elements look, those that follow included, by session. The same map while it looks the same. */
  read(others: readonly Participant[]): ReadonlyMap<string, Preview>;
  destroy(): void;
}

interface Shown {
  readonly drag: DraggedElements;
  readonly preview: Preview;
  /** The copies where the originals lie: made once for a drag, since that takes longer than moving them. */
  readonly copies: Preview | null;
}

export function createOthersDrags(board: Board): OthersDrags {
  let shown = new Map<string, Shown>();
  let previews: ReadonlyMap<string, Preview> = new Map();
  let fresh = true;
  const unsubscribe = board.subscribe(() => {
    fresh = false;
  });

  return {
    read(others) {
      const dragging = others.filter(({ drag }) => drag !== null);
      if (dragging.length === 0 && shown.size === 0) return previews;
      const next = new Map<string, Shown>();
      let same = fresh && dragging.length === shown.size;
      for (const { session, drag } of dragging) {
        if (drag === null) continue;
        const before = shown.get(session);
        const known = fresh ? before : undefined;
        if (known?.drag === drag) {
          next.set(session, known);
        } else {
          same = false;
          next.set(session, show(board, drag, known));
        }
      }
      fresh = true;
      if (same) return previews;
      shown = next;
      previews = new Map([...next].map(([session, { preview }]) => [session, preview]));
      return previews;
    },
    destroy: unsubscribe,
  };
}

const NOTHING: Preview = new Map();

/** @param known what was shown of the same session on the same board. */
function show(board: Board, drag: DraggedElements, known: Shown | undefined): Shown {
  const { ids, transform, copy = null } = drag;
  if (copy === null) return { drag, preview: previewOf(board, ids, transform), copies: null };
  const goesOn = known?.drag.copy === copy && known.drag.ids === ids;
  const copies = (goesOn ? known.copies : null) ?? board.preview(duplicateElements(board, ids, 0, 0));
  return { drag, preview: displaced(copies, transform), copies };
}

function displaced(preview: Preview, [, , , , dx, dy]: Matrix): Preview {
  const moved = new Map<ElementId, Element>();
  for (const [id, element] of preview) {
    if (element === undefined) continue;
    const [x, y] = element.position;
    moved.set(id, { ...element, position: [x + dx, y + dy] });
  }
  return moved;
}

/** What is moved over a frame is shown in it, as it is for who moves it. */
function dropped(board: Board, ids: readonly ElementId[], [a, b, c, d, dx, dy]: Matrix): Change {
  if (a !== 1 || b !== 0 || c !== 0 || d !== 1) return emptyChange(board.writer);
  const present = unlocked(
    board,
    ids.filter((id) => board.get(id) !== undefined),
  );
  const frame = frameUnder({ board, query: board.query, find: board.recall }, present, { dx, dy });
  return dropOn(board, present, frame);
}

/** A transform from the network may lead where no element can lie. */
function previewOf(board: Board, ids: readonly ElementId[], transform: Matrix): Preview {
  try {
    return board.preview(compose(transformElements(board, ids, transform), dropped(board, ids, transform)));
  } catch (error) {
    if (error instanceof RangeError) return NOTHING;
    throw error;
  }
}
