import * as Y from 'yjs';
import { type Version, type WriteKey, writeKey } from '../change/change.js';
import type { Contents } from '../change/contents.js';
import { isNewer } from '../change/version.js';
import { type ElementId, isElementId } from '../element/id.js';
import { hasSlots, registerOf } from '../element/register.js';
import type { TextRun } from '../element/text.js';
import { layoutOf, parseSlotKey, textOf, unpackVersion } from './layout.js';
import { runsOf } from './text-effect.js';

/** All that a document holds, as plain values: what the effects of its transactions add up to (C3). */
export const readContents = (doc: Y.Doc): Contents => {
  const layout = layoutOf(doc);
  const births = new Map<ElementId, Uint8Array>();
  for (const [id, birth] of layout.births) {
    if (isElementId(id) && birth instanceof Uint8Array) births.set(id, birth);
  }
  const versions = new Map<WriteKey, Version>();
  for (const [key, packed] of layout.registers) {
    const slot = parseSlotKey(key);
    if (slot === null || layout.registers._map.get(key)?.id.client !== slot.writer) continue;
    const register = registerOf(slot.code);
    const version = unpackVersion(slot.code, slot.writer, packed);
    if (register === undefined || version === null) continue;
    const at = hasSlots(register) ? writeKey(slot.id, slot.code, slot.writer) : writeKey(slot.id, slot.code);
    if (isNewer(version, versions.get(at) ?? null)) versions.set(at, version);
  }
  const texts = new Map<ElementId, readonly TextRun[]>();
  for (const [id, text] of layout.texts) {
    const runs = isElementId(id) && text instanceof Y.Text ? runsOf(text) : [];
    if (runs.length > 0) texts.set(id as ElementId, runs);
  }
  for (const id of doc.share.keys()) {
    const text = isElementId(id) && !texts.has(id) ? textOf(layout, id) : null;
    const runs = text === null ? [] : runsOf(text);
    if (runs.length > 0) texts.set(id as ElementId, runs);
  }
  return { births, versions, texts };
};
