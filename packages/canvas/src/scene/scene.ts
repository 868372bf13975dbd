import {
  type Board,
  type Box,
  boundsOf,
  boxesMeet,
  boxHolds,
  type Effect,
  type Element,
  type ElementId,
  growBox,
  type Overview,
} from '@inkwire/core';
import { LARGEST_OVERREACH, paintBounds } from '../paint/paint-bounds.js';
import { union } from './box.js';
import { seenBounds } from './seen-bounds.js';

/** A part of the page that looks different. */
export interface Damage {
  readonly box: Box;
  /** The element that appeared there, when nothing else changed. */
  readonly added: Element | null;
}

/** The board as a screen needs it: what is where, and what part of the page looks different now. */
export interface Scene {
  /** The elements that may paint in `box`, in paint order. */
  query(box: Box): readonly Element[];
  /** The same to paint them once: strokes whose width `isThin` need not be made elements. */
  overview(box: Box, isThin: (width: number) => boolean): Overview;
  find(id: ElementId): Element | undefined;
  /** The box of an element that is on the board and paints something; null for any other. */
  boundsOf(id: ElementId): Box | null;
  /** The box around everything that is seen; null while that is nothing. Reads the whole board. */
  bounds(): Box | null;
  /** Calls `listener` with what looks different, once per effect. */
  subscribe(listener: (damage: readonly Damage[]) => void): () => void;
  destroy(): void;
}

/**
 * Follows `board` until it is destroyed. An effect costs what it touched, whatever the board's size: the board finds
 * what is where, what depends on what and what anything was before; the scene remembers where the lines are that it has
 * handed out.
 */
export function createScene(board: Board): Scene {
  /** Where lines were: that depends on what they are bound to, while any other element tells by itself. */
  const seenLines = new Map<ElementId, { readonly line: Element; readonly box: Box }>();
  const listeners = new Set<(damage: readonly Damage[]) => void>();

  const boxOf = (element: Element) => paintBounds(element, board.recall);
  const isLine = ({ kind }: Element) => kind === 'line' || kind === 'arrow';

  function remember(element: Element): void {
    if (!isLine(element) || seenLines.get(element.id)?.line === element) return;
    const box = boxOf(element);
    if (box !== null) seenLines.set(element.id, { line: element, box });
  }

  function damageOf({ touched, before: known }: Effect): Damage[] {
    const damage: Damage[] = [];
    for (const id of touched) {
      const before = known.get(id);
      const element = board.get(id);
      const boxBefore = before === undefined ? null : (seenLines.get(id)?.box ?? boxOf(before));
      seenLines.delete(id);
      if (boxBefore !== null) damage.push({ box: boxBefore, added: null });
      const box = element === undefined ? null : boxOf(element);
      if (element !== undefined && box !== null)
        damage.push({ box, added: boxBefore === null ? element : null });
    }
    return damage;
  }

  const unsubscribe = board.subscribe((effect) => {
    const damage = damageOf(effect);
    if (damage.length > 0) for (const listener of listeners) listener(damage);
  });

  return {
    query(box) {
      const near = board.query(growBox(box, LARGEST_OVERREACH));
      // Ink stays in its bounds, and there is far more of it than of anything else.
      const elements = near.filter(
        (element) => element.kind !== 'stroke' || boxesMeet(boundsOf(element), box),
      );
      elements.forEach(remember);
      return elements;
    },
    overview(box, isThin) {
      const { length, at } = board.overview(box, LARGEST_OVERREACH, isThin);
      return {
        length,
        at(index) {
          const element = at(index);
          if (element !== null && element.kind !== 'stroke') remember(element);
          return element;
        },
      };
    },
    find: board.recall,
    boundsOf(id) {
      const element = board.get(id);
      return element === undefined ? null : (seenLines.get(id)?.box ?? boxOf(element));
    },
    bounds() {
      let bounds: Box | null = null;
      for (const element of board.elements()) {
        const painted = boxOf(element);
        if (painted === null || (bounds !== null && boxHolds(bounds, painted))) continue;
        const seen = seenBounds(element, board.recall);
        if (seen !== null) bounds = bounds === null ? seen : union(bounds, seen);
      }
      return bounds;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy() {
      unsubscribe();
      listeners.clear();
      seenLines.clear();
    },
  };
}
