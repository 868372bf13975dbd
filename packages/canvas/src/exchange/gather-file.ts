import { InkwireError, type StoredElement } from '@inkwire/core';
import { openPicture } from '../export/board-file.js';
import { ExportError } from '../export/export-error.js';
import { isSvg } from '../images/image-type.js';
import { isClip, readClip } from './clip.js';
import { ExchangeError } from './exchange-error.js';
import { gatherDrawing, isDrawing } from './gather-drawing.js';
import { type Gathered, type GatherOptions, NOTHING } from './gathered.js';
import { newText, textElements } from './new-text.js';
import { pictureElement } from './picture-element.js';
import { richTextOf } from './rich-text.js';

const PICTURE = /\.(?:png|svg|jpe?g|gif|webp|avif|bmp)$/i;
const DRAWING = /\.(?:excalidraw|excalidrawlib)$/i;
const TEXT = /\.(?:txt|md)$/i;

/**
 * Reads a file by its name, its type and what it begins with.
 *
 * @throws {ExchangeError}
 */
export async function gatherFile(file: File, options: GatherOptions): Promise<Gathered> {
  if (DRAWING.test(file.name)) return gatherDrawing(await file.text(), options);
  if (file.type.startsWith('image/') || PICTURE.test(file.name)) {
    const board = await boardInPicture(file);
    return board === null
      ? { ...NOTHING, elements: [await pictureElement(file, options)] }
      : { ...NOTHING, stored: board };
  }
  const text = await textOf(file);
  if (isDrawing(text)) return gatherDrawing(text, options);
  if (isClip(text)) return { ...NOTHING, stored: readClip(text) };
  if (isSvg(text)) return { ...NOTHING, elements: [await pictureElement(file, options)] };
  if (/html/.test(file.type)) return { ...NOTHING, elements: [newText(richTextOf(text, options.window))] };
  if (/^text\//.test(file.type) || TEXT.test(file.name)) return { ...NOTHING, elements: textElements(text) };
  throw new ExchangeError(
    'unsupported',
    'Boards take pictures, texts, Excalidraw drawings and files of boards.',
  );
}

/** Nothing of a large file is read before it is known to be of use. */
async function textOf(file: File): Promise<string> {
  const head = await file.slice(0, 4096).text();
  return /^\s*[{<]/.test(head) || /^text\//.test(file.type) || TEXT.test(file.name) ? file.text() : '';
}

/** A picture that was exported together with its board is that board. */
async function boardInPicture(file: File): Promise<readonly StoredElement[] | null> {
  if (!/png|svg/i.test(file.type || file.name)) return null;
  try {
    return await openPicture(file);
  } catch (cause) {
    if (cause instanceof ExportError || cause instanceof InkwireError) return null;
    throw cause;
  }
}
