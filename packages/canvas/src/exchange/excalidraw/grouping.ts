import { type ElementId, type NewElement, newElementId, type RandomBytes } from '@inkwire/core';

/** The groups of a drawing, each known by a name that its members tell, innermost first. */
export interface Grouping {
  /** What holds an element with these groups, and what each of them lies in at the end. */
  parentOf(groups: readonly string[], frame: ElementId | null): ElementId | null;
  /** The groups that hold two members at least; the elements of any other are handed on to what that lies in. */
  settle(elements: readonly NewElement[]): NewElement[];
}

interface Group {
  readonly id: ElementId;
  readonly parent: ElementId | null;
}

/** Nobody nests groups this deep; whoever says so has another aim. */
const DEEPEST = 64;

export function createGrouping(random: RandomBytes | undefined): Grouping {
  const groups = new Map<string, Group>();
  const byId = new Map<ElementId, Group>();

  return {
    parentOf(names, frame) {
      // From the outside in: a group is made where its first member says it lies. Later members cannot make a cycle.
      let parent = frame;
      for (const name of names.slice(-DEEPEST).reverse()) {
        let group = groups.get(name);
        if (group === undefined) {
          group = { id: newElementId(random), parent };
          groups.set(name, group);
          byId.set(group.id, group);
        }
        parent = group.id;
      }
      return parent;
    },
    settle(elements) {
      const members = new Map<ElementId, number>();
      const count = (parent: ElementId | null | undefined) => {
        if (parent != null) members.set(parent, (members.get(parent) ?? 0) + 1);
      };
      for (const { parent } of elements) count(parent);
      // A group comes after those that it lies in: counted backwards, each knows its members before it counts as one.
      for (const group of [...byId.values()].reverse()) if (members.has(group.id)) count(group.parent);
      const holds = (id: ElementId) => (members.get(id) ?? 0) > 1;
      const settled = (parent: ElementId | null): ElementId | null => {
        let at = parent;
        for (let group = at && byId.get(at); group && !holds(group.id); group = at && byId.get(at))
          at = group.parent;
        return at;
      };
      const kept = [...byId.values()].filter(({ id }) => holds(id));
      return [
        ...kept.map(({ id, parent }): NewElement => ({ kind: 'group', id, parent: settled(parent) })),
        ...elements.map((element) => ({ ...element, parent: settled(element.parent ?? null) })),
      ];
    },
  };
}
