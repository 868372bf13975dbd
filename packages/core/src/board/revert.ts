import {
  type Change,
  emptyChange,
  parseWriteKey,
  type Version,
  type Write,
  type WriteKey,
} from '../change/change.js';
import type { Stamp } from '../change/stamp.js';
import { sameVersion } from '../change/version.js';
import type { ElementId } from '../element/id.js';
import { foldSlots, hasSlots, REGISTERS, type Register, registerOf } from '../element/register.js';
import type { Value } from '../element/value.js';
import type { HistoryEntry } from './history.js';
import { birthOf, bornValue, type ElementRecord, newestVersion, versionBy } from './record.js';
import { ownWrite, writesOf } from './writing.js';

const REMOVED = REGISTERS.removed;

/** What the register showed before an entry wrote it. */
const formerValue = (
  entry: HistoryEntry,
  record: ElementRecord,
  register: Register,
  key: WriteKey,
): Value | undefined => {
  const birth = birthOf(record);
  if (birth === null) return undefined;
  const own = entry.writes.get(key)?.from ?? null;
  if (register.merge === 'newest') return own === null ? bornValue(birth, register) : own.value;
  if (register.merge === 'sum') return own === null ? 0 : own.value;
  // A union's write took over the versions of others: all of them together are what was there.
  const former: Value[] = [];
  for (const [other, { from }] of entry.writes) {
    const { id, code } = parseWriteKey(other);
    if (from !== null && id === record.id && code === register.code) former.push(from.value);
  }
  return former.length === 0 ? bornValue(birth, register) : foldSlots(register, former);
};

/** What the key's register holds now. */
const currentVersion = (record: ElementRecord, key: WriteKey): Version | null => {
  const { code, writer } = parseWriteKey(key);
  return writer === null ? newestVersion(record, code) : versionBy(record, code, writer);
};

/**
 * The change that takes one of my steps back on the board as it is now. What somebody has written since stays as they
 * wrote it: a register goes back only where what it holds is still mine (C6).
 */
export const revert = (
  entry: HistoryEntry,
  records: ReadonlyMap<ElementId, ElementRecord>,
  writer: number,
  stamp: Stamp,
): Change => {
  const writes = new Map<WriteKey, Write>();
  const put = (pairs: Iterable<readonly [WriteKey, Write]>): void => {
    for (const [key, write] of pairs) writes.set(key, write);
  };
  for (const [id, standing] of entry.births) {
    const record = records.get(id);
    if (record === undefined || !sameVersion(newestVersion(record, REMOVED.code), standing)) continue;
    put(writesOf(record, REMOVED, true, writer, stamp));
  }
  for (const [key, { to }] of entry.writes) {
    const { id, code } = parseWriteKey(key);
    const record = records.get(id);
    const register = registerOf(code);
    if (to === null || record === undefined || register === undefined || entry.births.has(id)) continue;
    if (!sameVersion(currentVersion(record, key), to)) continue;
    const value = formerValue(entry, record, register, key);
    if (value === undefined) continue;
    // Of a union or a sum, only my own version goes back: what others have added is theirs.
    const pairs = hasSlots(register)
      ? [ownWrite(record, register, value, writer, stamp)]
      : writesOf(record, register, value, writer, stamp);
    put(pairs.filter(([own]) => own === key));
  }
  const texts = new Map([...entry.texts].filter(([id, delta]) => delta.length > 0 && !entry.births.has(id)));
  return { ...emptyChange(writer), writes, texts };
};
