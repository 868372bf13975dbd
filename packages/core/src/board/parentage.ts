import type { ElementId } from '../element/id.js';

/** The parents of elements, without cycles: of each cycle, the edge of the smallest id is left out (D9). */
export interface Parentage {
  of(id: ElementId): ElementId | null;
  /** To be called when a written parent has changed. */
  forget(): void;
}

type Parent = (id: ElementId) => ElementId | null;

/**
 * @param written the parent as it was written, of elements that can be seen; null: none, or it cannot be seen.
 */
export const createParentage = (written: Parent): Parentage => {
  /** Whether the edge from an element to its parent stays: kept, so that however deep elements lie, each is passed once. */
  const stays = new Map<ElementId, boolean>();

  const climb = (id: ElementId): void => {
    const path: ElementId[] = [];
    const places = new Map<ElementId, number>();
    let at: ElementId | null = id;
    while (at !== null && !stays.has(at) && !places.has(at)) {
      places.set(at, path.length);
      path.push(at);
      at = written(at);
    }
    for (const member of path) stays.set(member, true);
    const start = at === null ? undefined : places.get(at);
    if (start === undefined) return;
    const [smallest] = path.slice(start).sort();
    stays.set(smallest as ElementId, false);
  };

  return {
    of(id) {
      const parent = written(id);
      if (parent === null) return null;
      if (!stays.has(id)) climb(id);
      return stays.get(id) === true ? parent : null;
    },
    forget: () => stays.clear(),
  };
};

/** Adds `ids` and all that lies above them to `into`. */
export const addLineages = (ids: Iterable<ElementId>, parent: Parent, into: Set<ElementId>): void => {
  const passed = new Set<ElementId>();
  for (const id of ids) {
    for (let at: ElementId | null = id; at !== null && !passed.has(at); at = parent(at)) {
      passed.add(at);
      into.add(at);
    }
  }
};
