import { type Change, parseWriteKey, type Version } from '../change/change.js';
import { isNewer } from '../change/version.js';
import type { ElementId } from '../element/id.js';
import { REGISTERS, registerName } from '../element/register.js';
import { sameValue, type Value } from '../element/value.js';
import { type Layout, slotKey, unpackSeen } from './layout.js';
import { type ElementRecord, versionBy } from './record.js';
import { lastWriteIn } from './seen.js';

/**
 * Something of mine that lost to what somebody did at the same time (C8): they wrote the same register, or, where the
 * register is `removed`, they removed an element that I was changing, and my change waits underneath.
 */
export interface Conflict {
  readonly id: ElementId;
  /** The register's name, or of an app's own register its code. */
  readonly register: string;
  readonly mine: Value;
  readonly theirs: Value;
  /** The Yjs clientID of who wrote the other. */
  readonly by: number;
  /** Their user id, if it is known. */
  readonly user: string | null;
  /**
   * Writes my value again, over theirs, as a step that can be undone, or as part of the last one: several that are
   * restored together are one step.
   *
   * @returns false where it shows already, or the element is gone for good: then nothing was written.
   */
  restore(undo?: 'step' | 'merge'): boolean;
}

/** A value of mine that an effect replaced by one whose writer had not seen what I did. */
export interface LostWrite {
  readonly id: ElementId;
  readonly code: string;
  readonly mine: Value;
  readonly theirs: Version;
}

type Records = ReadonlyMap<ElementId, ElementRecord>;

/** What `writer` did and an effect took from sight. */
export const lostWrites = (change: Change, layout: Layout, records: Records, writer: number): LostWrite[] => {
  const lost: LostWrite[] = [];
  for (const [key, { from, to: theirs }] of change.writes) {
    if (theirs === null || theirs.writer === writer) continue;
    const mayHaveLost = from?.writer === writer && isNewer(theirs, from);
    const mayBeCovered = theirs.value === true && from?.value !== true;
    if (!mayHaveLost && !mayBeCovered) continue;
    const { id, code } = parseWriteKey(key);
    const record = records.get(id);
    if (record === undefined) continue;
    if (mayHaveLost && standsBeside(record, code, from, theirs))
      lost.push({ id, code, mine: from.value, theirs });
    else if (mayBeCovered && isCovered(layout, record, code, theirs, writer))
      lost.push({ id, code, mine: false, theirs });
  }
  return lost;
};

/** Whether mine is still there and says something else. Whoever saw it took it away: then there is no conflict. */
const standsBeside = (record: ElementRecord, code: string, mine: Version, theirs: Version): boolean =>
  versionBy(record, code, mine.writer)?.stamp === mine.stamp && !sameValue(mine.value, theirs.value);

/** Whether theirs removed an element without having seen what `writer` changed of it. */
const isCovered = (
  layout: Layout,
  record: ElementRecord,
  code: string,
  theirs: Version,
  writer: number,
): boolean => {
  if (code !== REGISTERS.removed.code) return false;
  const removal = layout.registers.get(slotKey(record.id, code, theirs.writer));
  return lastWriteIn(layout, record, writer) > (unpackSeen(removal)?.get(writer) ?? 0);
};

export const describeConflict = (
  { id, code, mine, theirs }: LostWrite,
  user: string | null,
  restore: Conflict['restore'],
): Conflict => ({
  id,
  register: registerName(code) ?? code,
  mine,
  theirs: theirs.value,
  by: theirs.writer,
  user,
  restore,
});
