import type { ElementId, NewElement } from '@inkwire/core';
import { parseCssColor } from '../css-color.js';
import type { RemarkBook } from '../remarks.js';
import type { Fields } from './fields.js';

/** What the conversion of one element may ask about the part of the drawing that it is in. */
export interface Conversion {
  readonly book: RemarkBook;
  /** The id on the board of an element in this part; null where there is none. */
  idOf(sourceId: string | null): ElementId | null;
  /** The element of that id. */
  find(sourceId: string): Fields | undefined;
  /** The text that is bound to a shape or a line. */
  labelOf(sourceId: string): Fields | undefined;
  /** The data URL of a picture. */
  picture(fileId: string): string | undefined;
}

/** How an element looks, whatever it is. */
export type CommonStyle = Pick<NewElement, 'color' | 'opacity' | 'locked'>;

/** What a stroke colour was before anybody chose one. */
const INK = new Set(['#1e1e1e', '#000000']);
const CLEAR = 0.02;
const OPAQUE = 0.98;

/** The colour of a line or text; null for a clear one. */
export function strokeColor(source: Fields, book: RemarkBook): string | null {
  return readColor(source, 'strokeColor', 'ink', book);
}

/** The colour of a fill, or `none`. */
export function fillColor(source: Fields, book: RemarkBook): string {
  const color = readColor(source, 'backgroundColor', 'none', book) ?? 'none';
  if (color !== 'none' && source.has('fillStyle') && source.name('fillStyle') !== 'solid')
    book.note('hatching');
  return color;
}

function readColor(source: Fields, field: string, usual: string, book: RemarkBook): string | null {
  const text = source.name(field);
  if (text === null) return usual;
  const color = parseCssColor(text);
  if (color === null) {
    book.note('color');
    return usual;
  }
  if (color.alpha < CLEAR) return null;
  if (color.alpha < OPAQUE) book.note('translucent');
  return field === 'strokeColor' && INK.has(color.hex) ? 'ink' : color.hex;
}

export function commonStyle(source: Fields, book: RemarkBook): CommonStyle {
  const { color, opacity, locked } = outlineStyle(source, book);
  return { color, opacity, locked };
}

/** What is drawn by hand is 4.25 times as wide as its number says, and a board takes widths up to 4,096. */
const WIDEST = 960;

/** Also how wide its outline is: 0 where its colour is clear. */
export function outlineStyle(source: Fields, book: RemarkBook): CommonStyle & { readonly width: number } {
  if (source.setting('roughness', 0, 0, 100) > 0) book.note('roughness');
  if (source.within('customData') !== null) book.note('app-data');
  const color = strokeColor(source, book);
  return {
    color: color ?? 'ink',
    width: color === null ? 0 : source.setting('strokeWidth', 2, 0, WIDEST),
    opacity: source.setting('opacity', 100, 0, 100) / 100,
    locked: source.flag('locked'),
  };
}

export function dashOf(source: Fields, book: RemarkBook): 'solid' | 'dashed' | 'dotted' {
  const style = source.name('strokeStyle') ?? 'solid';
  if (style === 'solid' || style === 'dashed' || style === 'dotted') return style;
  book.note('value');
  return 'solid';
}

/** Whether corners or bends are round: older files say it in words. */
export function isRound(source: Fields): boolean {
  return source.has('roundness') || source.name('strokeSharpness') === 'round';
}
