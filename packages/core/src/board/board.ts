import * as Y from 'yjs';
import type { Change, Version } from '../change/change.js';
import { isEmptyChange } from '../change/change.js';
import { nextStamp, type Stamp } from '../change/stamp.js';
import { boundsOf } from '../element/bounds.js';
import type { Element } from '../element/element.js';
import type { Box } from '../element/geometry.js';
import { type ElementId, type RandomBytes, systemRandom } from '../element/id.js';
import { comparePaint, type OrderIndex } from '../element/order.js';
import { REGISTERS, type RegisterName } from '../element/register.js';
import { writeChange } from './commit.js';
import { layoutOf } from './layout.js';
import { elementOf, newestVersion } from './record.js';
import { createReplica } from './replica.js';

export interface BoardOptions {
  /** The document that holds the board. Default: a new one. */
  readonly doc?: Y.Doc;
  /** Milliseconds since the epoch. Default: the system's clock. */
  readonly clock?: () => number;
  /** Default: the platform's cryptographic randomness. */
  readonly random?: RandomBytes;
  /** The user id that new elements name as their author. Default: ''. */
  readonly user?: string;
}

/** What happened to the visible board in one transaction. */
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
}

/** A board: elements, read from a Y.Doc and changed by committing changes to it. */
export interface Board {
  readonly doc: Y.Doc;
  readonly user: string;
  readonly random: RandomBytes;
  /** The Yjs clientID under which this board writes. */
  readonly writer: number;
  /** The number of elements that can be seen. */
  readonly size: number;
  /** Undefined when there is none, or it is removed. */
  get(id: ElementId): Element | undefined;
  /** All elements that can be seen, in paint order. */
  elements(): Iterable<Element>;
  /** The elements whose bounds meet `box`, in paint order. */
  query(box: Box): Element[];
  /** The version that a register shows; null where only the birth wrote it. */
  version(id: ElementId, register: RegisterName): Version | null;
  /** The highest place in paint order that an element has; null on an empty board. */
  topOrder(): OrderIndex | null;
  /** Milliseconds since the epoch, by this board's clock. */
  now(): number;
  /** A stamp that is newer than every one this board has seen. */
  stamp(): Stamp;
  /** Makes the change: one Yjs transaction, and so one update. */
  commit(change: Change): void;
  /** Calls `listener` after every transaction that changed the board; returns the way to stop. */
  subscribe(listener: (effect: Effect) => void): () => void;
  /** Stops listening to the document, which stays as it is. */
  destroy(): void;
}

const meets = (a: Box, b: Box): boolean =>
  a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY;

export const createBoard = (options: BoardOptions = {}): Board => {
  const { doc = new Y.Doc(), clock = Date.now, random = systemRandom, user = '' } = options;
  const layout = layoutOf(doc);
  const listeners = new Set<(effect: Effect) => void>();
  const replica = createReplica(layout);
  replica.load();

  const react = (transaction: Y.Transaction): void => {
    const { change, touched } = replica.take(transaction);
    if (isEmptyChange(change)) return;
    const writer = change.writer === 0 ? null : change.writer;
    const { local, origin } = transaction;
    for (const listener of [...listeners]) listener({ change, touched, local, origin, writer });
  };
  doc.on('afterTransaction', react);

  const board: Board = {
    doc,
    user,
    random,
    get writer() {
      return doc.clientID;
    },
    get size() {
      return replica.visible();
    },
    get(id) {
      const record = replica.record(id);
      return (record && elementOf(record)) ?? undefined;
    },
    elements: () => sorted(replica.elements()),
    query: (box) => sorted(replica.elements()).filter((element) => meets(boundsOf(element), box)),
    version(id, register) {
      const record = replica.record(id);
      return record === undefined ? null : newestVersion(record, REGISTERS[register].code);
    },
    topOrder: () => replica.topOrder(),
    now: clock,
    stamp: () => nextStamp(replica.lastStamp(), clock()),
    commit(change) {
      doc.transact(() => writeChange(layout, replica, change, doc.clientID, board.stamp()), board);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy() {
      doc.off('afterTransaction', react);
      listeners.clear();
    },
  };
  return board;
};

const sorted = (elements: Iterable<Element>): Element[] => [...elements].sort(comparePaint);
