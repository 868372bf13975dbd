import * as Y from 'yjs';
import {
  type BirthWrite,
  type Change,
  nothing,
  type Version,
  type Write,
  type WriteKey,
  writeKey,
} from '../change/change.js';
import { NO_STAMP, type Stamp } from '../change/stamp.js';
import { sameVersion } from '../change/version.js';
import { type ElementId, isElementId } from '../element/id.js';
import { hasSlots, registerOf } from '../element/register.js';
import type { TextDelta } from '../element/text.js';
import { createLaterTexts } from './later-texts.js';
import { type Layout, laterText, parseSlotKey, type Slot, textOf, unpackVersion } from './layout.js';
import { createRecord, type ElementRecord, newestVersion, setSibling, versionBy } from './record.js';
import { lengthBefore, runsOf, textEffect } from './text-effect.js';

/** The document as this process knows it: a record for each element, kept level with it. */
export interface Replica {
  readonly records: ReadonlyMap<ElementId, ElementRecord>;
  /** The newest stamp of any register. */
  lastStamp(): Stamp;
  /** How many values were passed over because they could not be read (D7). */
  ignored(): number;
  /** Reads what the document holds already. */
  load(): void;
  /**
   * Calls `before` with each record that the transaction is about to change, once, and then changes it.
   *
   * @param writers whose work it is.
   * @param isHeard whether anybody wants to know of births: a board that is loaded has very many.
   */
  take(
    transaction: Y.Transaction,
    writers: readonly number[],
    before: (record: ElementRecord) => void,
    isHeard: boolean,
  ): Change;
}

/** What became of the map's keys, by Yjs's own account. */
type Keys = Iterable<string | null>;

export const createReplica = (layout: Layout): Replica => {
  const records = new Map<ElementId, ElementRecord>();
  const laterTexts = createLaterTexts(layout);
  let lastStamp = NO_STAMP;
  let ignored = 0;

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
    if (item === undefined || item.deleted) return null;
    const isTheirs = item.id.client === slot.writer;
    const version = isTheirs ? unpackVersion(slot.code, slot.writer, layout.registers.get(key)) : null;
    if (version === null) ignored += 1;
    else if (version.stamp > lastStamp) lastStamp = version.stamp;
    return version;
  };

  const readBirth = (id: string): Uint8Array | null => {
    const item = layout.births._map.get(id);
    if (item === undefined || item.deleted) return null;
    const { content } = item;
    const bytes = content instanceof Y.ContentBinary ? content.content : layout.births.get(id);
    if (bytes === undefined || bytes instanceof Uint8Array) return bytes ?? null;
    ignored += 1;
    return null;
  };

  const takeBirths = (
    keys: Keys | undefined,
    before: (record: ElementRecord) => void,
    isHeard: boolean,
  ): Change['births'] => {
    if (keys === undefined) return nothing();
    const births = new Map<ElementId, BirthWrite>();
    for (const id of keys) {
      if (!isElementId(id)) continue;
      const record = recordOf(id);
      const from = record.birth;
      const to = readBirth(id);
      if (from === to) continue;
      before(record);
      record.birth = to;
      record.born = undefined;
      if (isHeard) births.set(id, { from, to });
    }
    return births;
  };

  const takeRegisters = (
    keys: Keys | undefined,
    before: (record: ElementRecord) => void,
  ): Change['writes'] => {
    if (keys === undefined) return nothing();
    const writes = new Map<WriteKey, Write>();
    for (const key of keys) {
      const slot = key === null ? null : parseSlotKey(key);
      if (key === null || slot === null) continue;
      const record = recordOf(slot.id);
      const show = keyOf(slot);
      const known = writes.get(show);
      if (known === undefined) before(record);
      const from = known === undefined ? shownVersion(record, slot.code, slot.writer) : known.from;
      setSibling(record, slot.code, slot.writer, readSlot(key, slot));
      writes.set(show, { from, to: shownVersion(record, slot.code, slot.writer) });
    }
    for (const [key, { from, to }] of writes) if (sameVersion(from, to)) writes.delete(key);
    return writes;
  };

  const takeTexts = (
    transaction: Y.Transaction,
    before: (record: ElementRecord) => void,
  ): Change['texts'] => {
    const events = transaction.changedParentTypes.get(layout.texts as never) ?? [];
    const later = laterTexts.changed(transaction);
    if (events.length === 0 && later.length === 0) return nothing();
    const texts = new Map<ElementId, TextDelta>();
    const take = (id: ElementId, delta: TextDelta): void => {
      if (delta.length === 0) return;
      before(recordOf(id));
      texts.set(id, delta);
    };
    for (const event of events) {
      if (event.target === layout.texts) {
        for (const [id, { oldValue }] of event.changes.keys) {
          if (!isElementId(id)) continue;
          const before = oldValue instanceof Y.Text ? oldValue : laterText(layout, id);
          take(id, replacement(before, textOf(layout, id), transaction));
        }
      } else if (event.target instanceof Y.Text && event.target.parent === layout.texts) {
        const id = event.target._item?.parentSub;
        if (isElementId(id)) take(id, textEffect(event.target, transaction));
      }
    }
    for (const id of later) {
      const text = textOf(layout, id);
      if (text !== null && text.parent === null) take(id, textEffect(text, transaction));
    }
    return texts;
  };

  return {
    records,
    lastStamp: () => lastStamp,
    ignored: () => ignored,
    load() {
      for (const id of layout.births.keys()) if (isElementId(id)) recordOf(id).birth = readBirth(id);
      for (const key of layout.registers.keys()) {
        const slot = parseSlotKey(key);
        if (slot !== null) setSibling(recordOf(slot.id), slot.code, slot.writer, readSlot(key, slot));
      }
    },
    take(transaction, writers, before, isHeard) {
      const [writer = 0] = writers;
      const changed = (map: Y.Map<unknown>): Keys | undefined => transaction.changed.get(map as never);
      return {
        writer: writers.length === 1 ? writer : 0,
        births: takeBirths(changed(layout.births), before, isHeard),
        writes: takeRegisters(changed(layout.registers), before),
        texts: takeTexts(transaction, before),
      };
    },
  };
};

const slotted = (code: string): boolean => {
  const register = registerOf(code);
  return register !== undefined && hasSlots(register);
};

const keyOf = ({ id, code, writer }: Slot): WriteKey =>
  slotted(code) ? writeKey(id, code, writer) : writeKey(id, code);

const shownVersion = (record: ElementRecord, code: string, writer: number): Version | null =>
  slotted(code) ? versionBy(record, code, writer) : newestVersion(record, code);

/** A text was put where there was none, or another: all of it is new. */
const replacement = (before: Y.Text | null, after: Y.Text | null, transaction: Y.Transaction): TextDelta => {
  const length = before === null ? 0 : lengthBefore(before, transaction);
  const runs = after === null ? [] : runsOf(after);
  return length > 0 ? [...runs, { delete: length }] : runs;
};
