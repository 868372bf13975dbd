import type { Pair } from '@inkwire/core';
import { decodeImage, toDataUrl } from '../images/decode-image.js';
import { ImageError } from '../images/image-error.js';
import { fetchImage, type ImageFile } from '../images/image-source.js';
import { ExchangeError } from './exchange-error.js';
import { cleanSvg } from './svg-picture.js';

/**
 * Keeps a picture for the board and says under which source its element finds it again: the app's upload. Rejecting
 * leaves the picture out, and says so.
 */
export type StoreImage = (picture: Blob) => Promise<string>;

/** A picture that an element can show. */
export interface PreparedPicture {
  readonly source: string;
  /** In its own pixels, however many of them are kept. */
  readonly naturalSize: Pair;
}

export interface PrepareOptions {
  readonly window: Window & typeof globalThis;
  /** Default: the picture becomes its own address, in the document of the board. */
  readonly storeImage?: StoreImage | undefined;
}

/** A picture of its own address travels in an update: so many bytes at most, and pixels on its longer side. */
const INLINE = { bytes: 400_000, side: 2048 };
/** What an app is given to store. */
const STORED = { bytes: 8_000_000, side: 4096 };
/** Each attempt to make it small enough takes so much of the one before. */
const SHRINK = 0.75;
const QUALITY = 0.85;

/**
 * Makes a picture fit for a board: SVG is cleaned, what is too large is made smaller.
 *
 * @param file its bytes, or a `data:` address that holds them.
 * @throws {ExchangeError} for what is no picture, too large, or not taken by the app.
 */
export async function preparePicture(file: Blob | string, options: PrepareOptions): Promise<PreparedPicture> {
  const limit = options.storeImage === undefined ? INLINE : STORED;
  const picture = await wrapped(() =>
    typeof file === 'string' ? fetchImage(file) : fetchImage('the picture', { resolveImage: () => file }),
  );
  const { blob, naturalSize } = await (picture.type === 'image/svg+xml'
    ? drawing(picture, options.window)
    : photograph(picture, limit));
  if (blob.size > limit.bytes)
    throw new ExchangeError('too-large', `This picture has ${blob.size} bytes: ${limit.bytes} are the most.`);
  return { source: await store(blob, options.storeImage), naturalSize };
}

interface Reduced {
  readonly blob: Blob;
  readonly naturalSize: Pair;
}

async function drawing(picture: ImageFile, window: Window & typeof globalThis): Promise<Reduced> {
  const { blob, size } = cleanSvg(await picture.blob.text(), window);
  // What cannot be drawn is found out now, and not by everybody who opens the board.
  const { bitmap } = await wrapped(() => decodeImage({ type: picture.type, blob }, 64));
  bitmap.close();
  return { blob, naturalSize: size };
}

async function photograph(picture: ImageFile, { side, bytes }: typeof INLINE): Promise<Reduced> {
  const { bitmap, naturalSize } = await wrapped(() => decodeImage(picture, side));
  try {
    const fits = picture.blob.size <= bytes && Math.max(...naturalSize) <= side;
    return { blob: fits ? picture.blob : await encode(bitmap, side, bytes), naturalSize };
  } finally {
    bitmap.close();
  }
}

async function store(picture: Blob, storeImage: StoreImage | undefined): Promise<string> {
  if (storeImage === undefined) return toDataUrl(picture);
  try {
    return await storeImage(picture);
  } catch (cause) {
    throw new ExchangeError('refused', `The picture could not be stored: ${(cause as Error).message}`);
  }
}

/** As small as it has to be: with fewer pixels each time. */
async function encode(bitmap: ImageBitmap, side: number, bytes: number): Promise<Blob> {
  const longest = Math.max(bitmap.width, bitmap.height);
  for (let scale = Math.min(side / longest, 1); ; scale *= SHRINK) {
    const canvas = new OffscreenCanvas(
      Math.max(Math.round(bitmap.width * scale), 1),
      Math.max(Math.round(bitmap.height * scale), 1),
    );
    const context = canvas.getContext('2d');
    if (context === null) throw new ExchangeError('refused', 'This browser has no room for another picture.');
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    // A browser that writes no WebP writes PNG instead.
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: QUALITY });
    if (blob.size <= bytes || canvas.width * canvas.height <= 64) return blob;
  }
}

const CODES = {
  refused: 'refused',
  unreachable: 'format',
  undecodable: 'format',
  'too-large': 'too-large',
} as const;

async function wrapped<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof ImageError)) throw cause;
    throw new ExchangeError(CODES[cause.code], cause.message);
  }
}
