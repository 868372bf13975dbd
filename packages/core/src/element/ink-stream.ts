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
   * What a number below {@link SCALE} says, at `context * SCALE + number`, of the symbol whose share it falls in. One look
   * tells all that a step of decoding needs:
   *   bits 0-9    how far into the share the number is
   *   bits 10-13  the context of the residual after this one, where it is in an index of this table;
   *               {@link AFTER_ESCAPE}: the symbol is {@link ESCAPE}
   *   bits 14-17  how many raw bits follow
   *   bit  18     whether the residual is negative
   *   bit  19     whether it is not 0: then a bit before its raw ones goes without saying
   *   bits 22-31  the symbol's frequency
   */
  readonly stepAt: Uint32Array;
}

const SCALE_BITS = 10;

/** The sum of a context's frequencies. */
export const SCALE = 1 << SCALE_BITS;

/** Where the contexts are in an index of {@link Model.stepAt}. */
const CONTEXT_BITS = 15 << SCALE_BITS;
/** Stands for the context where a symbol does not tell it. */
const AFTER_ESCAPE = CONTEXT_BITS;

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
        stepAt[context * SCALE + sum + into] = (count << 22) | meaningOf(symbol) | into;
      sum += count;
    });
    if (row.length !== SYMBOLS || sum !== SCALE || row.some((count) => count < 1))
      throw new RangeError(`Context ${context} needs ${SYMBOLS} frequencies ≥ 1 with the sum ${SCALE}.`);
  }
  return { frequency, start, stepAt };
};

/** What a symbol says of its residual, in the bits of {@link Model.stepAt}. */
const meaningOf = (symbol: number): number => {
  if (symbol === ESCAPE) return AFTER_ESCAPE;
  const signed = symbol - CLASS_LIMIT;
  const length = Math.abs(signed);
  const shortest = Math.sign(signed) * ((1 << length) >> 1);
  const sign = (signed === 0 ? 0 : 1 << 19) | (signed < 0 ? 1 << 18 : 0);
  return sign | (Math.max(length - 1, 0) << 14) | (contextAfter(shortest) << SCALE_BITS);
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
  position: number;
  /** Where its bytes end. */
  end: number;
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
  const cursor = { position: 0, end: bytes.length, state: 0 };
  refill(bytes, cursor);
  for (let index = 0; index < series.length; index++) {
    const values = into[index]!;
    readSeries(bytes, cursor, series[index]!, values, values.length, 1);
  }
  return cursor.state === 0 && cursor.position === bytes.length;
};

/** Very many streams are read in a row: a cursor for each would have to be collected. */
const shared: Cursor = { position: 0, end: 0, state: 0 };

/**
 * As {@link decodeStream} for two series that are coded alike and come first, in multiples of `unit`; whether the rest
 * is whole is not asked.
 *
 * @param start where the stream begins in `bytes`, and `end` where it ends.
 * @param count of values in each.
 */
export const decodeFirstTwo = (
  series: Series,
  bytes: Uint8Array,
  start: number,
  end: number,
  first: Float64Array,
  second: Float64Array,
  count: number,
  unit: number,
): void => {
  shared.position = start;
  shared.end = end;
  shared.state = 0;
  refill(bytes, shared);
  readSeries(bytes, shared, series, first, count, unit);
  readSeries(bytes, shared, series, second, count, unit);
};

const refill = (bytes: Uint8Array, cursor: Cursor): void => {
  while (cursor.state < LOW && cursor.position < cursor.end)
    cursor.state = (cursor.state << 8) | bytes[cursor.position++]!;
};

const readRaw16 = (bytes: Uint8Array, cursor: Cursor): number => {
  const bits = cursor.state & 0xffff;
  cursor.state >>>= 16;
  refill(bytes, cursor);
  return bits;
};

/**
 * The hot loop of reading a board: state and position stay in locals, refills are written out, and nothing branches on
 * what is read, which no processor could foresee.
 */
const readSeries = (
  bytes: Uint8Array,
  cursor: Cursor,
  { order, origin, model: { stepAt } }: Series,
  values: Values,
  count: number,
  unit: number,
): void => {
  // Before this, there are as many bytes as a step takes at most: two for each of its refills.
  const safe = cursor.end - 3;
  const goesOn = order === 2 ? -1 : 0;
  let { position, state } = cursor;
  let context = FIRST_CONTEXT << SCALE_BITS;
  let last = origin | 0;
  let step = 0;
  for (let index = 0; index < count; index++) {
    const read = stepAt[context | (state & (SCALE - 1))]!;
    state = Math.imul(read >>> 22, state >>> SCALE_BITS) + (read & (SCALE - 1));
    context = contextIn(read);
    let residual: number;
    if (position < safe && context !== AFTER_ESCAPE) {
      const rawBits = rawBitsIn(read);
      // How many bits, in whole bytes, the state lacks to be at least LOW: now, and without its raw bits.
      const zeros = Math.clz32(state) - 1;
      const missing = zeros & 0b11000;
      const missingThen = ((zeros & 0b111) + rawBits) & 0b11000;
      const next =
        (bytes[position]! << 24) |
        (bytes[position + 1]! << 16) |
        (bytes[position + 2]! << 8) |
        bytes[position + 3]!;
      // Shifted twice: by 32 bits at once, it would not be shifted at all.
      state = (state << missing) | ((next >>> 8) >>> (24 - missing));
      residual = residualIn(read, state);
      state = ((state >>> rawBits) << missingThen) | (((next << missing) >>> 8) >>> (24 - missingThen));
      position += (missing + missingThen) >>> 3;
    } else {
      cursor.state = state;
      cursor.position = position;
      residual = readResidual(bytes, cursor, read);
      state = cursor.state;
      position = cursor.position;
      context = contextAfter(residual) << SCALE_BITS;
    }

    const value = (last + step + residual) | 0;
    if (index === 0) context = SECOND_CONTEXT << SCALE_BITS;
    else step = (value - last) & goesOn;
    last = value;
    values[index] = value * unit;
  }
  cursor.position = position;
  cursor.state = state;
};

/** What a step reads behind its symbol, wherever the bytes end. */
const readResidual = (bytes: Uint8Array, cursor: Cursor, read: number): number => {
  refill(bytes, cursor);
  if (contextIn(read) === AFTER_ESCAPE) return (readRaw16(bytes, cursor) << 16) | readRaw16(bytes, cursor);
  const residual = residualIn(read, cursor.state);
  cursor.state >>>= rawBitsIn(read);
  refill(bytes, cursor);
  return residual;
};

const rawBitsIn = (read: number): number => (read >>> 14) & 15;

const contextIn = (read: number): number => read & CONTEXT_BITS;

/** The residual whose raw bits are the lowest of `state`. */
const residualIn = (read: number, state: number): number => {
  const rawBits = rawBitsIn(read);
  const magnitude = (((read >>> 19) & 1) << rawBits) | (state & ((1 << rawBits) - 1));
  const sign = (read << 13) >> 31;
  return (magnitude ^ sign) - sign;
};
