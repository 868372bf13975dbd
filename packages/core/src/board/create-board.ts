import * as Y from 'yjs';
import { type Change, emptyChange, isEmptyChange } from '../change/change.js';
import { nextStamp } from '../change/stamp.js';
import type { CustomKind } from '../element/custom-kind.js';
import { type ElementId, type RandomBytes, systemRandom } from '../element/id.js';
import { isKindName, KINDS, type Kind } from '../element/kind.js';
import { type Register, registerOf } from '../element/register.js';
import type { TextDelta } from '../element/text.js';
import { InkwireError } from '../inkwire-error.js';
import type { Board, CommitOptions, Effect } from './board.js';
import { planCommit } from './commit.js';
import { type Conflict, describeConflict, type LostWrite, lostWrites } from './conflict.js';
import { createHistory, type Direction, type HistoryEntry } from './history.js';
import { layoutOf, textOf } from './layout.js';
import { previewChange } from './preview.js';
import type { Surroundings } from './read-element.js';
import { createRecord, shows } from './record.js';
import { createReplica } from './replica.js';
import { revert } from './revert.js';
import { createScene } from './scene.js';
import type { Difference } from './scene-port.js';
import { SCHEMA, schemaOf } from './schema.js';
import { sign, writersOf } from './signature.js';
import { storeElement } from './stored-element.js';
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

/** A commit under way: what became of it is known when Yjs reports its transaction. */
interface Commit {
  readonly inverseTexts: ReadonlyMap<ElementId, TextDelta>;
  readonly options: CommitOptions;
  readonly turned: { readonly direction: Direction; readonly entry: HistoryEntry } | undefined;
}

export const createBoard = (options: BoardOptions = {}): Board => {
  const {
    doc = new Y.Doc(),
    clock = Date.now,
    random = systemRandom,
    user = '',
    undoLimit = 1_000,
  } = options;
  const kinds = kindsByName(options.kinds ?? []);
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
  replica.load();

  const carriesText = (kind: string): Kind['text'] => {
    if (isKindName(kind)) return KINDS[kind].text;
    return kinds.get(kind)?.text ? 'from birth' : 'never';
  };

  const remember = (change: Change, commit: Commit | undefined): void => {
    const { undo = 'step' } = commit?.options ?? { undo: 'none' };
    if (commit?.turned !== undefined) {
      history.turn(commit.turned.direction, commit.turned.entry, change, commit.inverseTexts);
    } else if (commit === undefined || undo === 'none') history.pass(change);
    else history.add(change, commit.inverseTexts, undo === 'merge');
  };

  const report = (change: Change): void => {
    for (const lost of lostWrites(change, layout, records, doc.clientID)) {
      const restore = (undo?: CommitOptions['undo']): boolean => restoreWrite(lost, undo);
      const conflict = describeConflict(lost, board.userOf(lost.theirs.writer), restore);
      for (const listener of [...conflictListeners]) listener(conflict);
    }
  };

  const restoreWrite = ({ id, code, mine }: LostWrite, undo: CommitOptions['undo'] = 'step'): boolean => {
    if (board.recall(id) === undefined) return false;
    const writes = board.write(id, registerOf(code) as Register, mine, board.stamp());
    if (writes.length > 0) board.commit({ ...emptyChange(board.writer), writes: new Map(writes) }, { undo });
    return writes.length > 0;
  };

  /** The one user behind all of `writers`, if it is one and known. */
  const soleUser = ([first, ...others]: readonly number[]): string | null => {
    const name = first === undefined ? null : board.userOf(first);
    return others.every((writer) => board.userOf(writer) === name) ? name : null;
  };

  const tell = (
    change: Change,
    { touched, before }: Difference,
    writers: readonly number[],
    { local, origin }: Y.Transaction,
  ): void => {
    const writer = change.writer === 0 ? null : change.writer;
    const user = soleUser(writers);
    const effect: Effect = { change, touched, before, local, origin, writers, writer, user };
    for (const listener of [...listeners]) listener(effect);
  };

  const react = (transaction: Y.Transaction): void => {
    // While nobody looks at the board there is nothing to compare with.
    const watched = scene.started() || listeners.size > 0;
    const writers = writersOf(transaction);
    const commit = transaction.meta.get(board) as Commit | undefined;
    const isHeard = commit !== undefined || listeners.size > 0 || conflictListeners.size > 0;
    const change = replica.take(transaction, writers, watched ? scene.before : ignore, isHeard);
    const difference = listeners.size > 0 ? scene.settle() : null;
    if (isEmptyChange(change)) return;
    remember(change, commit);
    if (difference !== null) tell(change, difference, writers, transaction);
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
      transaction.meta.set(board, { inverseTexts, options: commitOptions, turned } satisfies Commit);
      write();
      sign(layout, transaction);
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
    store(id) {
      const record = records.get(id);
      const element = scene.get(id);
      if (record === undefined || element === undefined) return undefined;
      return storeElement(record, element, surroundings.runs(id)) ?? undefined;
    },
    elements: scene.elements,
    query: scene.query,
    overview: scene.overview,
    children: scene.children,
    topOrder: scene.topOrder,
    indexing: scene.indexing,
    now: clock,
    stamp: () => nextStamp(replica.lastStamp(), clock()),
    write(id, register, value, stamp) {
      const record = records.get(id) ?? createRecord(id);
      return shows(record, register, value) ? [] : writesOf(record, register, value, doc.clientID, stamp);
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
      // What changed before is not news to this listener.
      if (scene.started()) scene.settle();
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

const kindsByName = (list: readonly CustomKind[]): ReadonlyMap<string, CustomKind> => {
  const kinds = new Map(list.map((kind) => [kind.name, kind]));
  if (kinds.size < list.length) throw new RangeError('kinds must not hold two of one name.');
  return kinds;
};

const ignore = (): void => {};
