import type * as Y from 'yjs';
import type { Change, Write, WriteKey } from '../change/change.js';
import type { Stamp } from '../change/stamp.js';
import type { Element } from '../element/element.js';
import type { Box } from '../element/geometry.js';
import type { ElementId, RandomBytes } from '../element/id.js';
import type { OrderIndex } from '../element/order.js';
import type { Register } from '../element/register.js';
import type { Value } from '../element/value.js';
import type { Conflict } from './conflict.js';
import type { Overview } from './overview.js';
import type { StoredElement } from './stored-element.js';

/** What happened to the board in one transaction. */
export interface Effect {
  readonly change: Change;
  /** The elements that look different now, those that came and went included. */
  readonly touched: readonly ElementId[];
  /** What those of them were that could be seen. */
  readonly before: ReadonlyMap<ElementId, Element>;
  /** Whether it was committed on this board. */
  readonly local: boolean;
  /** The origin of the Yjs transaction. */
  readonly origin: unknown;
  /** The Yjs clientIDs of all whose work it is, the smallest first; none where the server cleared something away (C9). */
  readonly writers: readonly number[];
  /** The one writer; null where it sums up the work of several, or nobody's. */
  readonly writer: number | null;
  /** The user id of the one person behind all of `writers`; null where they are several, or not known. */
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
  /** All that an element which can be seen is, as JSON. */
  store(id: ElementId): StoredElement | undefined;
  /** All elements that can be seen, in paint order. */
  elements(): Iterable<Element>;
  /** The elements whose bounds meet `box`, or whose letters may reach into it, in paint order. Groups have none. */
  query(box: Box): Element[];
  /**
   * The same for painting very many elements from far away: thin strokes that nobody touched are not made elements.
   *
   * @param reach how far elements paint beyond their bounds, in page units. Strokes do not.
   * @param isThin of the width of a stroke.
   */
  overview(box: Box, reach: number, isThin: (width: number) => boolean): Overview;
  /** What can be seen of the elements in a group or frame, in paint order. */
  children(id: ElementId): Element[];
  /** The highest place in paint order that an element has had; null on an empty board. */
  topOrder(): OrderIndex | null;
  /** Prepares a large board for reading, piece by piece of a few ms: `for (const _ of board.indexing()) await …`. */
  indexing(): Generator<void>;

  /** Milliseconds since the epoch, by this board's clock. */
  now(): number;
  /** A stamp that is newer than every one this board has seen. */
  stamp(): Stamp;
  /**
   * The writes by which this board would make a register show `value`. None where it shows that already: a corner that is
   * dragged does not move the one that stays, and nobody else's move of it is covered.
   */
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
  /** Calls `listener` for everything of mine that lost to what somebody did at once; returns the way to stop (C8). */
  onConflict(listener: (conflict: Conflict) => void): () => void;
  /** Says which users write under which clientIDs. */
  attribute(users: Iterable<readonly [writer: number, user: string]>): void;
  userOf(writer: number): string | null;
  /** Stops listening to the document, which stays as it is. */
  destroy(): void;
}
