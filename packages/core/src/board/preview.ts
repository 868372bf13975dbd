import { type Change, parseWriteKey, type WriteKey } from '../change/change.js';
import { applyDelta } from '../change/text-delta.js';
import type { Element } from '../element/element.js';
import type { ElementId } from '../element/id.js';
import { createParentage } from './parentage.js';
import { readElement, type Surroundings } from './read-element.js';
import { birthOf, createRecord, type ElementRecord, isRemoved, setSibling } from './record.js';
import { type Neighbours, resolveElement } from './resolve-element.js';
import type { Scene } from './scene-port.js';

/** The record as it would be with the change. */
const overlaid = (record: ElementRecord, change: Change, keys: readonly WriteKey[]): ElementRecord => {
  const birth = change.births.get(record.id)?.to;
  // Unpacked once for all previews.
  const born = birth ? undefined : birthOf(record);
  const copy: ElementRecord = { ...record, birth: birth ?? record.birth, born };
  for (const key of keys) {
    const { code, writer } = parseWriteKey(key);
    const { to } = change.writes.get(key) ?? { to: null };
    if (writer === null) copy.siblings = copy.siblings.filter((sibling) => sibling.code !== code);
    if (to !== null || writer !== null) setSibling(copy, code, writer ?? to?.writer ?? 0, to);
  }
  return copy;
};

/**
 * What elements would look like if the change were committed now, bound lines that follow included; undefined for
 * those that would not be seen. Nothing is changed.
 */
export const previewChange = (
  change: Change,
  records: ReadonlyMap<ElementId, ElementRecord>,
  scene: Scene,
  surroundings: Surroundings,
): Map<ElementId, Element | undefined> => {
  const keys = new Map<ElementId, WriteKey[]>();
  for (const id of [...change.births.keys(), ...change.texts.keys()]) keys.set(id, []);
  for (const key of change.writes.keys()) {
    const { id } = parseWriteKey(key);
    keys.set(id, [...(keys.get(id) ?? []), key]);
  }
  const alone = new Map<ElementId, Element | null>();
  const removed = new Set<ElementId>();
  for (const [id, own] of keys) {
    const record = overlaid(records.get(id) ?? createRecord(id), change, own);
    const runs = (): ReturnType<Surroundings['runs']> =>
      applyDelta(surroundings.runs(id), change.texts.get(id) ?? []);
    alone.set(id, readElement(record, { ...surroundings, runs }));
    if (isRemoved(record)) removed.add(id);
  }
  const committed = scene.neighbours();
  const writtenParent = (id: ElementId): ElementId | null => {
    const element = alone.get(id);
    const parent = element === undefined ? committed.writtenParent(id) : (element?.parent ?? null);
    if (parent === null || removed.has(parent)) return null;
    return alone.get(parent) != null || scene.get(parent) !== undefined ? parent : null;
  };
  const neighbours: Neighbours = {
    parent: createParentage(writtenParent).of,
    target: (id) => {
      const target = alone.get(id);
      return target === undefined ? committed.target(id) : target;
    },
  };
  const seen = new Map<ElementId, Element | undefined>();
  for (const [id, element] of alone) {
    seen.set(id, element === null || removed.has(id) ? undefined : resolveElement(element, neighbours));
  }
  for (const id of alone.keys()) {
    for (const line of scene.lines(id)) {
      const element = scene.get(line);
      if (element !== undefined && !seen.has(line)) seen.set(line, resolveElement(element, neighbours));
    }
  }
  return seen;
};
