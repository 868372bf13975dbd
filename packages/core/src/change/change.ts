import type { ElementId } from '../element/id.js';
import type { TextDelta } from '../element/text.js';
import type { Value } from '../element/value.js';
import type { Stamp } from './stamp.js';

/** One write of a register: what, when, and by which writer (a Yjs clientID). */
export interface Version {
  readonly stamp: Stamp;
  readonly writer: number;
  readonly value: Value;
}

/** How something goes from one state to another; null is its absence. */
export interface Step<T> {
  readonly from: T | null;
  readonly to: T | null;
}

/**
 * How a register goes from one version to another; null is the element's birth.
 *
 * A register whose merge rule is `union` or `sum` has a version for each writer, and null is none at all.
 */
export type Write = Step<Version>;

/** How an element comes to be, by its packed birth. */
export type BirthWrite = Step<Uint8Array>;

/** `id/code`, or `id/code/writer` where each writer has a version of their own. */
export type WriteKey = string & { readonly __writeKey: unique symbol };

/** One operation on the board's registers and texts, independent of Yjs (C1). It is never changed in place. */
export interface Change {
  /** The Yjs clientID of whoever made it; 0 where it sums up the work of several. */
  readonly writer: number;
  readonly births: ReadonlyMap<ElementId, BirthWrite>;
  readonly writes: ReadonlyMap<WriteKey, Write>;
  readonly texts: ReadonlyMap<ElementId, TextDelta>;
}

const NOTHING: ReadonlyMap<unknown, unknown> = new Map();

/** The one empty map: most changes fill one of their three. */
export const nothing = <K, V>(): ReadonlyMap<K, V> => NOTHING as ReadonlyMap<K, V>;

export const emptyChange = (writer: number): Change => ({
  writer,
  births: nothing(),
  writes: nothing(),
  texts: nothing(),
});

export const isEmptyChange = (change: Change): boolean =>
  change.births.size === 0 && change.writes.size === 0 && change.texts.size === 0;

export const writeKey = (id: ElementId, code: string, writer?: number): WriteKey =>
  (writer === undefined ? `${id}/${code}` : `${id}/${code}/${writer.toString(36)}`) as WriteKey;

/** The parts of a {@link WriteKey}; `writer` is null where the register has one version for all. */
export const parseWriteKey = (key: WriteKey): { id: ElementId; code: string; writer: number | null } => {
  const start = key.indexOf('/');
  const end = key.indexOf('/', start + 1);
  return {
    id: key.slice(0, start) as ElementId,
    code: key.slice(start + 1, end < 0 ? undefined : end),
    writer: end < 0 ? null : Number.parseInt(key.slice(end + 1), 36),
  };
};

/** Whether the key names one writer's version of a register that keeps one for each. */
export const isSlotKey = (key: WriteKey): boolean => key.indexOf('/') !== key.lastIndexOf('/');
