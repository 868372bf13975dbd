import {
  canonicalDelta,
  type TextAttributes,
  type TextDelta,
  type TextRun,
  type TextStep,
  type Value,
} from '@inkwire/core';

/** A format that is on or off. */
export type Mark = 'bold' | 'italic' | 'underline' | 'strike' | 'code';

/** The formats of the character before `index`; at a text's start, of the first one. */
export function attributesBefore(runs: readonly TextRun[], index: number): TextAttributes {
  let at = 0;
  for (const { insert, attributes } of runs) {
    at += insert.length;
    if (at >= Math.max(index, 1)) return attributes ?? {};
  }
  return {};
}

/** The formats of what is typed at `index`: those of the letter before it. A link does not grow at its end. */
export function typedAttributes(runs: readonly TextRun[], index: number): TextAttributes {
  const { link, ...attributes } = attributesBefore(runs, index);
  if (link === undefined || index === 0) return attributes;
  return sameLink(runs, index, link) ? { ...attributes, link } : attributes;
}

function sameLink(runs: readonly TextRun[], index: number, link: Value): boolean {
  return attributesBefore(runs, index + 1).link === link && index < lengthOf(runs);
}

function lengthOf(runs: readonly TextRun[]): number {
  return runs.reduce((sum, { insert }) => sum + insert.length, 0);
}

/** Whether all characters from `start` to `end` have a mark. */
export function hasMark(runs: readonly TextRun[], start: number, end: number, mark: Mark): boolean {
  return eachWithin(runs, start, end).every(({ attributes }) => attributes?.[mark] === true);
}

/** The link that all characters from `start` to `end` have; null where they have none in common. */
export function linkOf(runs: readonly TextRun[], start: number, end: number): string | null {
  const links = new Set(eachWithin(runs, start, end).map(({ attributes }) => attributes?.link));
  const [link] = links;
  return links.size === 1 && typeof link === 'string' ? link : null;
}

/** From where to where the link reaches that the caret at `index` is in or at the edge of; null for none. */
export function linkAround(
  runs: readonly TextRun[],
  index: number,
): readonly [start: number, end: number] | null {
  let at = 0;
  let found: [start: number, end: number, link: Value] | null = null;
  for (const { insert, attributes } of runs) {
    const [start, end] = [at, at + insert.length];
    at = end;
    const link = attributes?.link;
    if (found !== null && found[1] === start && found[2] === link) found[1] = end;
    else if (found !== null && index <= found[1]) break;
    else found = link === undefined ? null : [start, end, link];
  }
  return found !== null && index >= found[0] && index <= found[1] ? [found[0], found[1]] : null;
}

function eachWithin(runs: readonly TextRun[], start: number, end: number): TextRun[] {
  let at = 0;
  return runs.filter(({ insert }) => {
    const from = at;
    at += insert.length;
    return from < end && at > start;
  });
}

/** Gives the characters from `start` to `end` a format; null takes it away. */
export function formatDelta(start: number, end: number, attributes: TextAttributes): TextDelta {
  const steps: TextStep[] = [];
  if (start > 0) steps.push({ retain: start });
  if (end > start) steps.push({ retain: end - start, attributes });
  return canonicalDelta(steps);
}
