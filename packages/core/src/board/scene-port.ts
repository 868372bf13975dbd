import type { Element } from '../element/element.js';
import type { Box } from '../element/geometry.js';
import type { ElementId } from '../element/id.js';
import type { OrderIndex } from '../element/order.js';
import type { Overview } from './overview.js';
import type { ElementRecord } from './record.js';
import type { Neighbours } from './resolve-element.js';

/** The records as a picture: what can be seen, where it lies, what hangs on what. */
export interface Scene {
  /** The number of elements that can be seen. */
  size(): number;
  /** What a record looks like among the others, removed or not; null while it is not born or cannot be read. */
  element(record: ElementRecord): Element | null;
  get(id: ElementId): Element | undefined;
  /** In paint order. */
  elements(): readonly Element[];
  query(box: Box): Element[];
  overview(box: Box, reach: number, isThin: (width: number) => boolean): Overview;
  /** Those that can be seen and lie in it, in paint order. */
  children(id: ElementId): Element[];
  /** The lines that have an end on it. */
  lines(id: ElementId): Iterable<ElementId>;
  /** With the parents as they were written, too: those that can be seen. */
  neighbours(): Neighbours & { writtenParent(id: ElementId): ElementId | null };
  topOrder(): OrderIndex | null;
  /** Whether anything has been taken in yet; until then, changes need not be reported to the scene. */
  started(): boolean;
  /** Takes in all records, a thousand at each step; reading before that is done takes in the rest at once. */
  indexing(): Generator<void>;
  /** To be called with every record before it changes in a transaction. */
  before(record: ElementRecord): void;
  /** What looks different since the last time. While nobody wants to know, reading sees to it. */
  settle(): Difference;
}

/** The elements that look different. */
export interface Difference {
  readonly touched: ElementId[];
  /** What those of them were that could be seen. */
  readonly before: Map<ElementId, Element>;
}
