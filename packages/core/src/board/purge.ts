import type * as Y from 'yjs';
import { parseWriteKey, type Version, type WriteKey, writeKey } from '../change/change.js';
import { isNewer } from '../change/version.js';
import { decodeBirth } from '../element/birth.js';
import type { Binding } from '../element/compound-value.js';
import { type ElementId, isElementId } from '../element/id.js';
import { REGISTERS } from '../element/register.js';
import { type Layout, laterText, layoutOf, parseSlotKey, unpackVersion } from './layout.js';

/**
 * Deletes from a document all that belongs to elements which were removed before `before` (ms since the epoch) and not
 * restored since (D8), except those that a line is bound to: its end stays where they were. For the server, when it
 * compacts: whoever still has the undo of such a removal cannot bring the element back.
 *
 * @returns how many elements went; the deletion is one Yjs transaction, and none at all when there were none
 */
export const purgeRemoved = (doc: Y.Doc, before: number): number => {
  const layout = layoutOf(doc);
  const removed = newestVersions(layout, [REGISTERS.removed.code]);
  const purged = new Set<ElementId>();
  for (const [key, { value, stamp }] of removed) {
    if (value === true && stamp < before) purged.add(parseWriteKey(key).id);
  }
  if (purged.size > 0) for (const target of boundTargets(layout, purged)) purged.delete(target);
  if (purged.size === 0) return 0;
  doc.transact(() => {
    for (const id of purged) {
      if (layout.births.has(id)) layout.births.delete(id);
      if (layout.texts.has(id)) layout.texts.delete(id);
      const written = laterText(layout, id);
      if (written !== null) written.delete(0, written.length);
    }
    for (const key of [...layout.registers.keys()]) {
      const slot = parseSlotKey(key);
      if (slot && purged.has(slot.id)) layout.registers.delete(key);
    }
  });
  return purged.size;
};

/** What the registers of these codes show, where they were written. */
const newestVersions = (layout: Layout, codes: readonly string[]): ReadonlyMap<WriteKey, Version> => {
  const newest = new Map<WriteKey, Version>();
  for (const key of layout.registers.keys()) {
    const slot = parseSlotKey(key);
    if (slot === null || !codes.includes(slot.code)) continue;
    if (layout.registers._map.get(key)?.id.client !== slot.writer) continue;
    const version = unpackVersion(slot.code, slot.writer, layout.registers.get(key));
    const at = writeKey(slot.id, slot.code);
    if (version && isNewer(version, newest.get(at) ?? null)) newest.set(at, version);
  }
  return newest;
};

/** What lines that stay are bound to. */
const boundTargets = (layout: Layout, purged: ReadonlySet<ElementId>): Set<ElementId> => {
  const ends = [REGISTERS.startBinding.code, REGISTERS.endBinding.code];
  const written = newestVersions(layout, ends);
  const targets = new Set<ElementId>();
  for (const [id, bytes] of layout.births) {
    const birth =
      isElementId(id) && !purged.has(id) && bytes instanceof Uint8Array ? decodeBirth(bytes) : null;
    if (birth?.kind !== 'line' && birth?.kind !== 'arrow') continue;
    for (const code of ends) {
      const version = written.get(writeKey(id as ElementId, code));
      const binding = (version === undefined ? birth.values.get(code) : version.value) as
        | Binding
        | null
        | undefined;
      if (binding) targets.add(binding.element);
    }
  }
  return targets;
};
