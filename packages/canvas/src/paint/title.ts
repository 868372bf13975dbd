import { directionOf } from './bidi.js';
import type { Font } from './font.js';
import { type Measure, measureText } from './text-measure.js';

/** A name on one line. */
export interface Title {
  readonly text: string;
  readonly width: number;
  readonly direction: 'ltr' | 'rtl';
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Nobody reads more of a name than this many UTF-16 units. */
const LONGEST = 256;

/** As much of a name as `room` has place for, with dots where it was cut; null where there is place for nothing. */
export function fitTitle(
  name: string,
  room: number,
  font: Font,
  measure: Measure = measureText,
): Title | null {
  const line = name.slice(0, LONGEST).replace(/\s+/g, ' ').trim();
  if (line === '') return null;
  const direction = directionOf(line).base;
  const width = measure(line, font);
  if (width <= room) return { text: line, width, direction };
  const ends = [...graphemes.segment(line)].map(({ index }) => index);
  // The most characters that fit, by halves: widths grow with their number.
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${line.slice(0, ends[middle])}…`, font) <= room) low = middle;
    else high = middle - 1;
  }
  if (low === 0) return null;
  const text = `${line.slice(0, ends[low]).trimEnd()}…`;
  return { text, width: measure(text, font), direction };
}
