import type { Change, Step } from './change.js';
import type { Contents } from './contents.js';
import { invertDelta } from './text-delta.js';

const reversed = <K, T>(steps: ReadonlyMap<K, Step<T>>): ReadonlyMap<K, Step<T>> =>
  new Map([...steps].map(([key, { from, to }]) => [key, { from: to, to: from }]));

/**
 * The change that takes `change` back; `before` is what it was made on.
 *
 * `apply(apply(before, change), invert(change, before))` equals `before`, stamps included. So the inverse is older than
 * what it replaces and loses to everything written since; to make it on a board, use the board's `undo`.
 */
export const invert = (change: Change, before: Contents): Change => ({
  writer: change.writer,
  births: reversed(change.births),
  writes: reversed(change.writes),
  texts: new Map(
    [...change.texts].map(([id, delta]) => [id, invertDelta(delta, before.texts.get(id) ?? [])]),
  ),
});
