import * as Y from 'yjs';
import { type Change, nothing, parseWriteKey, type Version } from '../change/change.js';
import type { Stamp } from '../change/stamp.js';
import { coveredBy, cutsCharacter, invertDelta, lengthOf } from '../change/text-delta.js';
import { sameVersion } from '../change/version.js';
import { decodeBirth } from '../element/birth.js';
import type { ElementId } from '../element/id.js';
import type { Kind } from '../element/kind.js';
import { REGISTERS, type Register, registerOf } from '../element/register.js';
import { plainText, type TextDelta, type TextRun, type TextStep } from '../element/text.js';
import { type Layout, packVersion, slotKey, textOf, writableText } from './layout.js';
import { birthOf, type ElementRecord, versionBy, versionsOf } from './record.js';
import { writeSchema } from './schema.js';
import { seenOf } from './seen.js';
import { runsOf } from './text-effect.js';

/** Who writes, and what they have seen. */
export interface Author {
  readonly writer: number;
  /** Newer than everything seen. */
  readonly stamp: Stamp;
  readonly lastSeen: Stamp;
}

/** A change as operations on the document, checked as a whole before any of it is made. */
export interface Plan {
  /** The deltas that take the texts back. */
  readonly inverseTexts: ReadonlyMap<ElementId, TextDelta>;
  /** Makes the change, inside a transaction of the caller's. */
  write(): void;
}

interface Operations {
  readonly births: { readonly id: ElementId; readonly birth: Uint8Array; readonly text: boolean }[];
  readonly sets: [key: string, version: Uint8Array][];
  readonly deletes: string[];
  readonly texts: [id: ElementId, delta: TextDelta][];
}

type Records = ReadonlyMap<ElementId, ElementRecord>;

/** A write that was made on what its author has seen keeps its stamp, any other gets one that is newer (D3). */
const stamped = ({ stamp, value, writer }: Version, author: Author, register: Register): Version => ({
  stamp: writer === author.writer && stamp > author.lastSeen ? stamp : author.stamp,
  writer: author.writer,
  value: register.type.check(value, register.code),
});

const planWrites = (
  change: Change,
  layout: Layout,
  records: Records,
  author: Author,
  operations: Operations,
): void => {
  for (const [key, { from, to }] of change.writes) {
    const { id, code, writer } = parseWriteKey(key);
    const record = records.get(id);
    const register = registerOf(code);
    if (register === undefined || register.merge === 'fixed')
      throw new RangeError(`No register ${code} can be written.`);
    if (to !== null) {
      const version = stamped(to, author, register);
      const isRemoval = code === REGISTERS.removed.code && version.value === true;
      const seen = isRemoval ? seenOf(layout, id, record, author.writer) : null;
      operations.sets.push([slotKey(id, code, author.writer), packVersion(register, version, seen)]);
    }
    if (writer === null) {
      // A write replaces every version its writer saw.
      for (const sibling of record === undefined ? [] : versionsOf(record, code)) {
        if (sibling.writer !== author.writer) operations.deletes.push(slotKey(id, code, sibling.writer));
      }
    } else if (to === null && writer !== author.writer && record !== undefined) {
      // Whose version was taken over into ours, unless it has been written anew since.
      if (sameVersion(versionBy(record, code, writer), from))
        operations.deletes.push(slotKey(id, code, writer));
    }
  }
};

const NO_TEXT: readonly TextRun[] = [];

/**
 * Says how to make `change` on the document as it is now. Throws `RangeError` for one that cannot be: an id that is
 * taken, a register that is not known, a delta that does not fit its text.
 */
export const planCommit = (
  layout: Layout,
  records: Records,
  change: Change,
  author: Author,
  carriesText: (kind: string) => Kind['text'],
): Plan => {
  const operations: Operations = { births: [], sets: [], deletes: [], texts: [] };
  const canBeWritten = (id: ElementId): boolean => {
    const record = records.get(id);
    const birth = record === undefined ? null : birthOf(record);
    return birth !== null && carriesText(birth.kind) === 'once written';
  };
  for (const [id, { to }] of change.births) {
    if (to === null) continue;
    if (layout.births.has(id)) throw new RangeError(`There is an element with the id ${id} already.`);
    // A kind that is not known here carries a text if it comes with one.
    const text = carriesText(decodeBirth(to)?.kind ?? '') === 'from birth' || change.texts.has(id);
    operations.births.push({ id, birth: to, text });
  }
  planWrites(change, layout, records, author, operations);
  const inverseTexts = change.texts.size === 0 ? null : new Map<ElementId, TextDelta>();
  for (const [id, delta] of change.texts) {
    const text = textOf(layout, id);
    if (text === null && !change.births.has(id) && !canBeWritten(id))
      throw new RangeError(`The element ${id} carries no text.`);
    const runs = text === null ? NO_TEXT : runsOf(text);
    if (coveredBy(delta) > lengthOf(runs))
      throw new RangeError(`The delta is longer than the text of ${id}.`);
    if (cutsCharacter(delta, plainText(runs)))
      throw new RangeError(`The delta cuts a character of ${id} in two.`);
    inverseTexts?.set(id, invertDelta(delta, runs));
    operations.texts.push([id, delta]);
  }
  return { inverseTexts: inverseTexts ?? nothing(), write: () => writeAll(layout, operations) };
};

const writeAll = (layout: Layout, operations: Operations): void => {
  writeSchema(layout);
  for (const { id, birth, text } of operations.births) {
    layout.births.set(id, birth);
    if (text) layout.texts.set(id, new Y.Text());
  }
  for (const [key, version] of operations.sets) layout.registers.set(key, version);
  for (const key of operations.deletes) layout.registers.delete(key);
  // Yjs notes the formatting that it ends in the steps it is given.
  for (const [id, delta] of operations.texts) writableText(layout, id).applyDelta(delta.map(copyStep));
};

const copyStep = (step: TextStep): TextStep =>
  'attributes' in step ? { ...step, attributes: { ...step.attributes } } : step;
