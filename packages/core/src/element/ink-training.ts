import {
  CLASS_LIMIT,
  CONTEXTS,
  contextAt,
  FIRST_CONTEXT,
  type Order,
  residualsOf,
  SYMBOLS,
  symbolOf,
} from './ink-residual.js';
import { SCALE } from './ink-stream.js';

/**
 * How the frequencies in `ink-tables.ts` were found. `npx vitest run ink-training -u` finds them again, where the sample
 * drawings are.
 *
 * Every pair of neighbouring residuals of every stroke is counted. x and y share a table, which sees each stroke
 * mirrored too, since nobody writes in one direction of the page only. Most of it is learnt at the default quantum, and
 * a little at others, so that ink drawn at another zoom is coded well.
 */

/** One stroke: page units, and pressures from 0 to 1. */
export interface TrainingStroke {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly pressure: readonly number[];
}

/** Per context, the frequency of each symbol, out of {@link SCALE}. */
export type Table = readonly (readonly number[])[];

/** How much a stroke counts at each quantum. */
const WEIGHTS: readonly (readonly [quantum: number, weight: number])[] = [
  [1 / 16, 1],
  [1 / 4, 0.05],
  [1 / 64, 0.05],
  [1 / 256, 0.05],
];

/**
 * The largest share of a symbol in the position table. So a point takes more than 1.35 bits, whatever it is, and the
 * bytes of a stroke bound the number of its points.
 */
export const LARGEST_SHARE = 5 / 8;

export const trainPositions = (strokes: readonly TrainingStroke[]): Table => {
  const counts = createCounts();
  for (const { x, y } of strokes)
    for (const values of [x, y])
      for (const [quantum, weight] of WEIGHTS)
        for (const direction of [1, -1]) count(counts, quantised(values, direction / quantum), 2, 0, weight);
  return counts.map((row, context) => shares(row, context, LARGEST_SHARE));
};

/** @param steps from pressure 0 to 1. */
export const trainPressures = (strokes: readonly TrainingStroke[], steps: number): Table => {
  const counts = createCounts();
  for (const { pressure } of strokes) count(counts, quantised(pressure, steps), 1, steps / 2, 1);
  return counts.map((row, context) => shares(row, context, 1));
};

const createCounts = (): number[][] => Array.from({ length: CONTEXTS }, () => new Array(SYMBOLS).fill(0));

const quantised = (values: readonly number[], steps: number): Int32Array =>
  Int32Array.from(values, (value) => Math.round(value * steps));

const count = (
  counts: number[][],
  values: Int32Array,
  order: Order,
  origin: number,
  weight: number,
): void => {
  const residuals = residualsOf(values, order, origin);
  residuals.forEach((residual, index) => {
    counts[contextAt(residuals, index)]![symbolOf(residual)]! += weight;
  });
};

/** Whole frequencies that add up to {@link SCALE}, none below 1 and none above `largestShare` of it. */
const shares = (counts: readonly number[], context: number, largestShare: number): number[] => {
  const weights = counts.map((seen, symbol) => seen + expected(context, symbol));
  // Where a stroke begins says nothing about where others do; most often it is the origin of its own element.
  if (context === FIRST_CONTEXT) weights.fill(1).fill(SYMBOLS, CLASS_LIMIT, CLASS_LIMIT + 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const largest = Math.floor(SCALE * largestShare);
  const result = weights.map((weight) =>
    Math.min(largest, 1 + Math.floor((weight / total) * (SCALE - SYMBOLS))),
  );
  for (let rest = SCALE - result.reduce((sum, share) => sum + share, 0); rest > 0; rest--)
    result[neediest(weights, result, largest)]!++;
  return result;
};

/** What is thought of a symbol before anything was counted: a residual is about as long as the one before it. */
const expected = (context: number, symbol: number): number => {
  const middle = context < FIRST_CONTEXT ? context - (FIRST_CONTEXT >> 1) : 0;
  return 2 ** (1 - Math.abs(symbol - CLASS_LIMIT - middle));
};

const neediest = (weights: readonly number[], shares: readonly number[], largest: number): number => {
  let best = 0;
  let need = -1;
  weights.forEach((weight, symbol) => {
    const own = weight / shares[symbol]!;
    if (shares[symbol]! < largest && own > need) {
      best = symbol;
      need = own;
    }
  });
  return best;
};

/** The text of `ink-tables.ts`. */
export const tablesSource = (position: Table, pressure: Table): string => {
  const constant = (name: string, table: Table): string =>
    `export const ${name}: readonly string[] = [\n${table.map((row) => `  '${row.join(' ')}',\n`).join('')}];\n`;
  return `// Made by ink-training.ts. Part of ink's format 1: ink that is stored can only be read with these very numbers.\n\n${constant('POSITION_TABLE', position)}\n${constant('PRESSURE_TABLE', pressure)}`;
};
