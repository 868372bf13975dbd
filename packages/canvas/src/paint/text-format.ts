import type { TextAttributes, TextRun } from '@inkwire/core';

/** How a stretch of text looks: what is left out is not so. */
export interface TextFormat {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
  readonly code: boolean;
  /** Where it leads, as somebody wrote it; not every address is safe to open. */
  readonly link: string | null;
  /** `#rrggbb` or `ink`; null for that of the element. */
  readonly color: string | null;
}

/** Text from index `start` to `end` (UTF-16 units) that has one format. */
export interface FormatSpan {
  readonly start: number;
  readonly end: number;
  readonly format: TextFormat;
}

export const PLAIN: TextFormat = {
  bold: false,
  italic: false,
  underline: false,
  strike: false,
  code: false,
  link: null,
  color: null,
};

/** Reads the attributes of a run, which may hold any JSON: what is not understood is passed over. */
export function formatOf(attributes: TextAttributes | undefined): TextFormat {
  if (attributes === undefined) return PLAIN;
  const { bold, italic, underline, strike, code, link, color } = attributes;
  const isColor = typeof color === 'string' && /^(ink|#[0-9a-f]{6})$/i.test(color);
  return {
    bold: bold === true,
    italic: italic === true,
    underline: underline === true,
    strike: strike === true,
    code: code === true,
    link: typeof link === 'string' && link !== '' ? link : null,
    color: isColor ? color : null,
  };
}

/** The formats along a text, one after the other without gaps. */
export function formatSpans(runs: readonly TextRun[]): FormatSpan[] {
  const spans: FormatSpan[] = [];
  let start = 0;
  for (const { insert, attributes } of runs) {
    const end = start + insert.length;
    if (end > start) spans.push({ start, end, format: formatOf(attributes) });
    start = end;
  }
  return spans;
}

/** The parts of `spans` between `start` and `end`. */
export function spansWithin(spans: readonly FormatSpan[], start: number, end: number): FormatSpan[] {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const within: FormatSpan[] = [];
  for (let i = low; i < spans.length; i++) {
    const span = spans[i] as FormatSpan;
    if (span.start >= end) break;
    within.push({ start: Math.max(span.start, start), end: Math.min(span.end, end), format: span.format });
  }
  return within;
}
