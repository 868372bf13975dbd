import type { NewFrame, NewImage, NewShape, Pair } from '@inkwire/core';
import {
  type Conversion,
  commonStyle,
  dashOf,
  fillColor,
  isRound,
  outlineStyle,
  strokeColor,
} from './conversion.js';
import { lettering, verticalAlignOf } from './convert-text.js';
import type { Fields } from './fields.js';
import { boxOf } from './placed-box.js';

const FORMS: ReadonlyMap<string, NonNullable<NewShape['form']>> = new Map([
  ['rectangle', 'rectangle'],
  ['ellipse', 'ellipse'],
  ['diamond', 'diamond'],
]);
/** Corners are rounded by a part of the shorter side, and by so many units at most where the file says type 3. */
const ROUNDING = 0.25;
const LARGEST_ROUNDING = 32;
const ADAPTIVE = 3;

export function convertShape(source: Fields, type: string, { book, labelOf }: Conversion): NewShape {
  const box = boxOf(source);
  const shape: NewShape = {
    kind: 'shape',
    form: FORMS.get(type) ?? 'rectangle',
    ...box,
    ...outlineStyle(source, book),
    fill: fillColor(source, book),
    dash: dashOf(source, book),
    radius: type === 'ellipse' || !isRound(source) ? 0 : radiusOf(source, box.size),
  };
  const label = labelOf(source.name('id') ?? '');
  if (label === undefined) return shape;
  const color = strokeColor(label, book);
  if (shape.width !== 0 && color !== shape.color) book.note('label-color');
  return {
    ...shape,
    ...(shape.width === 0 && color !== null && { color }),
    ...lettering(label, book),
    verticalAlign: verticalAlignOf(label),
  };
}

function radiusOf(source: Fields, [width, height]: Pair): number {
  const radius = Math.min(width, height) * ROUNDING;
  const adaptive = source.within('roundness')?.setting('type', 0, 0, 100) === ADAPTIVE;
  return adaptive ? Math.min(radius, LARGEST_ROUNDING) : radius;
}

export function convertFrame(source: Fields, { book }: Conversion): NewFrame {
  const { opacity, locked } = commonStyle(source, book);
  return {
    kind: 'frame',
    ...boxOf(source),
    opacity,
    locked,
    title: (source.name('name') ?? '').slice(0, 1024),
  };
}

/** A page that was embedded: its place and its address stay. */
export function convertEmbedded(source: Fields, { book }: Conversion): NewShape {
  book.note('embed');
  return {
    kind: 'shape',
    ...boxOf(source),
    ...outlineStyle(source, book),
    text: (source.name('link') ?? '').slice(0, 4096),
    font: 'sans',
    fontSize: 16,
    align: 'center',
    verticalAlign: 'center',
  };
}

export function convertImage(source: Fields, { book, picture }: Conversion): NewImage | NewShape {
  const box = boxOf(source);
  const { opacity, locked } = commonStyle(source, book);
  const url = picture(source.name('fileId') ?? '');
  if (url === undefined) {
    book.note('picture');
    return { kind: 'shape', ...box, opacity, locked, dash: 'dashed' };
  }
  const [flipX, flipY] = source.numbers('scale').map((factor) => Math.sign(factor ?? 1) || 1);
  return {
    kind: 'image',
    ...box,
    size: [box.size[0] * (flipX ?? 1), box.size[1] * (flipY ?? 1)],
    opacity,
    locked,
    source: url,
    ...cropOf(source, box.size),
  };
}

function cropOf(source: Fields, size: Pair): Pick<NewImage, 'naturalSize' | 'crop'> {
  const crop = source.within('crop');
  if (crop === null) return { naturalSize: size };
  const width = Math.max(crop.number('naturalWidth'), 1);
  const height = Math.max(crop.number('naturalHeight'), 1);
  const [left, top] = [part(crop.number('x') / width), part(crop.number('y') / height)];
  const right = part(left + crop.number('width') / width);
  const bottom = part(top + crop.number('height') / height);
  const shows = right - left > LEAST_CROP && bottom - top > LEAST_CROP;
  return { naturalSize: [width, height], ...(shows && { crop: [left, top, right, bottom] as const }) };
}

/** Less than this part of a picture is nothing that could be shown. */
const LEAST_CROP = 1 / 1024;

function part(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
