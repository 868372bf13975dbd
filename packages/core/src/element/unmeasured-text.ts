import { boundsOf } from './bounds.js';
import type { Element, TextElement } from './element.js';
import { boxAround, growBox, uniteBoxes } from './geometry/box.js';
import { type Lookup, labelOf } from './geometry/element-figure.js';
import { mapPoint, toPage } from './geometry/placement.js';
import type { Box, Point } from './geometry.js';
import { plainText } from './text.js';

/** What text takes at most, in sizes of its font: a letter from side to side, and a line from top to bottom. */
const LETTER = 1.4;
const LINE = 1.5;
const PARAGRAPH_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** By how much of their font's size letters may reach out of the box that they are set in: leaning ones do, and tails. */
const OVERHANG = 1 / 4;
/** Page units beyond bounds that `Board.query` leaves to whoever asks: letters of most sizes reach no further. */
const LEFT_TO_ASK = 24;

/** How far the letters of an element may reach out of its bounds, in page units; 0 for one that says nothing. */
export const overhangOf = (element: Element): number =>
  'fontSize' in element && element.text.length > 0 ? OVERHANG * element.fontSize : 0;

/**
 * As `boundsOf`, with room for text whose box nobody has measured, in whatever font, and for what large letters reach out
 * of theirs: what has to be looked at where an element might be seen.
 */
export const boundsWithLetters = (element: Element, lookup: Lookup): Box => {
  const bounds = boundsOf(element, lookup);
  const text = unmeasuredText(element, lookup);
  const box = text === null ? bounds : uniteBoxes([bounds, letterBox(text)]);
  const overhang = overhangOf(element);
  return overhang > LEFT_TO_ASK ? growBox(box, overhang - LEFT_TO_ASK) : box;
};

const unmeasuredText = (element: Element, lookup: Lookup): TextElement | null => {
  if (element.kind === 'text') return isMeasured(element.size) ? null : element;
  if (element.kind !== 'line' && element.kind !== 'arrow') return null;
  return element.text.length === 0 || isMeasured(element.labelSize) ? null : labelOf(element, lookup);
};

const isMeasured = ([width, height]: Point): boolean => width !== 0 && height !== 0;

const letterBox = ({ text, fontSize, fit, position, size, rotation }: TextElement): Box => {
  const [ownWidth, ownHeight] = [Math.abs(size[0]), Math.abs(size[1])];
  const letter = LETTER * fontSize;
  const lengths = plainText(text)
    .split(PARAGRAPH_END)
    .map((paragraph) => paragraph.length);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const wraps = fit === 'width';
  // Two lines that follow each other are longer than one may be, and a line has a letter at least.
  const perLine = wraps ? Math.max(ownWidth / (2 * letter), 1) : Number.POSITIVE_INFINITY;
  const lines = lengths.reduce((sum, length) => sum + Math.floor(length / perLine) + 1, 0);
  const width = wraps ? ownWidth + letter : longest * letter;
  const height = lines * LINE * fontSize;
  const onPage = toPage({ position, size: [ownWidth, ownHeight], rotation });
  const corner = (x: number, y: number): Point => mapPoint(onPage, [x, y]);
  // It may be set from either side of its box, or around the middle.
  const [left, right] = [-width, ownWidth + width];
  return boxAround([corner(left, 0), corner(right, 0), corner(right, height), corner(left, height)]);
};
