import { type Version, type Write, type WriteKey, writeKey } from '../change/change.js';
import type { Stamp } from '../change/stamp.js';
import { foldSlots, hasSlots, type Register, subtractValue } from '../element/register.js';
import type { Value } from '../element/value.js';
import {
  birthOf,
  bornValue,
  type ElementRecord,
  newestVersion,
  readRegister,
  versionBy,
  versionsOf,
} from './record.js';

/** The write by which `writer`'s own version of a register becomes `value`. */
export const ownWrite = (
  record: ElementRecord,
  register: Register,
  value: Value,
  writer: number,
  stamp: Stamp,
): [WriteKey, Write] => [
  writeKey(record.id, register.code, writer),
  { from: versionBy(record, register.code, writer), to: { stamp, writer, value } },
];

/**
 * The writes by which `writer` makes a register show `value`, of those versions that this record has (D3, D5).
 * Of a `sum`, it is the writer's own part that becomes `value`.
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
  if (!hasSlots(register)) {
    const to: Version = { stamp, writer, value };
    return [[writeKey(id, code), { from: newestVersion(record, code), to }]];
  }
  if (register.merge === 'sum') return [ownWrite(record, register, value, writer, stamp)];
  return unionWrites(record, register, value, writer, stamp);
};

/**
 * Whoever only adds to a union adds to their own version, and each can take back their own. Whoever takes something out
 * has to take over the versions of all others.
 */
const unionWrites = (
  record: ElementRecord,
  register: Register,
  value: Value,
  writer: number,
  stamp: Stamp,
): [WriteKey, Write][] => {
  const { code } = register;
  const birth = birthOf(record);
  const born = birth === null ? [] : bornValue(birth, register);
  const shown = birth === null ? [] : readRegister(record, birth, register);
  const others = versionsOf(record, code).filter((version) => version.writer !== writer);
  if (subtractValue(register, shown, value).length === 0) {
    const added = subtractValue(register, value, shown);
    const own = versionBy(record, code, writer)?.value ?? (others.length === 0 ? born : []);
    const sum = foldSlots(register, [own, added]);
    return added.length === 0 ? [] : [ownWrite(record, register, sum, writer, stamp)];
  }
  return [
    ownWrite(record, register, value, writer, stamp),
    ...others.map((other): [WriteKey, Write] => [
      writeKey(record.id, code, other.writer),
      { from: other, to: null },
    ]),
  ];
};
