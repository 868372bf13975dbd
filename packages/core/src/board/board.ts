import * as Y from 'yjs';
import { type Change, isEmptyChange, type Write, type WriteKey } from '../change/change.js';
import { nextStamp, type Stamp } from '../change/stamp.js';
import type { CustomKind } from '../element/custom-kind.js';
import type { Element } from '../element/element.js';
import type { Box } from '../element/geometry.js';
import { type ElementId, type RandomBytes, systemRandom } from '../element/id.js';
import { isKindName, KINDS } from '../element/kind.js';
import type { OrderIndex } from '../element/order.js';
import { type Register, registerOf } from '../element/register.js';
import type { TextDelta } from '../element/text.js';
import type { Value } from '../element/value.js';
import { InkwireError } from '../inkwire-error.js';
import { planCommit } from './commit.js';
import { type Conflict, describeConflict, lostWrites } from './conflict.js';
import { createHistory, type Direction, type HistoryEntry } from './history.js';
import { layoutOf, textOf } from './layout.js';
import { previewChange } from './preview.js';
import type { Surroundings } from './read-element.js';
import { createRecord } from './record.js';
import { createReplica } from './replica.js';
import { revert } from './revert.js';
import { createScene } from './scene.js';
import { SCHEMA, schemaOf } from './schema.js';
import { runsOf } from './text-effect.js';
import { writesOf } from './writing.js';

export interface BoardOptions {
  /** The document that holds the board. Default: a new one. */
  readonly doc?: Y.Doc;
  /** Milliseconds since the epoch. Default: the system's clock. */
  readonly clock?: () => number;
  /** Default: the platform's cryptographic randomness. */
  readonly random?: RandomBytes;
  /** The user id that new elements name as their author. Default: ''. */
  readonly user?: string;
  /** The kinds of elements that the app defined. Default: none. */
  readonly kinds?: readonly CustomKind[];
  /** How many steps can be undone. Default 1,000. */
  readonly undoLimit?: number;
}

/** What happened to the board in one transaction. */
export interface Effect {
  readonly change: Change;
  /** The elements that look different now, those that came and went included. */
  readonly touched: readonly ElementId[];
  /** Whether it was committed on this board. */
  readonly local: boolean;
  /** The origin of the Yjs transaction. */
  readonly origin: unknown;
  /** The Yjs clientID of who made it; null where it sums up the work of several. */
  readonly writer: number | null;
  /** Their user id; null where it is not known (C9). */
  readonly user: string | null;
}

export interface CommitOptions {
  /** `step` can be undone by itself, `merge` with the last step, `none` not at all. Default `step`. */
  readonly undo?: 'step' | 'merge' | 'none';
}

/** A board: elements, read from a Y.Doc and changed by committing changes to it. */
export interface Board {
  readonly doc: Y.Doc;
  readonly user: string;
  readonly random: RandomBytes;
  /** The Yjs clientID under which this board writes. */
  readonly writer: number;
  /** Whether a newer program wrote the document, so that this one could only damage it (D12). */
  readonly readOnly: boolean;
  /** The number of elements that can be seen. */
  readonly size: number;
  /** How many values from the network were passed over because they could not be read (D7). */
  readonly ignored: number;
  /** Undefined when there is none, or it is removed. */
  get(id: ElementId): Element | undefined;
  /** Like `get`, and what was removed too. */
  recall(id: ElementId): Element | undefined;
  /** All elements that can be seen, in paint order. */
  elements(): Iterable<Element>;
  /** The elements whose bounds meet `box`, in paint order. Groups have none. */
  query(box: Box): Element[];
  /** What can be seen of the elements in a group or frame, in paint order. */
  children(id: ElementId): Element[];
  /** The highest place in paint order that an element has had; null on an empty board. */
  topOrder(): OrderIndex | null;
  /** Prepares a large board for reading, piece by piece of a few ms: `for (const _ of board.indexing()) await …`. */
  indexing(): Iterable<void>;

  /** Milliseconds since the epoch, by this board's clock. */
  now(): number;
  /** A stamp that is newer than every one this board has seen. */
  stamp(): Stamp;
  /** The writes by which this board would make a register show `value`; none where the element is not there. */
  write(id: ElementId, register: Register, value: Value, stamp: Stamp): readonly [WriteKey, Write][];
  /** What elements would look like with the change; undefined for those that it takes away. */
  preview(change: Change): ReadonlyMap<ElementId, Element | undefined>;
  /**
   * Makes the change: one Yjs transaction, and so one update. Throws `InkwireError` with code `read-only`, or
   * `RangeError` for a change that cannot be made on this board, and then changes nothing.
   */
  commit(change: Change, options?: CommitOptions): void;
  /** Takes back my last step; what others have written over it stays. False when there is nothing to take back. */
  undo(): boolean;
  /** Does my last undone step again. */
  redo(): boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;

  /** Calls `listener` after every transaction that changed the board; returns the way to stop. */
  subscribe(listener: (effect: Effect) => void): () => void;
  /** Calls `listener` for every write of mine that lost to a concurrent one; returns the way to stop. */
  onConflict(listener: (conflict: Conflict) => void): () => void;
  /** Says which users write under which clientIDs. */
  attribute(users: Iterable<readonly [writer: number, user: string]>): void;
  userOf(writer: number): string | null;
  /** Stops listening to the document, which stays as it is. */
  destroy(): void;
}

/** A commit under way: what became of it is known when Yjs reports its transaction. */
interface Commit {
  readonly inverseTexts: ReadonlyMap<ElementId, TextDelta>;
  readonly options: CommitOptions;
  readonly turned?: { readonly direction: Direction; readonly entry: HistoryEntry };
}

