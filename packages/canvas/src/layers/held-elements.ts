import { type Board, comparePaint, type Element, type ElementId } from '@inkwire/core';
import type { Preview } from '../editor/tool.js';
import type { Scene } from '../scene/scene.js';
import type { TileLayer } from './tile-layer.js';

/**
 * The elements that are in somebody's hands: the tiles leave them out, and they are drawn as they look there. What is
 * let go is drawn so until the tiles show it, so it is never missing for a frame.
 */
export interface HeldElements {
  /** Takes in how elements look now; where several hold one, the first counts. */
  update(previews: readonly Preview[]): void;
  isHeld(id: ElementId): boolean;
  /** How an element looks now, held or not; undefined where nothing of it is to be seen. */
  look(id: ElementId): Element | undefined;
  /** Finds what lines are bound to, as it looks now. */
  find(id: ElementId): Element | undefined;
  /** What is to be drawn besides the tiles, in paint order. */
  elements(): readonly Element[];
  /** Whether something was let go that the tiles do not show yet. */
  readonly settling: boolean;
}

export function createHeldElements(
  board: Pick<Board, 'get' | 'recall'>,
  scene: Scene,
  tiles: TileLayer,
  isPainted: (id: ElementId) => boolean,
): HeldElements {
  let held = new Map<ElementId, Element | undefined>();
  let last: readonly Preview[] = [];
  const settling = new Set<ElementId>();

  function damage(ids: Iterable<ElementId>): void {
    const boxes = [...ids].map(scene.boundsOf).filter((box) => box !== null);
    if (boxes.length > 0) tiles.damage(boxes.map((box) => ({ box, added: null })));
  }

  function look(id: ElementId): Element | undefined {
    return held.has(id) ? held.get(id) : board.get(id);
  }

  return {
    update(previews) {
      if (previews.length === last.length && previews.every((preview, i) => preview === last[i])) return;
      last = previews;
      const next = new Map<ElementId, Element | undefined>();
      for (const preview of previews)
        for (const [id, element] of preview) if (!next.has(id)) next.set(id, element);
      const taken = [...next.keys()].filter((id) => !held.has(id));
      const left = [...held.keys()].filter((id) => !next.has(id));
      held = next;
      for (const id of taken) settling.delete(id);
      for (const id of left) settling.add(id);
      damage([...taken, ...left]);
    },
    isHeld: (id) => held.size > 0 && held.has(id),
    look,
    find: (id) => held.get(id) ?? board.recall(id),
    elements() {
      if (held.size === 0 && settling.size === 0) return [];
      const elements = [...held.values()].filter((element) => element !== undefined);
      for (const id of settling) {
        const element = board.get(id);
        if (element === undefined || isPainted(id)) settling.delete(id);
        else elements.push(element);
      }
      return elements.sort(comparePaint);
    },
    get settling() {
      return settling.size > 0;
    },
  };
}
