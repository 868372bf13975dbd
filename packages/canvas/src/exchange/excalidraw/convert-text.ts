import type { NewText } from '@inkwire/core';
import type { RemarkBook } from '../remarks.js';
import { type Conversion, commonStyle } from './conversion.js';
import type { Fields } from './fields.js';
import { boxOf } from './placed-box.js';

type Lettering = Required<Pick<NewText, 'font' | 'fontSize' | 'align'>> & { readonly text: string };

/** Excalidraw's numbers for its fonts, and whether ours is of the same sort. */
const FONTS: ReadonlyMap<number, readonly [font: Lettering['font'], same: boolean]> = new Map([
  [1, ['hand', true]],
  [2, ['sans', true]],
  [3, ['mono', true]],
  [5, ['hand', true]],
  [6, ['sans', true]],
  [7, ['sans', false]],
  [8, ['mono', true]],
  [9, ['sans', true]],
]);
const ALIGNMENTS: ReadonlyMap<string, Lettering['align']> = new Map([
  ['left', 'start'],
  ['center', 'center'],
  ['right', 'end'],
  ['top', 'start'],
  ['middle', 'center'],
  ['bottom', 'end'],
]);
const LARGEST_FONT = 4096;

/** A text and how it is set. A text in a box was broken into lines to fit: what was typed is what counts. */
export function lettering(source: Fields, book: RemarkBook, wrapped = true): Lettering {
  const [font, same] = FONTS.get(source.setting('fontFamily', 1, 0, 1000)) ?? ['hand', false];
  if (!same) book.note('font');
  const typed = wrapped && source.has('originalText') ? 'originalText' : 'text';
  return {
    text: source.text(typed).replace(/\r\n?/g, '\n'),
    font,
    fontSize: source.setting('fontSize', 20, 1, LARGEST_FONT),
    align: ALIGNMENTS.get(source.name('textAlign') ?? 'left') ?? 'start',
  };
}

export function verticalAlignOf(source: Fields): Lettering['align'] {
  return ALIGNMENTS.get(source.name('verticalAlign') ?? 'middle') ?? 'center';
}

const ADDRESS = /^(?:https?:\/\/|mailto:)\S{1,2000}$/i;

/** A text that stands by itself; null for one that says nothing. */
export function convertText(source: Fields, { book }: Conversion): NewText | null {
  // A width that was set by hand is told by `autoResize: false`.
  const wrapped = source.has('autoResize') && !source.flag('autoResize');
  const { text, ...rest } = lettering(source, book, wrapped);
  if (text.trim() === '') return null;
  const link = source.name('link');
  const linked = link !== null && ADDRESS.test(link);
  if (link && !linked) book.note('link');
  return {
    kind: 'text',
    ...boxOf(source),
    ...commonStyle(source, book),
    ...rest,
    text: linked ? [{ insert: text, attributes: { link } }] : text,
    fit: wrapped ? 'width' : 'content',
  };
}
