import type { NewImage } from '@inkwire/core';
import { type PrepareOptions, preparePicture } from './prepare-picture.js';

/**
 * An image element, its top left corner at the origin: as large as the picture is by itself, unless that is more than
 * `largest` (page units).
 *
 * @throws {ExchangeError}
 */
export async function pictureElement(
  file: Blob,
  options: PrepareOptions & { readonly largest: readonly [width: number, height: number] },
): Promise<NewImage> {
  const picture = await preparePicture(file, options);
  const [width, height] = picture.naturalSize;
  const scale = Math.min(options.largest[0] / width, options.largest[1] / height, 1);
  return { kind: 'image', position: [0, 0], size: [width * scale, height * scale], ...picture };
}
