import type { Board, DraggedElements, Participant } from '@inkwire/core';
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
        if (fresh && before?.drag === drag) {
          next.set(session, before);
        } else {
          same = false;
          next.set(session, { drag, preview: previewOf(board, drag) });
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

/** A transform from the network may lead where no element can lie. */
function previewOf(board: Board, { ids, transform }: DraggedElements): Preview {
  try {
    return board.preview(transformElements(board, ids, transform));
  } catch (error) {
    if (error instanceof RangeError) return NOTHING;
    throw error;
  }
}
