import { type Board, type Box, boundsOf, type Element, type ElementId } from '@inkwire/core';
import RBush from 'rbush';
import { union } from './box.js';
import { comparePaintOrder } from './paint-order.js';

interface Entry extends Box {
  readonly element: Element;
}

/** A part of the page that looks different. */
export interface Damage {
  readonly box: Box;
  /** The element that appeared there, when nothing else changed. */
  readonly added: Element | null;
}

/** The board as a screen needs it: what is where, in paint order, and what part of the page looks different now. */
export interface Scene {
  /** Elements whose bounds touch `box`, in paint order. */
  query(box: Box): Element[];
  /** The box of an element that is on the board; null for any other. */
  boundsOf(id: ElementId): Box | null;
  /** Everything that is painted lies in this box; null while the board is empty. */
  bounds(): Box | null;
  /** Calls `listener` with what looks different, once per effect; what was added comes in paint order. */
  subscribe(listener: (damage: readonly Damage[]) => void): () => void;
  destroy(): void;
}

/** Past this share of the index, building it anew is cheaper than changing it element by element. */
const REBUILD_SHARE = 0.25;
const REBUILD_AT_LEAST = 500;

/** Follows `board` until it is destroyed. An effect costs what it touched, whatever the board's size. */
export function createScene(board: Board): Scene {
  const tree = new RBush<Entry>();
  const entries = new Map<ElementId, Entry>();
  const listeners = new Set<(damage: readonly Damage[]) => void>();

  const initial: Entry[] = [];
  for (const element of board.elements()) {
    const entry = entryOf(element);
    entries.set(element.id, entry);
    initial.push(entry);
  }
  tree.load(initial);

  function apply(touched: readonly ElementId[]): Damage[] {
    const damage: Damage[] = [];
    const added: Entry[] = [];
    const removed: Entry[] = [];
    const fresh: Entry[] = [];
    for (const id of touched) {
      const before = entries.get(id);
      const element = board.get(id);
      if (before?.element === element) continue;
      if (before !== undefined) {
        entries.delete(id);
        removed.push(before);
        damage.push({ box: before, added: null });
      }
      if (element !== undefined) {
        const entry = entryOf(element);
        entries.set(id, entry);
        added.push(entry);
        if (before !== undefined) damage.push({ box: entry, added: null });
        else fresh.push(entry);
      }
    }
    fresh.sort((a, b) => comparePaintOrder(a.element, b.element));
    for (const entry of fresh) damage.push({ box: entry, added: entry.element });
    const changes = added.length + removed.length;
    if (changes >= REBUILD_AT_LEAST && changes > entries.size * REBUILD_SHARE) {
      tree.clear();
      tree.load([...entries.values()]);
    } else {
      for (const entry of removed) tree.remove(entry);
      for (const entry of added) tree.insert(entry);
    }
    return damage;
  }

  const unsubscribe = board.subscribe((effect) => {
    const damage = apply(effect.touched);
    if (damage.length > 0) for (const listener of listeners) listener(damage);
  });

  return {
    query: (box) =>
      tree
        .search(box)
        .sort((a, b) => comparePaintOrder(a.element, b.element))
        .map((entry) => entry.element),
    boundsOf: (id) => entries.get(id) ?? null,
    bounds() {
      let bounds: Box | null = null;
      // The root node of the tree is the union, but it also stays large for an empty tree.
      for (const entry of entries.values()) bounds = bounds === null ? entry : union(bounds, entry);
      return bounds === null
        ? null
        : { minX: bounds.minX, minY: bounds.minY, maxX: bounds.maxX, maxY: bounds.maxY };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy() {
      unsubscribe();
      listeners.clear();
      tree.clear();
      entries.clear();
    },
  };
}

function entryOf(element: Element): Entry {
  const { minX, minY, maxX, maxY } = boundsOf(element);
  return { minX, minY, maxX, maxY, element };
}
