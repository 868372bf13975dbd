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
  /** The symbol whose share a number below {@link SCALE} falls in, at `context * SCALE + number`. */
  readonly symbolAt: Uint8Array;
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
  const symbolAt = new Uint8Array(CONTEXTS * SCALE);
  for (let context = 0; context < CONTEXTS; context++) {
    const row = rows[context] ?? [];
    let sum = 0;
    row.forEach((count, symbol) => {
      const at = context * SYMBOLS + symbol;
      frequency[at] = count;
      start[at] = sum;
      symbolAt.fill(symbol, context * SCALE + sum, context * SCALE + sum + count);
      sum += count;
    });
    if (row.length !== SYMBOLS || sum !== SCALE || row.some((count) => count < 1))
      throw new RangeError(`Context ${context} needs ${SYMBOLS} frequencies ≥ 1 with the sum ${SCALE}.`);
  }
  return { frequency, start, symbolAt };
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
  const cursor: Cursor = { bytes, position: 0, state: 0 };
  refill(cursor);
  for (let index = 0; index < series.length; index++) readSeries(cursor, series[index]!, into[index]!);
  return cursor.state === 0 && cursor.position === bytes.length;
};

/** As {@link decodeStream} for the first of the series alone; whether the rest is whole is not asked. */
export const decodeStart = (series: readonly Series[], bytes: Uint8Array, into: readonly Values[]): void => {
  const cursor: Cursor = { bytes, position: 0, state: 0 };
  refill(cursor);
  for (let index = 0; index < into.length; index++) readSeries(cursor, series[index]!, into[index]!);
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

// The hot loop of reading a board: state and position stay in locals, and refill is written out.
const readSeries = (cursor: Cursor, { order, origin, model }: Series, values: Values): void => {
  const { bytes } = cursor;
  const { frequency, start, symbolAt } = model;
  const end = bytes.length;
  let { position, state } = cursor;
  let context = FIRST_CONTEXT;
  let last = origin | 0;
  let step = 0;
  for (let index = 0; index < values.length; index++) {
    const slot = state & (SCALE - 1);
    const symbol = symbolAt[(context << SCALE_BITS) + slot]!;
    const at = context * SYMBOLS + symbol;
    state = frequency[at]! * (state >>> SCALE_BITS) + slot - start[at]!;
    while (state < LOW && position < end) state = (state << 8) | bytes[position++]!;

    let residual = symbol - CLASS_LIMIT;
    if (symbol === ESCAPE) {
      cursor.state = state;
      cursor.position = position;
      residual = (readRaw16(cursor) << 16) | readRaw16(cursor);
      state = cursor.state;
      position = cursor.position;
      context = contextAfter(residual);
    } else {
      context = CONTEXT_AFTER_SYMBOL[symbol]!;
      const rawBits = (residual < 0 ? -residual : residual) - 1;
      if (rawBits > 0) {
        const magnitude = (1 << rawBits) | (state & ((1 << rawBits) - 1));
        residual = residual < 0 ? -magnitude : magnitude;
        state >>>= rawBits;
        while (state < LOW && position < end) state = (state << 8) | bytes[position++]!;
      }
    }
    if (index === 0) context = SECOND_CONTEXT;

    const value = (last + step + residual) | 0;
    if (order === 2 && index > 0) step = (value - last) | 0;
    last = value;
    values[index] = value;
  }
  cursor.position = position;
  cursor.state = state;
};

const CONTEXT_AFTER_SYMBOL = Uint8Array.from({ length: SYMBOLS }, (_, symbol) => {
  const signed = symbol - CLASS_LIMIT;
  return contextAfter(Math.sign(signed) * ((1 << Math.abs(signed)) >> 1));
});
