/** A line of a paragraph, as far as breaking is concerned. */
export interface BrokenLine {
  readonly text: string;
  readonly width: number;
  readonly direction: 'ltr' | 'rtl';
}

/** The width of a piece of text in page units. */
export type Measure = (text: string) => number;

/**
 * Breaks text into lines: at line feeds, and, if `maxWidth` is finite, wherever a line would become wider. Between
 * words where that is possible (in Chinese, Japanese or Thai between the words that a dictionary finds), inside a word
 * that is wider than a line by itself. Spaces at the end of a line take no room.
 */
export function breakLines(text: string, maxWidth: number, measure: Measure): BrokenLine[] {
  return text.split(/\r\n|\r|\n/).flatMap((paragraph) => {
    const direction = directionOf(paragraph);
    const lines = Number.isFinite(maxWidth) ? breakParagraph(paragraph, maxWidth, measure) : [paragraph];
    return lines.map((line) => {
      const shown = line.trimEnd();
      return { text: shown, width: measure(shown), direction };
    });
  });
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** No line begins with what closes, nor ends with what opens. */
const CLOSES = /^[\p{Pe}\p{Pf}\p{Po}、。，．！？：；ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]/u;
const OPENS = /[\p{Ps}\p{Pi}]$/u;

function breakParagraph(paragraph: string, maxWidth: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of unbreakable(paragraph)) {
    if (line === '' || measure((line + piece).trimEnd()) <= maxWidth) {
      line += piece;
    } else {
      lines.push(line);
      line = piece;
    }
    while (measure(line.trimEnd()) > maxWidth) {
      const head = longestHead(line, maxWidth, measure);
      if (head === line) break;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  lines.push(line);
  return lines;
}

/** The pieces between which a line may break; spaces belong to the piece before them. */
function unbreakable(paragraph: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of words.segment(paragraph)) {
    const last = pieces.at(-1);
    const joined = last !== undefined && (segment.trim() === '' || CLOSES.test(segment) || OPENS.test(last));
    if (joined) pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  return pieces;
}

/** As much of a word as fits into a line, and at least one character. */
function longestHead(word: string, maxWidth: number, measure: Measure): string {
  let head = '';
  for (const { segment } of graphemes.segment(word)) {
    if (head !== '' && measure(head + segment) > maxWidth) return head;
    head += segment;
  }
  return head;
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** As its first letter is written (rules P2 and P3 of the Unicode bidirectional algorithm). */
export function directionOf(paragraph: string): 'ltr' | 'rtl' {
  const letter = /\p{L}/u.exec(paragraph)?.[0];
  return letter !== undefined && RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
}
