import bidiModule from 'bidi-js';

// The package's types speak of a default export; in Node its module is that function itself, as in every bundle.
const bidi = (bidiModule as unknown as typeof bidiModule.default)();

/** Whatever may turn the order of a line around: letters of right-to-left scripts, and signs that order text. */
const TURNS = /[\u0590-\u08FF\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFF]/;

/** In which direction each character of a paragraph runs, by the Unicode bidirectional algorithm (UAX #9). */
export interface Direction {
  /** Of the paragraph: that of its first letter. */
  readonly base: 'ltr' | 'rtl';
  /** The embedding level of each UTF-16 unit, odd from right to left; null where everything runs from left to right. */
  readonly levels: Uint8Array | null;
}

export function directionOf(paragraph: string): Direction {
  if (!TURNS.test(paragraph)) return { base: 'ltr', levels: null };
  const { levels, paragraphs } = bidi.getEmbeddingLevels(paragraph, 'auto');
  return { base: (paragraphs[0]?.level ?? 0) % 2 === 1 ? 'rtl' : 'ltr', levels };
}

/** Pieces of a line in the order in which they stand from left to right (rule L2), given in the order of the text. */
export function visualOrder<T extends { readonly level: number }>(pieces: readonly T[]): readonly T[] {
  const levels = pieces.map(({ level }) => level);
  const highest = Math.max(0, ...levels);
  if (highest === 0) return pieces;
  const order = [...pieces];
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < order.length; from++) {
      let to = from;
      while (to < order.length && (order[to] as T).level >= level) to++;
      if (to > from) order.splice(from, to - from, ...order.slice(from, to).reverse());
      from = to;
    }
  }
  return order;
}
