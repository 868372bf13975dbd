import {
  type BirthWrite,
  type Change,
  type ElementId,
  emptyChange,
  MAX_UPDATE_BYTES,
  type TextDelta,
} from '@inkwire/core';

/** Half of what an update may have: what is around births and texts takes room too. */
const MOST_BYTES = MAX_UPDATE_BYTES / 2;
/** About what an element takes besides its birth and its text. */
const OVERHEAD = 64;

/**
 * The births and texts of a change in several ones, in their order, none of which becomes an update that is too large
 * for the log. A single element that is too large by itself stays whole.
 */
export function splitBirths(change: Change, mostBytes = MOST_BYTES): Change[] {
  const pieces: Change[] = [];
  let births = new Map<ElementId, BirthWrite>();
  let texts = new Map<ElementId, TextDelta>();
  let bytes = 0;
  const finish = () => {
    if (births.size > 0) pieces.push({ ...emptyChange(change.writer), births, texts });
    [births, texts, bytes] = [new Map(), new Map(), 0];
  };
  for (const [id, birth] of change.births) {
    const text = change.texts.get(id);
    const size = OVERHEAD + (birth.to?.length ?? 0) + (text === undefined ? 0 : JSON.stringify(text).length);
    if (bytes > 0 && bytes + size > mostBytes) finish();
    births.set(id, birth);
    if (text !== undefined) texts.set(id, text);
    bytes += size;
  }
  finish();
  return pieces;
}
