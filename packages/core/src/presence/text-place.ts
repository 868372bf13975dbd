import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { ElementId } from '../element/id.js';
import { readId, writeId } from './id-bytes.js';

/** Where somebody writes: from where their selection began to where their caret is, UTF-16 units from the text's start. */
export interface TextPlace {
  readonly element: ElementId;
  readonly anchor: number;
  readonly caret: number;
}

/** `element` as 9 bytes, `anchor` and `caret` as varUint; no bytes at all for who writes nowhere. */
export const writeTextPlace = (encoder: encoding.Encoder, place: TextPlace | null): void => {
  if (place === null) return;
  writeId(encoder, place.element);
  for (const index of [place.anchor, place.caret]) {
    if (!Number.isSafeInteger(index) || index < 0)
      throw new RangeError(`writing must be in whole UTF-16 units, not ${index}.`);
    encoding.writeVarUint(encoder, index);
  }
};

export const readTextPlace = (decoder: decoding.Decoder): TextPlace | null => {
  if (!decoding.hasContent(decoder)) return null;
  return {
    element: readId(decoder),
    anchor: decoding.readVarUint(decoder),
    caret: decoding.readVarUint(decoder),
  };
};
