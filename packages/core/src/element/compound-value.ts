import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { ElementId } from './id.js';
import { reference } from './name-value.js';
import { type Range, uniteRanges } from './ranges.js';
import {
  describe,
  finite,
  type Pair,
  pair,
  quantise,
  type Value,
  type ValueType,
  wellFormed,
} from './value.js';

/** No value holds more entries, and no text more characters: what a person can make by hand stays far below. */
const MAX_ENTRIES = 65_536;

const list = (value: unknown, field: string): readonly unknown[] => {
  if (!Array.isArray(value)) throw new TypeError(`${field} must be an array, not ${describe(value)}.`);
  if (value.length > MAX_ENTRIES) throw new RangeError(`${field} must have at most ${MAX_ENTRIES} entries.`);
  return value;
};

const readCount = (decoder: decoding.Decoder): number => {
  const count = decoding.readVarUint(decoder);
  // An entry takes a byte at least: a count cannot make us allocate more than was sent.
  if (count > MAX_ENTRIES || count > decoder.arr.length) throw new RangeError('A list is too long.');
  return count;
};

/** The points of a line, at least two, each packed as the way from the one before. */
export const points: ValueType<readonly Pair[]> = {
  check(value, field) {
    const entries = list(value, field);
    if (entries.length < 2) throw new RangeError(`${field} must hold at least two points.`);
    return entries.map((entry, index) => pair.check(entry, `${field}[${index}]`));
  },
  write(encoder, value) {
    encoding.writeVarUint(encoder, value.length);
    let last: Pair = [0, 0];
    for (const point of value) {
      pair.write(encoder, [point[0] - last[0], point[1] - last[1]]);
      last = point;
    }
  },
  read(decoder) {
    let last: Pair = [0, 0];
    const value = Array.from({ length: readCount(decoder) }, () => {
      const [dx, dy] = pair.read(decoder);
      last = [last[0] + dx + 0, last[1] + dy + 0];
      return last;
    });
    return points.check(value, 'points');
  },
};

const RANGE_STEPS = 64;
const RANGE_LIMIT = 2 ** 32;

/** Ranges along a stroke's ink, kept in 64ths of the way between two points. */
export const ranges: ValueType<readonly Range[]> = {
  check(value, field) {
    const checked = list(value, field).map((entry, index): Range => {
      const name = `${field}[${index}]`;
      if (!Array.isArray(entry) || entry.length !== 2) throw new TypeError(`${name} must be [from, to].`);
      const from = finite(entry[0], `${name}[0]`, 0, RANGE_LIMIT);
      const to = finite(entry[1], `${name}[1]`, from, RANGE_LIMIT);
      return [quantise(from, RANGE_STEPS), quantise(to, RANGE_STEPS)];
    });
    return uniteRanges(checked);
  },
  write(encoder, value) {
    encoding.writeVarUint(encoder, value.length);
    let last = 0;
    for (const [from, to] of value) {
      encoding.writeVarUint(encoder, Math.round((from - last) * RANGE_STEPS));
      encoding.writeVarUint(encoder, Math.round((to - from) * RANGE_STEPS));
      last = to;
    }
  },
  read(decoder) {
    let last = 0;
    const value = Array.from({ length: readCount(decoder) }, (): Range => {
      const from = last + decoding.readVarUint(decoder) / RANGE_STEPS;
      last = from + decoding.readVarUint(decoder) / RANGE_STEPS;
      return [from, last];
    });
    return ranges.check(value, 'ranges');
  },
};

/** Ties the end of a line to a place on another element: `anchor` goes from 0 to 1 across its box before rotation. */
export interface Binding {
  readonly element: ElementId;
  readonly anchor: Pair;
  readonly [key: string]: Value;
}

const ANCHOR_STEPS = 4096;

/** A binding, or none. */
export const binding: ValueType<Binding | null> = {
  check(value, field) {
    if (value === null) return null;
    if (typeof value !== 'object')
      throw new TypeError(`${field} must be a binding or null, not ${describe(value)}.`);
    const { element, anchor } = value as Partial<Record<keyof Binding, unknown>>;
    const target = reference.check(element, `${field}.element`);
    if (target === null) throw new TypeError(`${field}.element must be an element id.`);
    if (!Array.isArray(anchor) || anchor.length !== 2)
      throw new TypeError(`${field}.anchor must be two numbers.`);
    const part = (index: 0 | 1) =>
      quantise(finite(anchor[index], `${field}.anchor[${index}]`, 0, 1), ANCHOR_STEPS);
    return { element: target, anchor: [part(0), part(1)] };
  },
  write(encoder, value) {
    if (value === null) return;
    encoding.writeVarUint(encoder, Math.round(value.anchor[0] * ANCHOR_STEPS));
    encoding.writeVarUint(encoder, Math.round(value.anchor[1] * ANCHOR_STEPS));
    reference.write(encoder, value.element);
  },
  read(decoder) {
    if (!decoding.hasContent(decoder)) return null;
    const anchor = [
      decoding.readVarUint(decoder) / ANCHOR_STEPS,
      decoding.readVarUint(decoder) / ANCHOR_STEPS,
    ];
    return binding.check({ element: reference.read(decoder), anchor }, 'A binding');
  },
};

/** The part of an image that shows: left, top, right and bottom edge as parts of its natural size. */
export const crop: ValueType<readonly [number, number, number, number]> = {
  check(value, field) {
    if (!Array.isArray(value) || value.length !== 4) throw new TypeError(`${field} must be four numbers.`);
    const [left, top, right, bottom] = value.map((part, index) =>
      quantise(finite(part, `${field}[${index}]`, 0, 1), ANCHOR_STEPS),
    ) as [number, number, number, number];
    if (left >= right || top >= bottom) throw new RangeError(`${field} must leave something to be seen.`);
    return [left, top, right, bottom];
  },
  write(encoder, value) {
    for (const part of value) encoding.writeVarUint(encoder, Math.round(part * ANCHOR_STEPS));
  },
  read: (decoder) =>
    crop.check(
      Array.from({ length: 4 }, () => decoding.readVarUint(decoder) / ANCHOR_STEPS),
      'A crop',
    ),
};

/** A whole number, however many people vote. */
export const count: ValueType<number> = {
  check(value, field) {
    const number = finite(value, field, -1e9, 1e9);
    if (!Number.isInteger(number)) throw new RangeError(`${field} must be a whole number, not ${number}.`);
    return number + 0;
  },
  write: (encoder, value) => encoding.writeVarInt(encoder, value),
  read: (decoder) => count.check(decoding.readVarInt(decoder), 'A count'),
};

/** A text of at most `max` UTF-16 units that nobody edits together: a name, an address. */
export const label = (max: number): ValueType<string> => ({
  check(value, field) {
    if (typeof value !== 'string') throw new TypeError(`${field} must be a string, not ${describe(value)}.`);
    if (value.length > max) throw new RangeError(`${field} must have at most ${max} characters.`);
    return wellFormed(value);
  },
  write: (encoder, value) => encoding.writeVarString(encoder, value),
  read(decoder) {
    const text = decoding.readVarString(decoder);
    if (text.length > max) throw new RangeError('A label is too long.');
    return text;
  },
});
