import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { Version } from '../change/change.js';
import { isStamp } from '../change/stamp.js';
import { ELEMENT_ID_LENGTH, type ElementId, isElementId } from '../element/id.js';
import { type Register, registerOf } from '../element/register.js';
import { readSeen, type Seen, writeSeen } from '../element/removal.js';

/** How a board lies in a Y.Doc (D1). Names are one letter, since Yjs writes them with every first write of a key. */
export interface Layout {
  /** Packed births, by element id. */
  readonly births: Y.Map<unknown>;
  /** Packed stamps and values, by `id/code/writer`; the writer in base 36. */
  readonly registers: Y.Map<unknown>;
  /** A `Y.Text` for each element of a kind that carries one from its birth on (D10). */
  readonly texts: Y.Map<unknown>;
  readonly meta: Y.Map<unknown>;
  /** Its root texts, by element id, are those of elements that were born without one. */
  readonly doc: Y.Doc;
}

export const layoutOf = (doc: Y.Doc): Layout => ({
  births: doc.getMap('b'),
  registers: doc.getMap('r'),
  texts: doc.getMap('t'),
  meta: doc.getMap('m'),
  doc,
});

/** An element's text, if it has one. */
export const textOf = (layout: Layout, id: ElementId): Y.Text | null => {
  const text = layout.texts.get(id);
  return text instanceof Y.Text ? text : laterText(layout, id);
};

/** The text of an element that was born without one, once somebody has written on it. */
export const laterText = ({ doc }: Layout, id: ElementId): Y.Text | null =>
  doc.share.has(id) ? doc.getText(id) : null;

/**
 * The text of an element, to write in. One that was born without gets a root of the document: Yjs knows those by their
 * names, so that two people cannot create it twice (D10).
 */
export const writableText = (layout: Layout, id: ElementId): Y.Text =>
  textOf(layout, id) ?? layout.doc.getText(id);

/** Where one writer's version of a register lies (D3). */
export interface Slot {
  readonly id: ElementId;
  readonly code: string;
  readonly writer: number;
}

/** One writer is mostly followed by the same one: spelling a number in base 36 costs more than the rest of a key. */
let spelled = { writer: 0, text: '0' };

const spell = (writer: number): string => {
  if (spelled.writer !== writer) spelled = { writer, text: writer.toString(36) };
  return spelled.text;
};

/** Null for anything but the number's own spelling, which would be a second slot of the same writer. */
const readWriter = (text: string): number | null => {
  if (spelled.text === text) return spelled.writer;
  const writer = Number.parseInt(text, 36);
  return Number.isSafeInteger(writer) && writer >= 0 && spell(writer) === text ? writer : null;
};

/** What a commit has just named is the first thing that is looked up: it need not be taken apart. */
let justNamed: { readonly key: string; readonly slot: Slot } | null = null;

export const slotKey = (id: ElementId, code: string, writer: number): string => {
  const key = `${id}/${code}/${spell(writer)}`;
  justNamed = { key, slot: { id, code, writer } };
  return key;
};

/** Null for a key that names no slot. */
export const parseSlotKey = (key: string): Slot | null => {
  if (justNamed !== null && justNamed.key === key) return justNamed.slot;
  const id = key.slice(0, ELEMENT_ID_LENGTH);
  const end = key.indexOf('/', ELEMENT_ID_LENGTH + 1);
  if (!isElementId(id) || key.charCodeAt(ELEMENT_ID_LENGTH) !== 47 || end < ELEMENT_ID_LENGTH + 2)
    return null;
  const writer = readWriter(key.slice(end + 1));
  if (writer === null) return null;
  return { id, code: key.slice(ELEMENT_ID_LENGTH + 1, end), writer };
};

/** A new encoder for each of many small values would cost more than the rest of a commit. */
let scratch = encoding.createEncoder();
/** What a commit has just written is the first thing that is read: it need not be unpacked. */
let justPacked: { readonly bytes: Uint8Array; readonly version: Version } | null = null;

/** @param seen what a removal had seen of the element. */
export const packVersion = (register: Register, version: Version, seen: Seen | null = null): Uint8Array => {
  scratch.cpos = 0;
  encoding.writeVarUint(scratch, version.stamp);
  register.type.write(scratch, version.value);
  if (seen !== null) writeSeen(scratch, seen);
  const bytes = encoding.toUint8Array(scratch);
  // It grew: what it holds is spread over several buffers.
  if (scratch.bufs.length > 0) scratch = encoding.createEncoder();
  justPacked = { bytes, version };
  return bytes;
};

/** What a slot's bytes say; null for bytes that hold no stamp and value of its register. */
export const unpackVersion = (code: string, writer: number, bytes: unknown): Version | null => {
  if (justPacked !== null && justPacked.bytes === bytes && justPacked.version.writer === writer) {
    return justPacked.version;
  }
  const register = registerOf(code);
  if (register === undefined || register.merge === 'fixed' || !(bytes instanceof Uint8Array)) return null;
  const decoder = decoding.createDecoder(bytes);
  try {
    const stamp = decoding.readVarUint(decoder);
    const value = register.type.read(decoder);
    return isStamp(stamp) && !decoding.hasContent(decoder) ? { stamp, writer, value } : null;
  } catch {
    return null;
  }
};

/** What a removal's bytes say it had seen of the element; null for bytes that are no removal. */
export const unpackSeen = (bytes: unknown): Seen | null => {
  if (!(bytes instanceof Uint8Array)) return null;
  const decoder = decoding.createDecoder(bytes);
  try {
    decoding.readVarUint(decoder);
    return readSeen(decoder);
  } catch {
    return null;
  }
};