export const createBoard = (options: BoardOptions = {}): Board => {
  const {
    doc = new Y.Doc(),
    clock = Date.now,
    random = systemRandom,
    user = '',
    undoLimit = 1_000,
  } = options;
  const kinds = new Map((options.kinds ?? []).map((kind) => [kind.name, kind]));
  const layout = layoutOf(doc);
  const replica = createReplica(layout);
  const { records } = replica;
  const surroundings: Surroundings = {
    kinds,
    runs(id) {
      const text = textOf(layout, id);
      return text === null ? [] : runsOf(text);
    },
  };
  const scene = createScene(records, surroundings);
  const history = createHistory(undoLimit);
  const listeners = new Set<(effect: Effect) => void>();
  const conflictListeners = new Set<(conflict: Conflict) => void>();
  const users = new Map<number, string>();
  const commits = new WeakMap<Y.Transaction, Commit>();
  replica.load();

  const carriesText = (kind: string): boolean =>
    isKindName(kind) ? KINDS[kind].text : (kinds.get(kind)?.text ?? false);

  const remember = (change: Change, commit: Commit | undefined): void => {
    const { undo = 'step' } = commit?.options ?? { undo: 'none' };
    if (commit?.turned !== undefined) {
      history.turn(commit.turned.direction, commit.turned.entry, change, commit.inverseTexts);
    } else if (commit === undefined || undo === 'none') history.pass(change);
    else history.add(change, commit.inverseTexts, undo === 'merge');
  };

  const report = (change: Change): void => {
    for (const lost of lostWrites(change, records, doc.clientID)) {
      const register = registerOf(lost.code) as Register;
      const conflict = describeConflict(lost, board.userOf(lost.theirs.writer), () =>
        board.commit(changeOf(board, board.write(lost.id, register, lost.mine.value, board.stamp()))),
      );
      for (const listener of [...conflictListeners]) listener(conflict);
    }
  };

  const react = (transaction: Y.Transaction): void => {
    // While nobody looks at the board there is nothing to compare with.
    const watched = scene.started() || listeners.size > 0;
    const change = replica.take(transaction, watched ? scene.before : ignore);
    const touched = watched ? scene.settle() : [];
    if (isEmptyChange(change)) return;
    const commit = commits.get(transaction);
    remember(change, commit);
    const writer = change.writer === 0 ? null : change.writer;
    const { local, origin } = transaction;
    const effect = {
      change,
      touched,
      local,
      origin,
      writer,
      user: writer === null ? null : board.userOf(writer),
    };
    for (const listener of [...listeners]) listener(effect);
    if (conflictListeners.size > 0 && commit === undefined) report(change);
  };
  doc.on('afterTransaction', react);

  const assertWritable = (): void => {
    if (!board.readOnly) return;
    throw new InkwireError(
      'read-only',
      `This board was written by a newer version of the program (schema ${schemaOf(layout)}, this one knows ${SCHEMA}): reload to edit it.`,
    );
  };

  const make = (change: Change, commitOptions: CommitOptions, turned?: Commit['turned']): void => {
    assertWritable();
    const author = { writer: doc.clientID, stamp: board.stamp(), lastSeen: replica.lastStamp() };
    const { inverseTexts, write } = planCommit(layout, records, change, author, carriesText);
    doc.transact((transaction) => {
      commits.set(transaction, { inverseTexts, options: commitOptions, ...(turned && { turned }) });
      write();
    }, board);
  };

  const turn = (direction: Direction): boolean => {
    assertWritable();
    for (let entry = history.pop(direction); entry !== undefined; entry = history.pop(direction)) {
      const change = revert(entry, records, doc.clientID, board.stamp());
      if (isEmptyChange(change)) continue;
      make(change, {}, { direction, entry });
      return true;
    }
    return false;
  };

  const board: Board = {
    doc,
    user,
    random,
    get writer() {
      return doc.clientID;
    },
    get readOnly() {
      return schemaOf(layout) > SCHEMA;
    },
    get size() {
      return scene.size();
    },
    get ignored() {
      return replica.ignored();
    },
    get: scene.get,
    recall(id) {
      const record = records.get(id);
      return (record && scene.element(record)) ?? undefined;
    },
    elements: scene.elements,
    query: scene.query,
    children: scene.children,
    topOrder: scene.topOrder,
    indexing: scene.indexing,
    now: clock,
    stamp: () => nextStamp(replica.lastStamp(), clock()),
    write(id, register, value, stamp) {
      const record = records.get(id) ?? createRecord(id);
      return writesOf(record, register, value, doc.clientID, stamp);
    },
    preview: (change) => previewChange(change, records, scene, surroundings),
    commit: (change, commitOptions = {}) => make(change, commitOptions),
    undo: () => turn('undo'),
    redo: () => turn('redo'),
    get canUndo() {
      return history.canUndo;
    },
    get canRedo() {
      return history.canRedo;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onConflict(listener) {
      conflictListeners.add(listener);
      return () => conflictListeners.delete(listener);
    },
    attribute(entries) {
      for (const [writer, name] of entries) users.set(writer, name);
    },
    userOf: (writer) => (writer === doc.clientID ? user : (users.get(writer) ?? null)),
    destroy() {
      doc.off('afterTransaction', react);
      listeners.clear();
      conflictListeners.clear();
    },
  };
  return board;
};

const ignore = (): void => {};

const changeOf = (board: Board, writes: readonly [WriteKey, Write][]): Change => ({
  writer: board.writer,
  births: new Map(),
  writes: new Map(writes),
  texts: new Map(),
});
