import { type Change, parseWriteKey, type Version } from '../change/change.js';
import type { Stamp } from '../change/stamp.js';
import { registerOf } from '../element/register.js';
import { type Layout, packVersion, slotKey } from './layout.js';
import type { Replica } from './replica.js';

/**
 * Writes a change into the document as `writer`, inside a transaction of the caller's. A write that was not made on
 * what the board has now gets `stamp`, so that it is newer than everything seen (D3).
 */
export const writeChange = (
  layout: Layout,
  replica: Replica,
  change: Change,
  writer: number,
  stamp: Stamp,
): void => {
  for (const [id, { to }] of change.births) {
    if (to !== null && !layout.births.has(id)) layout.births.set(id, to);
  }
  const lastSeen = replica.lastStamp();
  for (const [key, { to }] of change.writes) {
    const { id, code } = parseWriteKey(key);
    const register = registerOf(code);
    if (to === null || register === undefined) continue;
    const fresh = to.writer === writer && to.stamp > lastSeen;
    layout.registers.set(
      slotKey(id, code, writer),
      packVersion(register, fresh ? to.stamp : stamp, to.value),
    );
    for (const sibling of replica.record(id)?.siblings ?? []) absorb(layout, id, code, writer, sibling);
  }
};

/** A write replaces every version its writer saw. */
const absorb = (
  layout: Layout,
  id: Parameters<typeof slotKey>[0],
  code: string,
  writer: number,
  sibling: Version & { readonly code: string },
): void => {
  if (sibling.code === code && sibling.writer !== writer)
    layout.registers.delete(slotKey(id, code, sibling.writer));
};
