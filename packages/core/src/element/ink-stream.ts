import {
  CLASS_LIMIT,
  CONTEXTS,
  contextAfter,
  contextAt,
  ESCAPE,
  FIRST_CONTEXT,
  type Order,
  residualsOf,
  SECOND_CONTEXT,
  SYMBOLS,
  symbolOf,
} from './ink-residual.js';

/**
 * Series of integers, one per axis of ink, as one stream of a range coder (rANS: J. Duda, arXiv:1311.2540).
 *
 * The coder's state is one number that each symbol multiplies and adds to; its low bytes move out to the stream when
 * it grows too large. It begins at 0 and what it ends as is the stream's beginning, so a stream has neither header nor
 * padding, and a decoder that has read everything must be back at 0.
 */

/** How one series is coded. */
export interface Series {
  readonly order: Order;
  /** Predicts the first value. */
  readonly origin: number;
  readonly model: Model;
}

/** The frequencies of the symbols in each context, in the forms that coding needs. */
export interface Model {
  /** Out of {@link SCALE}, at `context * SYMBOLS + symbol`. */
  readonly frequency: Uint16Array;
  /** The sum of the frequencies of the symbols before this one. */
  readonly start: Uint16Array;
  /**
   * What a number below {@link SCALE} says, at `context * SCALE + number`: in bits 0-5 the symbol whose share it falls in,
   * in bits 6-15 that symbol's frequency, from bit 16 on how far into the share it is. One look tells all that a step
   * of decoding needs.
   */
  readonly stepAt: Uint32Array;
}

const SCALE_BITS = 10;

/** The sum of a context's frequencies. */
export const SCALE = 1 << SCALE_BITS;

/** Between symbols the state stays in [LOW, 256 LOW), so that it never needs more than 31 bits. */
const LOW = 1 << 23;

/** The bytes that one value takes at most: its symbol and 32 raw bits. */
const WORST_BYTES = Math.ceil((SCALE_BITS + 32) / 8);

/**
 * @param rows per context, the frequency ≥ 1 of each symbol; they add up to {@link SCALE}.
 * @throws {RangeError} where they don't.
 */
export const createModel = (rows: readonly (readonly number[])[]): Model => {
  const frequency = new Uint16Array(CONTEXTS * SYMBOLS);
  const start = new Uint16Array(CONTEXTS * SYMBOLS);
  const stepAt = new Uint32Array(CONTEXTS * SCALE);
  for (let context = 0; context < CONTEXTS; context++) {
    const row = rows[context] ?? [];
    let sum = 0;
    row.forEach((count, symbol) => {
      const at = context * SYMBOLS + symbol;
      frequency[at] = count;
      start[at] = sum;
      for (let into = 0; into < count; into++)
        stepAt[context * SCALE + sum + into] = (into << 16) | (count << 6) | symbol;
      sum += count;
    });
    if (row.length !== SYMBOLS || sum !== SCALE || row.some((count) => count < 1))
      throw new RangeError(`Context ${context} needs ${SYMBOLS} frequencies ≥ 1 with the sum ${SCALE}.`);
  }
  return { frequency, start, stepAt };
};

/** Codes the values of each series; all have the same number of them. */
export const encodeStream = (series: readonly Series[], values: readonly Int32Array[]): Uint8Array => {
  const count = values.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(count * WORST_BYTES + 4);
  let position = bytes.length;
  let state = 0;

  const put = (bits: number, frequency: number, start: number): void => {
    const limit = (LOW >>> bits) * 256 * frequency;
    while (state >= limit) {
      bytes[--position] = state;
      state >>>= 8;
    }
    state = (Math.floor(state / frequency) << bits) + (state % frequency) + start;
  };

  // What is put last is decoded first.
  for (let index = series.length - 1; index >= 0; index--) {
    const { order, origin, model } = series[index]!;
    const residuals = residualsOf(values[index]!, order, origin);
    for (let point = residuals.length - 1; point >= 0; point--) {
      const residual = residuals[point]!;
      const symbol = symbolOf(residual);
      if (symbol === ESCAPE) {
        put(16, 1, residual & 0xffff);
        put(16, 1, residual >>> 16);
      } else {
        const rawBits = Math.abs(symbol - CLASS_LIMIT) - 1;
        if (rawBits > 0) put(rawBits, 1, Math.abs(residual) & ((1 << rawBits) - 1));
      }
      const at = contextAt(residuals, point) * SYMBOLS + symbol;
      put(SCALE_BITS, model.frequency[at]!, model.start[at]!);
    }
  }
  for (; state > 0; state >>>= 8) bytes[--position] = state;
  return bytes.slice(position);
};

/** Where a decoder is. */
interface Cursor {
  readonly bytes: Uint8Array;
  position: number;
  state: number;
}

/** Holds the values of one series; whole numbers within ±2^31 are exact in all but a Float32Array, there within ±2^24. */
export type Values = Int32Array | Float64Array | Float32Array;

/**
 * Fills `into`, one array for each series, from all of `bytes`; false when these are not what {@link encodeStream} makes
 * of so many values. Takes time for the arrays' length whatever the bytes are.
 */
