import type { NewElement, NewText, TextRun } from '@inkwire/core';
import { layoutText } from '../paint/text-layout.js';
import { ExchangeError } from './exchange-error.js';

const STYLE = { font: 'hand', fontSize: 20 } as const;
/** Longer lines than this, in page units, break. */
const WIDEST = 600;

/** A text element whose box fits its text, its top left corner at the origin. */
export function newText(runs: readonly TextRun[]): NewText {
  const free = layoutText(runs, { ...STYLE, width: 0, wrap: false });
  const wraps = free.contentSize[0] > WIDEST;
  const [width, height] = wraps
    ? layoutText(runs, { ...STYLE, width: WIDEST }).contentSize
    : free.contentSize;
  return {
    kind: 'text',
    position: [0, 0],
    size: [wraps ? WIDEST : Math.ceil(width) + 1, Math.ceil(height)],
    text: runs,
    fit: wraps ? 'width' : 'content',
    ...STYLE,
  };
}

/** The most characters of plain text that are taken in at once. */
const LONGEST_TEXT = 200_000;
const ADDRESS = /^https?:\/\/\S+$/i;

/** Plain text as an element, or none where it says nothing; an address becomes a link. Throws `ExchangeError`. */
export function textElements(text: string): NewElement[] {
  if (text.length > LONGEST_TEXT)
    throw new ExchangeError(
      'too-large',
      `This text has ${text.length} characters: ${LONGEST_TEXT} are the most.`,
    );
  const said = text.replace(/\r\n?/g, '\n').replace(/^\n+/, '').trimEnd();
  if (said === '') return [];
  const run: TextRun = ADDRESS.test(said) ? { insert: said, attributes: { link: said } } : { insert: said };
  return [newText([run])];
}
