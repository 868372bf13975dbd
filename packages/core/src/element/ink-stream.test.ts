import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLASS_LIMIT, CONTEXTS, contextAt, ESCAPE, SYMBOLS } from './ink-residual.js';
import { createModel, decodeStream, encodeStream, SCALE, type Series } from './ink-stream.js';

/** A table in which every frequency is drawn at random. */
const models = fc
  .array(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: SYMBOLS, maxLength: SYMBOLS }), {
    minLength: CONTEXTS,
    maxLength: CONTEXTS,
  })
  .map((weights) =>
    createModel(
      weights.map((row) => {
        const sum = row.reduce((total, weight) => total + weight, 0);
        const shares = row.map((weight) => 1 + Math.floor((weight / sum) * (SCALE - SYMBOLS)));
        shares[0]! += SCALE - shares.reduce((total, share) => total + share, 0);
        return shares;
      }),
    ),
  );

const int32 = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.integer({ min: -5_000, max: 5_000 }),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.constantFrom(-(2 ** 31), 2 ** 31 - 1),
);

const series: fc.Arbitrary<Series> = fc.record({
  order: fc.constantFrom(1 as const, 2 as const),
  origin: int32,
  model: models,
});

/** Decodes a symbol at a time and a byte at a time, as the coder is described in books. */
const decodePlainly = (
  all: readonly Series[],
  bytes: Uint8Array,
  count: number,
): { values: Int32Array[]; isWhole: boolean } => {
  let state = 0;
  let position = 0;
  const take = (bits: number): number => {
    const taken = state % 2 ** bits;
    state = Math.floor(state / 2 ** bits);
    return taken;
  };
  const refill = (): void => {
    while (state < 2 ** 23 && position < bytes.length) state = state * 256 + bytes[position++]!;
  };
  const readResidual = ({ frequency, start }: Series['model'], context: number): number => {
    const number = take(10);
    let symbol = SYMBOLS - 1;
    while (start[context * SYMBOLS + symbol]! > number) symbol--;
    const at = context * SYMBOLS + symbol;
    state = state * frequency[at]! + number - start[at]!;
    refill();
    if (symbol === ESCAPE) {
      const high = take(16);
      refill();
      const low = take(16);
      refill();
      return (high << 16) | low;
    }
    const length = Math.abs(symbol - CLASS_LIMIT);
    const magnitude = length < 2 ? length : 2 ** (length - 1) + take(length - 1);
    refill();
    return symbol < CLASS_LIMIT ? -magnitude : magnitude;
  };
  refill();
  const values = all.map(({ order, origin, model }) => {
    const series = new Int32Array(count);
    const residuals = new Int32Array(count);
    for (let index = 0; index < count; index++) {
      residuals[index] = readResidual(model, contextAt(residuals, index));
      const last = index === 0 ? origin : series[index - 1]!;
      const step = order === 2 && index > 1 ? last - series[index - 2]! : 0;
      series[index] = last + step + residuals[index]!;
    }
    return series;
  });
  return { values, isWhole: state === 0 && position === bytes.length };
};

describe('an ink stream', () => {
  it('gives back any 32-bit integers, in any number of series, under any table', () => {
    const inputs = fc.nat(80).chain((length) =>
      fc.array(
        fc.record({
          series,
          values: fc
            .array(int32, { minLength: length, maxLength: length })
            .map((values) => Int32Array.from(values)),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    );
    fc.assert(
      fc.property(inputs, (list) => {
        const all = list.map(({ series }) => series);
        const values = list.map(({ values }) => values);
        const bytes = encodeStream(all, values);
        const read = values.map(({ length }) => new Int32Array(length));
        expect(decodeStream(all, bytes, read)).toBe(true);
        expect(read).toEqual(values);
      }),
      { numRuns: 300 },
    );
  });

  it('is read as by a decoder that goes a byte at a time, whatever the bytes are', () => {
    const anyBytes = fc.uint8Array({ maxLength: 120 });
    const damaged = fc
      .record({
        all: fc.array(series, { minLength: 1, maxLength: 3 }),
        values: fc.array(int32, { maxLength: 60 }).map((values) => Int32Array.from(values)),
        cut: fc.nat(8),
        place: fc.nat(),
        change: fc.nat(255),
      })
      .map(({ all, values, cut, place, change }) => {
        const whole = encodeStream(all, new Array<Int32Array>(all.length).fill(values));
        const bytes = whole.slice(0, Math.max(whole.length - cut, 0));
        if (bytes.length > 0) bytes[place % bytes.length]! ^= change;
        return { all, bytes, count: values.length };
      });
    const hostile = fc.record({
      all: fc.array(series, { minLength: 1, maxLength: 3 }),
      bytes: anyBytes,
      count: fc.nat(80),
    });
    fc.assert(
      fc.property(fc.oneof(damaged, hostile), ({ all, bytes, count }) => {
        const plainly = decodePlainly(all, bytes, count);
        // What lies before and behind in memory is nobody's business.
        const surrounded = new Uint8Array(bytes.length + 16).fill(0xa5);
        surrounded.set(bytes, 8);
        const read = all.map(() => new Int32Array(count));
        const isWhole = decodeStream(all, surrounded.subarray(8, 8 + bytes.length), read);
        expect(read).toEqual(plainly.values);
        expect(isWhole).toBe(plainly.isWhole);
      }),
      { numRuns: 400 },
    );
  });

  it('takes few bytes for what is likely, and no byte for nothing', () => {
    const row = new Array<number>(SYMBOLS).fill(1);
    row[CLASS_LIMIT] = SCALE - SYMBOLS + 1;
    const model = createModel(new Array<number[]>(CONTEXTS).fill(row));
    const line = Int32Array.from({ length: 1_000 }, (_, index) => 7 * index);
    const bytes = encodeStream([{ order: 2, origin: 0, model }], [line]);
    // A thousand symbols of -log2(991/1024) bits, and the first step.
    expect(bytes.length).toBeLessThanOrEqual(9);
    expect(encodeStream([{ order: 2, origin: 0, model }], [new Int32Array(0)])).toHaveLength(0);
  });

  it('refuses tables that it could not code with', () => {
    const row = new Array<number>(SYMBOLS).fill(1);
    expect(() => createModel([])).toThrow(RangeError);
    expect(() => createModel(new Array(CONTEXTS).fill(row))).toThrow('Context 0');
    const zero = [SCALE, ...new Array<number>(SYMBOLS - 1).fill(0)];
    expect(() => createModel(new Array(CONTEXTS).fill(zero))).toThrow(RangeError);
  });
});
