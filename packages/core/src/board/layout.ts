import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { isStamp, type Stamp } from '../change/stamp.js';
import { ELEMENT_ID_LENGTH, type ElementId, isElementId } from '../element/id.js';
import { type Register, registerOf } from '../element/register.js';
import type { Value } from '../element/value.js';

/** How a board lies in a Y.Doc (D1). Names are one letter, since Yjs writes them with every first write of a key. */
export interface Layout {
  /** Packed births, by element id. */
  readonly births: Y.Map<unknown>;
  /** Packed stamps and values, by `id/code/writer`; the writer in base 36. */
  readonly registers: Y.Map<unknown>;
  /** A `Y.Text` for each element of a kind that carries one (D10). */
  readonly texts: Y.Map<unknown>;
  readonly meta: Y.Map<unknown>;
}

export const layoutOf = (doc: Y.Doc): Layout => ({
  births: doc.getMap('b'),
  registers: doc.getMap('r'),
  texts: doc.getMap('t'),
  meta: doc.getMap('m'),
});

/** An element's text, if it has one. */
export const textOf = (layout: Layout, id: ElementId): Y.Text | null => {
  const text = layout.texts.get(id);
  return text instanceof Y.Text ? text : null;
};

/** Where one writer's version of a register lies (D3). */
export interface Slot {
  readonly id: ElementId;
  readonly code: string;
  readonly writer: number;
}

export const slotKey = (id: ElementId, code: string, writer: number): string =>
  `${id}/${code}/${writer.toString(36)}`;

/** Null for a key that names no slot. */
export const parseSlotKey = (key: string): Slot | null => {
  const id = key.slice(0, ELEMENT_ID_LENGTH);
  const end = key.indexOf('/', ELEMENT_ID_LENGTH + 1);
  if (!isElementId(id) || key.charCodeAt(ELEMENT_ID_LENGTH) !== 47 || end < ELEMENT_ID_LENGTH + 2)
    return null;
  const writerText = key.slice(end + 1);
  const writer = Number.parseInt(writerText, 36);
  // One writer has one name: anything but the number's own spelling would be a second slot of theirs.
  if (!Number.isSafeInteger(writer) || writer < 0 || writer.toString(36) !== writerText) return null;
  return { id, code: key.slice(ELEMENT_ID_LENGTH + 1, end), writer };
};

/** A new encoder for each of many small values would cost more than the rest of a commit. */
let scratch = encoding.createEncoder();

export const packVersion = (register: Register, stamp: Stamp, value: Value): Uint8Array => {
  scratch.cpos = 0;
  encoding.writeVarUint(scratch, stamp);
  register.type.write(scratch, value);
  const packed = encoding.toUint8Array(scratch);
  // It grew: what it holds is spread over several buffers.
  if (scratch.bufs.length > 0) scratch = encoding.createEncoder();
  return packed;
};

/** Null for bytes that hold no stamp and value of that register. */
export const unpackVersion = (code: string, bytes: unknown): { stamp: Stamp; value: Value } | null => {
  const register = registerOf(code);
  if (register === undefined || register.merge === 'fixed' || !(bytes instanceof Uint8Array)) return null;
  const decoder = decoding.createDecoder(bytes);
  try {
    const stamp = decoding.readVarUint(decoder);
    const value = register.type.read(decoder);
    return isStamp(stamp) && !decoding.hasContent(decoder) ? { stamp, value } : null;
  } catch {
    return null;
  }
};
