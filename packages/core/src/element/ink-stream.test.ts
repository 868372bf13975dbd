import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLASS_LIMIT, CONTEXTS, SYMBOLS } from './ink-residual.js';
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

describe('an ink stream', () => {
  it('gives back any 32-bit integers, in any number of series, under any table', () => {
    const series: fc.Arbitrary<Series> = fc.record({
      order: fc.constantFrom(1 as const, 2 as const),
      origin: int32,
      model: models,
    });
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
