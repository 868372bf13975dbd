import type { Element, ImageElement } from '@inkwire/core';
import { decodeImage, toDataUrl } from '../images/decode-image.js';
import { fetchImage, type ImageSourceOptions } from '../images/image-source.js';
import type { Images, ReadyImage, ShownImage } from '../paint/images.js';

/** All pictures of an export together have at most so many pixels; where they have more, they come smaller. */
const MOST_PIXELS = 64 * 1024 * 1024;

/** The pictures of an export, all there before it is painted. */
export interface PictureImages extends Images {
  /** Gives the pixels back. */
  destroy(): void;
}

/**
 * Fetches the pictures of `elements`, as bitmaps for a canvas or as addresses for a document. One that fails does not
 * fail the export: its place is shown.
 *
 * @param scale pixels per page unit of the canvas; null for a document, which holds the pictures as they are.
 */
export async function loadImages(
  elements: readonly Element[],
  scale: number | null,
  options: ImageSourceOptions,
): Promise<PictureImages> {
  const widths = new Map<string, number>();
  for (const element of elements) {
    if (element.kind !== 'image') continue;
    const width = wholeWidth(element) * (scale ?? 1);
    widths.set(element.source, Math.max(widths.get(element.source) ?? 0, width));
  }
  const share = Math.sqrt(MOST_PIXELS / Math.max(widths.size, 1));
  const loaded = new Map<string, ReadyImage>();
  // One after the other: pictures take most memory while they are decoded.
  for (const [source, width] of widths) {
    try {
      const file = await fetchImage(source, options);
      const ready =
        scale === null
          ? { bitmap: null, href: await toDataUrl(file.blob) }
          : { bitmap: (await decodeImage(file, Math.min(Math.ceil(width), share))).bitmap, href: null };
      loaded.set(source, { state: 'ready', ...ready });
    } catch {
      // What is not there is shown as failed.
    }
  }
  return {
    show: ({ source }: ImageElement): ShownImage => loaded.get(source) ?? { state: 'failed' },
    destroy() {
      for (const { bitmap } of loaded.values()) bitmap?.close();
      loaded.clear();
    },
  };
}

function wholeWidth({ size, crop }: ImageElement): number {
  return Math.abs(size[0]) / (crop[2] - crop[0]);
}
