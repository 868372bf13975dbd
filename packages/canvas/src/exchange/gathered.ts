import type { NewElement, StoredElement } from '@inkwire/core';
import type { ExchangeError } from './exchange-error.js';
import type { PrepareOptions } from './prepare-picture.js';
import type { Remark } from './remarks.js';

/** What was made of something from outside: elements as a board stores them, and new ones. */
export interface Gathered {
  readonly stored: readonly StoredElement[];
  readonly elements: readonly NewElement[];
  readonly remarks: readonly Remark[];
  /** What failed while the rest came in. */
  readonly errors: readonly ExchangeError[];
}

export const NOTHING: Gathered = { stored: [], elements: [], remarks: [], errors: [] };

export interface GatherOptions extends PrepareOptions {
  /** Only what it says, whatever else there is. */
  readonly asText: boolean;
  /** No picture is put down larger than this, page units. */
  readonly largest: readonly [width: number, height: number];
  /** How far it is, 0 to 1; resolving lets the page breathe. Rejecting ends it. */
  readonly progress: (part: number) => Promise<void>;
}
