import { LineBreaker } from 'css-line-break';

const words = new Intl.Segmenter(undefined, { granularity: 'word' });
/** The scripts that are written without spaces and whose words only a dictionary knows. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * The pieces of a paragraph between which a line may break, in order, spaces with the piece before them: by the rules
 * of Unicode (UAX #14), strict ones for Chinese and Japanese, and in scripts without spaces between words.
 */
export function unbreakablePieces(paragraph: string): string[] {
  const breaker = LineBreaker(paragraph, { lineBreak: 'strict', wordBreak: 'normal' });
  const pieces: string[] = [];
  for (let next = breaker.next(); !next.done; next = breaker.next()) {
    const piece = next.value.slice();
    if (UNSPACED.test(piece)) pieces.push(...unspacedWords(piece));
    else pieces.push(piece);
  }
  return pieces;
}

function unspacedWords(text: string): string[] {
  const pieces: string[] = [];
  for (const { segment, isWordLike } of words.segment(text)) {
    const last = pieces.at(-1);
    // Spaces and signs stay with the word that they follow.
    if (isWordLike || last === undefined) pieces.push(segment);
    else pieces[pieces.length - 1] = last + segment;
  }
  return pieces;
}
