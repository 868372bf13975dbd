import type { Element } from '../element/element.js';
import type { ElementId } from '../element/id.js';

/** Which elements name which others, as they were written: parents, and what lines are bound to. */
export interface Links {
  /** Notes what an element names now; null: it is not there any more. */
  set(id: ElementId, element: Element | null): void;
  /** Whether it names an element or is named by one. */
  has(id: ElementId): boolean;
  parent(id: ElementId): ElementId | null;
  children(id: ElementId): Iterable<ElementId>;
  /** The lines that have an end on it. */
  lines(id: ElementId): Iterable<ElementId>;
}

const NONE: readonly ElementId[] = [];

/** Many to many, looked up from the far side. */
const createReverse = () => {
  const sources = new Map<ElementId, Set<ElementId>>();
  return {
    add(target: ElementId, source: ElementId): void {
      const known = sources.get(target);
      if (known === undefined) sources.set(target, new Set([source]));
      else known.add(source);
    },
    delete(target: ElementId, source: ElementId): void {
      const known = sources.get(target);
      known?.delete(source);
      if (known?.size === 0) sources.delete(target);
    },
    has: (target: ElementId): boolean => sources.has(target),
    get: (target: ElementId): Iterable<ElementId> => sources.get(target) ?? NONE,
  };
};

const targetsOf = (element: Element | null): readonly ElementId[] => {
  if (element?.kind !== 'line' && element?.kind !== 'arrow') return NONE;
  return [element.startBinding, element.endBinding].flatMap((binding) => binding?.element ?? NONE);
};

export const createLinks = (): Links => {
  const parents = new Map<ElementId, ElementId>();
  const targets = new Map<ElementId, readonly ElementId[]>();
  const children = createReverse();
  const lines = createReverse();

  return {
    set(id, element) {
      const parent = element?.parent ?? null;
      const before = parents.get(id) ?? null;
      if (before !== parent) {
        if (before !== null) children.delete(before, id);
        if (parent === null) parents.delete(id);
        else {
          parents.set(id, parent);
          children.add(parent, id);
        }
      }
      for (const target of targets.get(id) ?? NONE) lines.delete(target, id);
      const ends = targetsOf(element);
      for (const target of ends) lines.add(target, id);
      if (ends.length === 0) targets.delete(id);
      else targets.set(id, ends);
    },
    has: (id) => parents.has(id) || targets.has(id) || children.has(id) || lines.has(id),
    parent: (id) => parents.get(id) ?? null,
    children: children.get,
    lines: lines.get,
  };
};
