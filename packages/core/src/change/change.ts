import type { ElementId } from '../element/id.js';
import type { Value } from '../element/value.js';
import type { Stamp } from './stamp.js';

/** One write of a register: what, when, and by which writer (a Yjs clientID). */
export interface Version {
  readonly stamp: Stamp;
  readonly writer: number;
  readonly value: Value;
}

/**
 * How a register goes from one version to another; null is the element's birth.
 *
 * A register whose merge rule is `union` or `sum` has one version for each writer, and null is none at all.
 */
export interface Write {
  readonly from: Version | null;
  readonly to: Version | null;
}

/** How an element comes to be: the packed birth before and after, null for none. */
export interface BirthWrite {
  readonly from: Uint8Array | null;
  readonly to: Uint8Array | null;
}

/** `id/code`, or `id/code/writer` where each writer has a version of their own. */
export type WriteKey = string & { readonly __writeKey: unique symbol };

/** One operation on the board's registers and texts, independent of Yjs (C1). */
export interface Change {
  /** The Yjs clientID of whoever made it; 0 where it sums up the work of several. */
  readonly writer: number;
  readonly births: ReadonlyMap<ElementId, BirthWrite>;
  readonly writes: ReadonlyMap<WriteKey, Write>;
}

export const writeKey = (id: ElementId, code: string, writer?: number): WriteKey =>
  (writer === undefined ? `${id}/${code}` : `${id}/${code}/${writer.toString(36)}`) as WriteKey;

/** The parts of a {@link WriteKey}. */
export const parseWriteKey = (key: WriteKey): { id: ElementId; code: string; writer: number | null } => {
  const [id, code, writer] = key.split('/') as [ElementId, string, string | undefined];
  return { id, code, writer: writer === undefined ? null : Number.parseInt(writer, 36) };
};

export const isEmptyChange = (change: Change): boolean =>
  change.births.size === 0 && change.writes.size === 0;
