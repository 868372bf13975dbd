import { isDeepStrictEqual } from 'node:util';
import {
  type Board,
  type Effect,
  type Element,
  type ElementId,
  parseWriteKey,
  type Range,
  REGISTERS,
  uniteRanges,
  type Value,
  type Version,
} from '@inkwire/core';

interface Written extends Version {
  /** Somebody who saw it wrote over it. */
  replaced: boolean;
}

/** The names of the registers by code, for those that an element shows as they are. */
const NAMES = new Map(Object.entries(REGISTERS).map(([name, { code }]) => [code, name]));
const CUSTOM_NAMES = new Map([
  ['.level', 'level'],
  ['|tags', 'tags'],
  ['+score', 'score'],
]);

/**
 * The board as somebody would write it who has never heard of replicas: every write is kept, and what shows is found by
 * going through all of them. It knows elements by what their author saw, and nothing of Yjs.
 */
export const createBoardModel = () => {
  const born = new Map<ElementId, Element>();
  const writes = new Map<string, Written[]>();

  const listOf = (id: ElementId, code: string): Written[] => {
    const key = `${id}/${code}`;
    const list = writes.get(key) ?? [];
    writes.set(key, list);
    return list;
  };

  /** Takes in what was committed on one board. */
  const add = (board: Board, { change }: Effect): void => {
    for (const id of change.births.keys()) {
      const element = board.recall(id);
      if (element !== undefined) born.set(id, element);
    }
    for (const [key, { from, to }] of change.writes) {
      const { id, code } = parseWriteKey(key);
      const list = listOf(id, code);
      if (to !== null) list.push({ ...to, replaced: false });
      for (const other of list) {
        if (from !== null && other.stamp === from.stamp && other.writer === from.writer)
          other.replaced = true;
      }
    }
  };

  const newest = (list: readonly Written[]): Value | undefined =>
    [...list].sort((a, b) => a.stamp - b.stamp || a.writer - b.writer).at(-1)?.value;

  const shownValue = (id: ElementId, code: string, initial: unknown): unknown => {
    const list = listOf(id, code);
    if (code === REGISTERS.votes.code || code.startsWith('+')) {
      const writers = new Set(list.map((write) => write.writer));
      let sum = initial as number;
      for (const writer of writers) sum += newest(list.filter((write) => write.writer === writer)) as number;
      return sum;
    }
    const live = list.filter((write) => !write.replaced);
    if (code === REGISTERS.cuts.code) {
      return live.length === 0
        ? initial
        : uniteRanges(live.flatMap(({ value }) => value as readonly Range[]));
    }
    if (code.startsWith('|')) {
      return live.length === 0
        ? initial
        : [...new Set(live.flatMap(({ value }) => value as readonly string[]))].sort();
    }
    // Null is a value like any other.
    return list.length === 0 ? initial : newest(list);
  };

  const isThere = (id: ElementId): boolean =>
    born.has(id) && shownValue(id, REGISTERS.removed.code, false) === false;

  const parentOf = (id: ElementId): ElementId | null => {
    const written = shownValue(id, REGISTERS.parent.code, born.get(id)?.parent ?? null) as ElementId | null;
    return written !== null && isThere(written) ? written : null;
  };

  const resolvedParent = (id: ElementId): ElementId | null => {
    const above: ElementId[] = [];
    for (let at = parentOf(id); at !== null && !above.includes(at); at = parentOf(at)) above.push(at);
    // In a cycle, the smallest id lets go.
    return above.includes(id) && [...above].sort()[0] === id ? null : parentOf(id);
  };

  /** What differs between the model and what a board shows; null when nothing does. */
  const compare = (board: Board): string | null => {
    const expected = [...born.keys()].filter(isThere);
    if (board.size !== expected.length)
      return `${board.size} elements can be seen, and should be ${expected.length}`;
    for (const id of expected) {
      const element = board.get(id) as (Element & Record<string, unknown>) | undefined;
      const first = born.get(id) as Element & Record<string, unknown>;
      if (element === undefined) return `${id} should be seen`;
      for (const [code, name] of NAMES) {
        if (!(name in first) || name === 'parent' || (name in { points: 0, size: 0 } && 'routing' in first))
          continue;
        // A line shows no rotation, whatever is written.
        if (name === 'rotation' && 'routing' in first) continue;
        const value = shownValue(id, code, first[name]);
        if (!isDeepStrictEqual(value, element[name])) {
          return `${name} of ${id} is ${JSON.stringify(element[name])}, and should be ${JSON.stringify(value)}`;
        }
      }
      if (element.kind === 'custom' && first.kind === 'custom') {
        for (const [code, name] of CUSTOM_NAMES) {
          const value = shownValue(id, code, first.values[name]);
          if (!isDeepStrictEqual(value, element.values[name]))
            return `${name} of ${id} should be ${JSON.stringify(value)}`;
        }
      }
      if (element.parent !== resolvedParent(id))
        return `the parent of ${id} is ${element.parent}, and should be ${resolvedParent(id)}`;
    }
    return null;
  };

  return { add, compare };
};
