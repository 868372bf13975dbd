import {
  type Change,
  emptyChange,
  nothing,
  parseWriteKey,
  type Version,
  type Write,
  type WriteKey,
} from '../change/change.js';
import { compose } from '../change/compose.js';
import { composeDeltas, transformDelta } from '../change/text-delta.js';
import { sameVersion } from '../change/version.js';
import type { ElementId } from '../element/id.js';
import { REGISTERS } from '../element/register.js';
import type { TextDelta } from '../element/text.js';

/** One of my steps, and how to take it back. */
export interface HistoryEntry {
  /** What I added, and the version of `removed` that stands for not having been removed since: null for none. */
  births: ReadonlyMap<ElementId, Version | null>;
  /** What I wrote, by the versions that stand for it now. */
  writes: ReadonlyMap<WriteKey, Write>;
  /** The deltas that take my writing back, on the texts as they are once all later steps are taken back. */
  texts: ReadonlyMap<ElementId, TextDelta>;
}

/** What one person did on a board, to be taken back step by step, and done again (C6). */
export interface History {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** A new step of mine; with `merge`, part of the last one. What could be done again cannot any more. */
  add(change: Change, inverseTexts: ReadonlyMap<ElementId, TextDelta>, merge: boolean): void;
  /** A change that is not to be taken back, mine or another's: my texts' inverses move over it. */
  pass(change: Change): void;
  /** The next step to take back or to do again, and no more kept. */
  pop(direction: Direction): HistoryEntry | undefined;
  /** The step that `change` made of `entry`, taken back or done again: it can be reversed in its turn. */
  turn(
    direction: Direction,
    entry: HistoryEntry,
    change: Change,
    inverseTexts: ReadonlyMap<ElementId, TextDelta>,
  ): void;
}

export type Direction = 'undo' | 'redo';

const entryOf = (change: Change, inverseTexts: ReadonlyMap<ElementId, TextDelta>): HistoryEntry => ({
  births: change.births.size === 0 ? nothing() : new Map([...change.births.keys()].map((id) => [id, null])),
  writes: change.writes,
  texts: inverseTexts,
});

/** Several versions of one value stand for each other once a step has been taken back and done again. */
const alias = (entries: readonly HistoryEntry[], key: WriteKey, old: Version | null, now: Version): void => {
  const { id, code } = parseWriteKey(key);
  for (const entry of entries) {
    const write = entry.writes.get(key);
    if (write !== undefined && sameVersion(write.to, old)) {
      entry.writes = new Map(entry.writes).set(key, { from: write.from, to: now });
    }
    const standing = code === REGISTERS.removed.code ? entry.births.get(id) : undefined;
    if (standing !== undefined && sameVersion(standing, old))
      entry.births = new Map(entry.births).set(id, now);
  }
};

/** Moves the inverses of one stack over a delta that came after all of them. */
const rebase = (entries: readonly HistoryEntry[], id: ElementId, delta: TextDelta): void => {
  let over = delta;
  for (let at = entries.length - 1; at >= 0; at -= 1) {
    const entry = entries[at] as HistoryEntry;
    const inverse = entry.texts.get(id);
    if (inverse === undefined) continue;
    entry.texts = new Map(entry.texts).set(id, transformDelta(inverse, over, true));
    over = transformDelta(over, inverse, false);
  }
};

const merged = (first: HistoryEntry, second: HistoryEntry): HistoryEntry => {
  const step = ({ writes }: HistoryEntry): Change => ({ ...emptyChange(0), writes });
  const texts = new Map(first.texts);
  for (const [id, inverse] of second.texts) texts.set(id, composeDeltas(inverse, texts.get(id) ?? []));
  return {
    births: new Map([...first.births, ...second.births]),
    writes: compose(step(first), step(second)).writes,
    texts,
  };
};

export const createHistory = (limit: number): History => {
  const stacks = { undo: [] as HistoryEntry[], redo: [] as HistoryEntry[] };

  const push = (direction: Direction, entry: HistoryEntry): void => {
    stacks[direction].push(entry);
    if (stacks[direction].length > limit) stacks[direction].shift();
  };

  return {
    get canUndo() {
      return stacks.undo.length > 0;
    },
    get canRedo() {
      return stacks.redo.length > 0;
    },
    add(change, inverseTexts, merge) {
      if (stacks.redo.length > 0) stacks.redo = [];
      const entry = entryOf(change, inverseTexts);
      const last = merge ? stacks.undo.pop() : undefined;
      push('undo', last === undefined ? entry : merged(last, entry));
    },
    pass(change) {
      for (const [id, delta] of change.texts) {
        rebase(stacks.undo, id, delta);
        rebase(stacks.redo, id, delta);
      }
    },
    pop: (direction) => stacks[direction].pop(),
    turn(direction, entry, change, inverseTexts) {
      for (const [key, { to }] of change.writes) {
        const from = entry.writes.get(key)?.from ?? null;
        if (to === null) continue;
        alias(stacks.undo, key, from, to);
        alias(stacks.redo, key, from, to);
      }
      push(direction === 'undo' ? 'redo' : 'undo', entryOf(change, inverseTexts));
    },
  };
};