export const decodeStream = (
  series: readonly Series[],
  bytes: Uint8Array,
  into: readonly Values[],
): boolean => {
  const cursor = cursorAt(bytes, 0);
  for (let index = 0; index < series.length; index++) {
    const values = into[index]!;
    readSeries(cursor, series[index]!, values, values.length, 1);
  }
  return cursor.state === 0 && cursor.position === bytes.length;
};

/**
 * As {@link decodeStream} for two series that are coded alike and come first, in multiples of `unit`; whether the rest
 * is whole is not asked.
 *
 * @param start where the stream begins in `bytes`.
 * @param count of values in each.
 */
export const decodeFirstTwo = (
  series: Series,
  bytes: Uint8Array,
  start: number,
  [first, second]: readonly [Float64Array, Float64Array],
  count: number,
  unit: number,
): void => {
  const cursor = cursorAt(bytes, start);
  readSeries(cursor, series, first, count, unit);
  readSeries(cursor, series, second, count, unit);
};

const cursorAt = (bytes: Uint8Array, position: number): Cursor => {
  const cursor: Cursor = { bytes, position, state: 0 };
  refill(cursor);
  return cursor;
};

const refill = (cursor: Cursor): void => {
  while (cursor.state < LOW && cursor.position < cursor.bytes.length)
    cursor.state = (cursor.state << 8) | cursor.bytes[cursor.position++]!;
};

const readRaw16 = (cursor: Cursor): number => {
  const bits = cursor.state & 0xffff;
  cursor.state >>>= 16;
  refill(cursor);
  return bits;
};

/**
 * The hot loop of reading a board: state and position stay in locals, refill is written out, and nothing branches on what
 * is read, which no processor could foresee.
 */
const readSeries = (
  cursor: Cursor,
  { order, origin, model: { stepAt } }: Series,
  values: Values,
  count: number,
  unit: number,
): void => {
  const { bytes } = cursor;
  const end = bytes.length;
  // Before this, a refill finds the two bytes that it takes at most.
  const safe = end - 1;
  const goesOn = order === 2 ? -1 : 0;
  let { position, state } = cursor;
  let context = FIRST_CONTEXT;
  let last = origin | 0;
  let step = 0;
  for (let index = 0; index < count; index++) {
    const read = stepAt[(context << SCALE_BITS) | (state & (SCALE - 1))]!;
    const symbol = read & 63;
    state = Math.imul((read >>> 6) & (SCALE - 1), state >>> SCALE_BITS) + (read >>> 16);
    if (position < safe) {
      const missing = missingBits(state);
      state = (state << missing) | (((bytes[position]! << 8) | bytes[position + 1]!) >>> (16 - missing));
      position += missing >>> 3;
    } else while (state < LOW && position < end) state = (state << 8) | bytes[position++]!;

    let residual: number;
    if (symbol === ESCAPE) {
      cursor.state = state;
      cursor.position = position;
      residual = (readRaw16(cursor) << 16) | readRaw16(cursor);
      state = cursor.state;
      position = cursor.position;
      context = contextAfter(residual);
    } else {
      const rawBits = RAW_BITS[symbol]!;
      const magnitude = LEADING_BIT[symbol]! | (state & ((1 << rawBits) - 1));
      const sign = (symbol - CLASS_LIMIT) >> 31;
      residual = (magnitude ^ sign) - sign;
      state >>>= rawBits;
      context = CONTEXT_AFTER_SYMBOL[symbol]!;
      if (position < safe) {
        const missing = missingBits(state);
        state = (state << missing) | (((bytes[position]! << 8) | bytes[position + 1]!) >>> (16 - missing));
        position += missing >>> 3;
      } else while (state < LOW && position < end) state = (state << 8) | bytes[position++]!;
    }

    const value = (last + step + residual) | 0;
    if (index === 0) context = SECOND_CONTEXT;
    else step = (value - last) & goesOn;
    last = value;
    values[index] = value * unit;
  }
  cursor.position = position;
  cursor.state = state;
};

/** How many bits, in whole bytes, a state lacks to be at least LOW: two bytes at most, since no step takes more than that. */
const missingBits = (state: number): number => (Math.clz32(state) - 1) & 0b11000;

const signedLengthOf = (symbol: number): number => symbol - CLASS_LIMIT;

/** By symbol: the bits that follow it as they are. */
const RAW_BITS = Uint8Array.from({ length: SYMBOLS }, (_, symbol) =>
  Math.max(Math.abs(signedLengthOf(symbol)) - 1, 0),
);

/** By symbol: the highest bit of its residual, which goes without saying. */
const LEADING_BIT = Int32Array.from(
  { length: SYMBOLS },
  (_, symbol) => (1 << Math.abs(signedLengthOf(symbol))) >> 1,
);

const CONTEXT_AFTER_SYMBOL = Uint8Array.from({ length: SYMBOLS }, (_, symbol) => {
  const signed = signedLengthOf(symbol);
  return contextAfter(Math.sign(signed) * ((1 << Math.abs(signed)) >> 1));
});
