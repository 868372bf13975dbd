import { ImageError } from './image-error.js';
import type { ImageFile } from './image-source.js';

/** A decoded picture, perhaps smaller than it is by itself. */
export interface DecodedImage {
  readonly bitmap: ImageBitmap;
  /** In its own pixels. */
  readonly naturalSize: readonly [width: number, height: number];
}

/** No bitmap is larger than this on a side: graphics cards refuse more. */
const LARGEST_SIDE = 8192;

/**
 * Decodes a picture off the frame, made smaller if all of it is to be at most `width` pixels wide. Rejects with
 * {@link ImageError}.
 */
export async function decodeImage(file: ImageFile, width: number): Promise<DecodedImage> {
  try {
    const whole =
      file.type === 'image/svg+xml' ? await drawSvg(file.blob) : await createImageBitmap(file.blob);
    const naturalSize = [whole.width, whole.height] as const;
    const factor = Math.min(width / whole.width, LARGEST_SIDE / Math.max(...naturalSize), 1);
    if (factor === 1) return { bitmap: whole, naturalSize };
    const bitmap = await shrinkBitmap(whole, whole.width * factor);
    whole.close();
    return { bitmap, naturalSize };
  } catch (cause) {
    if (cause instanceof ImageError) throw cause;
    throw new ImageError('undecodable', `The picture cannot be decoded: ${(cause as Error).message}`);
  }
}

/** A copy that is at most `width` pixels wide. */
export function shrinkBitmap(bitmap: ImageBitmap, width: number): Promise<ImageBitmap> {
  const factor = Math.min(width / bitmap.width, 1);
  return createImageBitmap(bitmap, {
    resizeWidth: Math.max(Math.round(bitmap.width * factor), 1),
    resizeHeight: Math.max(Math.round(bitmap.height * factor), 1),
    resizeQuality: 'medium',
  });
}

/** The pixels on the longer side of an SVG, which has as many as one likes. */
const SVG_SIDE = 2048;

/** As an image, where its scripts do not run and nothing is fetched; only windows can do that. */
async function drawSvg(blob: Blob): Promise<ImageBitmap> {
  if (typeof Image === 'undefined') throw new ImageError('undecodable', 'SVG cannot be decoded in a worker.');
  const image = new Image();
  image.src = await toDataUrl(blob);
  await image.decode();
  const [width, height] = [image.naturalWidth || 300, image.naturalHeight || 150];
  const factor = SVG_SIDE / Math.max(width, height);
  const canvas = new OffscreenCanvas(
    Math.max(Math.round(width * factor), 1),
    Math.max(Math.round(height * factor), 1),
  );
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.transferToImageBitmap();
}

/** The bytes as a `data:` address, which policies let images have more often than `blob:`. */
export async function toDataUrl(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `data:${blob.type};base64,${btoa(text)}`;
}
