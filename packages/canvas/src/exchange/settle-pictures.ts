import type { NewElement } from '@inkwire/core';
import { ExchangeError } from './exchange-error.js';
import type { Gathered } from './gathered.js';
import { type PreparedPicture, type PrepareOptions, preparePicture } from './prepare-picture.js';
import { createRemarkBook } from './remarks.js';

/**
 * Prepares the pictures of a drawing, which are their own addresses, like those of any other file. One that cannot be
 * leaves an empty box in its place.
 */
export async function settlePictures(
  elements: readonly NewElement[],
  options: PrepareOptions,
): Promise<Omit<Gathered, 'stored'>> {
  const book = createRemarkBook();
  const errors: ExchangeError[] = [];
  const known = new Map<string, PreparedPicture | null>();

  async function prepare(source: string): Promise<PreparedPicture | null> {
    try {
      return await preparePicture(source, options);
    } catch (cause) {
      if (!(cause instanceof ExchangeError)) throw cause;
      errors.push(cause);
      return null;
    }
  }

  const settled: NewElement[] = [];
  for (const element of elements) {
    if (element.kind !== 'image') {
      settled.push(element);
      continue;
    }
    const picture = known.get(element.source) ?? (await prepare(element.source));
    known.set(element.source, picture);
    if (picture !== null) {
      settled.push({ ...element, ...picture });
      continue;
    }
    book.note('picture');
    const { source: _source, naturalSize: _size, crop: _crop, ...place } = element;
    settled.push({ ...place, kind: 'shape', dash: 'dashed' });
  }
  return { elements: settled, remarks: book.remarks, errors };
}
