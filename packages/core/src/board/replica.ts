import type * as Y from 'yjs';
import {
  type BirthWrite,
  type Change,
  type Version,
  type Write,
  type WriteKey,
  writeKey,
} from '../change/change.js';
import { NO_STAMP, type Stamp } from '../change/stamp.js';
import { sameVersion } from '../change/version.js';
import type { Element } from '../element/element.js';
import { type ElementId, isElementId } from '../element/id.js';
import type { OrderIndex } from '../element/order.js';
import { type Layout, parseSlotKey, type Slot, unpackVersion } from './layout.js';
import { createRecord, type ElementRecord, elementOf, newestVersion, setSibling } from './record.js';

/** The board as this process knows it: a record for each element of the document, kept level with it. */
export interface Replica {
  record(id: ElementId): ElementRecord | undefined;
  elements(): Iterable<Element>;
  /** The number of elements that can be seen. */
  visible(): number;
  /** The highest place in paint order that an element has had; null where none was seen yet. */
  topOrder(): OrderIndex | null;
  /** The newest stamp of any register. */
  lastStamp(): Stamp;
  /** Reads what the document holds already. */
  load(): void;
  /** Brings the records level with a finished transaction, and says what it did to the visible board (C3). */
  take(transaction: Y.Transaction): { change: Change; touched: ElementId[] };
}

export const createReplica = (layout: Layout): Replica => {
  const records = new Map<ElementId, ElementRecord>();
  let visible = 0;
  let lastStamp = NO_STAMP;
  let topOrder: OrderIndex | null = null;
  /** What the elements touched by the transaction at hand looked like before it. */
  const before = new Map<ElementId, Element | null>();

  const recordOf = (id: ElementId): ElementRecord => {
    let record = records.get(id);
    if (record === undefined) {
      record = createRecord(id);
      records.set(id, record);
    }
    return record;
  };

  /** Whoever's slot it is must have written it: nobody writes in the name of another (S3). */
  const readSlot = (key: string, slot: Slot): Version | null => {
    const item = layout.registers._map.get(key);
    if (item === undefined || item.deleted || item.id.client !== slot.writer) return null;
    const read = unpackVersion(slot.code, layout.registers.get(key));
    if (read === null) return null;
    if (read.stamp > lastStamp) lastStamp = read.stamp;
    return { stamp: read.stamp, writer: slot.writer, value: read.value };
  };

  const readBirth = (id: ElementId): Uint8Array | null => {
    const bytes = layout.births.get(id);
    return bytes instanceof Uint8Array ? bytes : null;
  };

  const takeBirths = (keys: Iterable<string | null>, touched: Set<ElementId>): Map<ElementId, BirthWrite> => {
    const births = new Map<ElementId, BirthWrite>();
    for (const id of keys) {
      if (!isElementId(id)) continue;
      const record = recordOf(id);
      const from = record.birth;
      const to = readBirth(id);
      if (from === to) continue;
      touch(record, touched);
      record.birth = to;
      births.set(id, { from, to });
    }
    return births;
  };

  const takeRegisters = (keys: Iterable<string | null>, touched: Set<ElementId>): Map<WriteKey, Write> => {
    const shown = new Map<WriteKey, { slot: Slot; from: Version | null }>();
    for (const key of keys) {
      const slot = key === null ? null : parseSlotKey(key);
      if (key === null || slot === null) continue;
      const record = recordOf(slot.id);
      touch(record, touched);
      const write = writeKey(slot.id, slot.code);
      if (!shown.has(write)) shown.set(write, { slot, from: newestVersion(record, slot.code) });
      setSibling(record, slot.code, slot.writer, readSlot(key, slot));
    }
    const writes = new Map<WriteKey, Write>();
    for (const [key, { slot, from }] of shown) {
      const to = newestVersion(recordOf(slot.id), slot.code);
      if (!sameVersion(from, to)) writes.set(key, { from: plain(from), to: plain(to) });
    }
    return writes;
  };

  /** Forgets what the record looked like, and counts it as seen or not from before the change. */
  const touch = (record: ElementRecord, touched: Set<ElementId>): void => {
    if (touched.has(record.id)) return;
    touched.add(record.id);
    if (elementOf(record) !== null) visible -= 1;
    before.set(record.id, record.element ?? null);
    record.element = undefined;
  };
  const settle = (touched: Set<ElementId>): ElementId[] => {
    const different: ElementId[] = [];
    for (const id of touched) {
      const now = elementOf(recordOf(id));
      if (now !== null) {
        visible += 1;
        if (topOrder === null || now.order > topOrder) topOrder = now.order;
      }
      if (now !== null || before.get(id) !== null) different.push(id);
    }
    before.clear();
    return different;
  };

  const update = (birthKeys: Iterable<string | null>, registerKeys: Iterable<string | null>) => {
    const touched = new Set<ElementId>();
    const births = takeBirths(birthKeys, touched);
    const writes = takeRegisters(registerKeys, touched);
    return { births, writes, touched: settle(touched) };
  };

  return {
    record: (id) => records.get(id),
    *elements() {
      for (const record of records.values()) {
        const element = elementOf(record);
        if (element !== null) yield element;
      }
    },
    visible: () => visible,
    topOrder: () => topOrder,
    lastStamp: () => lastStamp,
    load: () => void update(layout.births.keys(), layout.registers.keys()),
    take(transaction) {
      const changed = (type: Y.Map<unknown>): Iterable<string | null> =>
        transaction.changed.get(type as unknown as Parameters<typeof transaction.changed.get>[0]) ?? [];
      const { births, writes, touched } = update(changed(layout.births), changed(layout.registers));
      return { change: { writer: soleWriter(transaction), births, writes }, touched };
    },
  };
};

const plain = (version: Version | null): Version | null =>
  version && { stamp: version.stamp, writer: version.writer, value: version.value };

/** The one client whose structs a transaction added, or 0. */
const soleWriter = (transaction: Y.Transaction): number => {
  let writer = 0;
  for (const [client, clock] of transaction.afterState) {
    if ((transaction.beforeState.get(client) ?? 0) === clock) continue;
    if (writer !== 0) return 0;
    writer = client;
  }
  return writer;
};
