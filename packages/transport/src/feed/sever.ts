import * as Y from 'yjs';
import { deletedBy, encodeUpdate, type Range, type Run, type Struct } from './update-parts.js';

export interface Severed {
  readonly update: Uint8Array;
  /** What the update had that cannot be without what is gone; in its place is something that was deleted. */
  readonly lost: readonly Range[];
}

const meets = (ranges: readonly Range[], { client, clock, length }: Range): boolean =>
  ranges.some(
    (range) => range.client === client && range.clock < clock + length && clock < range.clock + range.length,
  );

const holds = (ranges: readonly Range[], id: Y.ID | null): boolean =>
  id !== null && meets(ranges, { client: id.client, clock: id.clock, length: 1 });

/**
 * What is left of an update when what it builds on turns out to be in no log, and never will be: all that can be without.
 * Null when it does not build on any of `gone`.
 */
export const sever = (update: Uint8Array, gone: readonly Range[]): Severed | null => {
  const decoded = Y.decodeUpdate(update);
  const deleted = deletedBy(decoded);
  const kept = deleted.filter((range) => !meets(gone, range));
  const lost: Range[] = [];
  const runs: (Run & { structs: Struct[] })[] = [];
  for (const struct of decoded.structs) {
    if (struct instanceof Y.Skip) return null;
    const { client, clock } = struct.id;
    const parent = struct instanceof Y.Item && struct.parent instanceof Y.ID ? struct.parent : null;
    const hangs =
      struct instanceof Y.Item &&
      [struct.origin, struct.rightOrigin, parent].some((id) => holds(gone, id) || holds(lost, id));
    if (hangs) lost.push({ client, clock, length: struct.length });
    const left = hangs ? new Y.GC(struct.id, struct.length) : struct;
    const run = runs.at(-1);
    if (run?.client === client) run.structs.push(left);
    else runs.push({ client, clock, structs: [left] });
  }
  if (lost.length === 0 && kept.length === deleted.length) return null;
  return { update: encodeUpdate(runs, kept), lost };
};

/** Severs updates that follow each other: what hangs on what one of them loses is lost too. Null for those left alone. */
export const severAll = (updates: readonly Uint8Array[], gone: readonly Range[]): (Severed | null)[] => {
  const all = [...gone];
  return updates.map((update) => {
    const severed = sever(update, all);
    if (severed) all.push(...severed.lost);
    return severed;
  });
};
