import { type Change, parseWriteKey, type Version } from '../change/change.js';
import { isNewer } from '../change/version.js';
import type { ElementId } from '../element/id.js';
import { registerName } from '../element/register.js';
import type { Value } from '../element/value.js';
import { type ElementRecord, versionBy } from './record.js';

/** A write of mine that lost to one made at the same time (C8). */
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
  /** Writes my value again, over theirs. */
  restore(): void;
}

/** A version of mine that an effect replaced by one whose writer had not seen it. */
export interface LostWrite {
  readonly id: ElementId;
  readonly code: string;
  readonly mine: Version;
  readonly theirs: Version;
}

/** The writes of `writer` that lost in an effect. Whoever saw mine took it away: then there is no conflict. */
export const lostWrites = (
  change: Change,
  records: ReadonlyMap<ElementId, ElementRecord>,
  writer: number,
): LostWrite[] => {
  const lost: LostWrite[] = [];
  for (const [key, { from: mine, to: theirs }] of change.writes) {
    if (mine?.writer !== writer || theirs === null || theirs.writer === writer || !isNewer(theirs, mine))
      continue;
    const { id, code } = parseWriteKey(key);
    const record = records.get(id);
    if (record === undefined || versionBy(record, code, writer)?.stamp !== mine.stamp) continue;
    if (JSON.stringify(mine.value) === JSON.stringify(theirs.value)) continue;
    lost.push({ id, code, mine, theirs });
  }
  return lost;
};

export const describeConflict = (
  { id, code, mine, theirs }: LostWrite,
  user: string | null,
  restore: () => void,
): Conflict => ({
  id,
  register: registerName(code) ?? code,
  mine: mine.value,
  theirs: theirs.value,
  by: theirs.writer,
  user,
  restore,
});
