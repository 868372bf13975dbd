import { canonicalDelta, type TextAttributes, type TextDelta, type TextStep } from '@inkwire/core';

/** Part of a text that another takes the place of. */
export interface TextSplice {
  /** UTF-16 units from the text's start. */
  readonly index: number;
  readonly removed: number;
  readonly inserted: string;
}

const isLead = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isTrail = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** Whether `index` lies between the halves of one character. */
const cutsPair = (text: string, index: number): boolean =>
  isLead(text.charCodeAt(index - 1)) && isTrail(text.charCodeAt(index));

/**
 * What was done to `before` so that it became `after`, given that the caret then stood at `caret`: what was typed lies
 * before it. Never parts a character. Null where nothing was done.
 */
export function spliceBetween(before: string, after: string, caret: number): TextSplice | null {
  if (before === after) return null;
  const least = Math.min(before.length, after.length);
  let tail = 0;
  const mostTail = Math.min(least, after.length - Math.min(caret, after.length));
  while (tail < mostTail && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  let head = 0;
  while (head < least - tail && before[head] === after[head]) head += 1;
  // A caret that was told wrong leaves something alike behind it.
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (cutsPair(before, head) || cutsPair(after, head)) head -= 1;
  if (cutsPair(before, before.length - tail) || cutsPair(after, after.length - tail)) tail -= 1;
  return {
    index: head,
    removed: before.length - tail - head,
    inserted: after.slice(head, after.length - tail),
  };
}

/**
 * A splice as an insertion behind what it takes the place of, and the deletion of that: what somebody else wrote before
 * a word stays before it when the word is replaced.
 */
export function deltasOf({ index, removed, inserted }: TextSplice, attributes?: TextAttributes): TextDelta[] {
  const deltas: TextDelta[] = [];
  if (inserted !== '')
    deltas.push(at(index + removed, { insert: inserted, ...(attributes && { attributes }) }));
  if (removed > 0) deltas.push(at(index, { delete: removed }));
  return deltas;
}

function at(index: number, step: TextStep): TextDelta {
  return canonicalDelta(index > 0 ? [{ retain: index }, step] : [step]);
}

/** Where the place before `index` is once a delta was made; what is inserted just there comes behind it. */
export function movedIndex(index: number, delta: TextDelta): number {
  let at = 0;
  let moved = index;
  for (const step of delta) {
    if (at >= index) break;
    if ('retain' in step) at += step.retain;
    else if ('delete' in step) {
      moved -= Math.min(step.delete, index - at);
      at += step.delete;
    } else moved += step.insert.length;
  }
  return moved;
}

/** Behind the last letters that a delta puts in or takes out; null where it does neither. */
export function endOfEdit(delta: TextDelta): number | null {
  let at = 0;
  let end: number | null = null;
  for (const step of delta) {
    if ('retain' in step) at += step.retain;
    else {
      if ('insert' in step) at += step.insert.length;
      end = at;
    }
  }
  return end;
}
