import { type Version, type Write, type WriteKey, writeKey } from '../change/change.js';
import type { Stamp } from '../change/stamp.js';
import { hasSlots, type Register } from '../element/register.js';
import type { Value } from '../element/value.js';
import { type ElementRecord, newestVersion, versionBy, versionsOf } from './record.js';

/**
 * The writes by which `writer` makes a register show `value`, of those versions that this record has (D3, D5).
 * Of a `union`, all of them are taken over; of a `sum`, it is the writer's own part that becomes `value`.
 */
export const writesOf = (
  record: ElementRecord,
  register: Register,
  value: Value,
  writer: number,
  stamp: Stamp,
): [WriteKey, Write][] => {
  const { id } = record;
  const { code } = register;
  const to: Version = { stamp, writer, value };
  if (!hasSlots(register)) return [[writeKey(id, code), { from: newestVersion(record, code), to }]];
  const own: [WriteKey, Write] = [writeKey(id, code, writer), { from: versionBy(record, code, writer), to }];
  if (register.merge === 'sum') return [own];
  const others = versionsOf(record, code).filter((version) => version.writer !== writer);
  return [
    own,
    ...others.map((other): [WriteKey, Write] => [
      writeKey(id, code, other.writer),
      { from: other, to: null },
    ]),
  ];
};
