import type { ImageElement } from '@inkwire/core';

/** A picture that can be drawn. */
export interface ReadyImage {
  readonly state: 'ready';
  /** The whole picture, perhaps smaller than it is by itself; null for a surface that takes `href`. */
  readonly bitmap: ImageBitmap | null;
  /** A `data:` address that holds the picture; null for a surface that takes `bitmap`. */
  readonly href: string | null;
}

/** What there is to be shown of an image element. */
export type ShownImage = ReadyImage | { readonly state: 'loading' | 'failed' };

/** Where painting gets pictures from: at once, whatever there is. */
export interface Images {
  /** @param width how wide the whole picture is where it is painted, in device pixels. */
  show(image: ImageElement, width: number): ShownImage;
}
