/**
 * Ink coordinates go on much as they went. So each value is predicted from the ones before it, and only what is left,
 * the residual, is coded: first a symbol for its sign and bit length, then its lower bits as they are. Which symbol is
 * likely depends on how large the residual before was; that is the context.
 */

/** How a series is predicted: 1: a value stays as the one before; 2: it goes on as the two before went. */
export type Order = 1 | 2;

/** Residuals of up to this many bits have a symbol each for sign and length. */
export const CLASS_LIMIT = 16;

/** Signed bit lengths from -CLASS_LIMIT to CLASS_LIMIT, then {@link ESCAPE}. */
export const SYMBOLS = 2 * CLASS_LIMIT + 2;

/** Stands for any longer residual; 32 raw bits follow. */
export const ESCAPE = SYMBOLS - 1;

const CONTEXT_LIMIT = 7;

/** The context of a series' first residual, which is a place and no movement. */
export const FIRST_CONTEXT = 2 * CONTEXT_LIMIT + 1;

/** The context of its second residual, which is the first movement. */
export const SECOND_CONTEXT = FIRST_CONTEXT + 1;

/** The residual's predecessor's signed bit length within ±CONTEXT_LIMIT, and the two of the beginning. */
export const CONTEXTS = SECOND_CONTEXT + 1;

/** What each value differs by from its prediction, modulo 2^32; `origin` predicts the first one. */
export const residualsOf = (values: Int32Array, order: Order, origin: number): Int32Array => {
  const residuals = new Int32Array(values.length);
  let last = origin;
  let step = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    residuals[index] = value - last - step;
    if (order === 2 && index > 0) step = value - last;
    last = value;
  }
  return residuals;
};

/** 0 for 0, 1 for 1, 2 for 2 and 3, 3 for 4 to 7 …, with the residual's sign. */
const signedClass = (residual: number): number =>
  residual < 0 ? Math.clz32(-residual) - 32 : 32 - Math.clz32(residual);

/** The symbol for a residual: its signed bit length counted from -CLASS_LIMIT, or {@link ESCAPE}. */
export const symbolOf = (residual: number): number => {
  const signed = signedClass(residual);
  return Math.abs(signed) > CLASS_LIMIT ? ESCAPE : signed + CLASS_LIMIT;
};

/** The context of the residual at `index`. */
export const contextAt = (residuals: Int32Array, index: number): number => {
  if (index < 2) return index === 0 ? FIRST_CONTEXT : SECOND_CONTEXT;
  return contextAfter(residuals[index - 1]!);
};

/** The context of a residual that follows `residual`, from the third on. */
export const contextAfter = (residual: number): number =>
  Math.max(-CONTEXT_LIMIT, Math.min(CONTEXT_LIMIT, signedClass(residual))) + CONTEXT_LIMIT;
