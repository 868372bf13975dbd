import type * as Y from 'yjs';
import type { Version } from '../change/change.js';
import { isNewer } from '../change/version.js';
import type { ElementId } from '../element/id.js';
import { REGISTERS } from '../element/register.js';
import { type Layout, layoutOf, parseSlotKey, unpackVersion } from './layout.js';

/**
 * Deletes from a document all that belongs to elements which were removed before `before` (ms since the epoch) and not
 * restored since (D8). For the server, when it compacts: whoever still has the undo of such a removal cannot bring the
 * element back.
 *
 * @returns how many elements went; the deletion is one Yjs transaction, and none at all when there were none
 */
export const purgeRemoved = (doc: Y.Doc, before: number): number => {
  const layout = layoutOf(doc);
  const purged = removedBefore(layout, before);
  if (purged.size === 0) return 0;
  doc.transact(() => {
    for (const id of purged) {
      if (layout.births.has(id)) layout.births.delete(id);
      if (layout.texts.has(id)) layout.texts.delete(id);
    }
    for (const key of [...layout.registers.keys()]) {
      const slot = parseSlotKey(key);
      if (slot && purged.has(slot.id)) layout.registers.delete(key);
    }
  });
  return purged.size;
};

const removedBefore = (layout: Layout, before: number): Set<ElementId> => {
  const newest = new Map<ElementId, Version>();
  for (const key of layout.registers.keys()) {
    const slot = parseSlotKey(key);
    if (slot?.code !== REGISTERS.removed.code) continue;
    if (layout.registers._map.get(key)?.id.client !== slot.writer) continue;
    const read = unpackVersion(slot.code, layout.registers.get(key));
    const version = read && { ...read, writer: slot.writer };
    if (version && isNewer(version, newest.get(slot.id) ?? null)) newest.set(slot.id, version);
  }
  const removed = new Set<ElementId>();
  for (const [id, { value, stamp }] of newest) if (value === true && stamp < before) removed.add(id);
  return removed;
};
