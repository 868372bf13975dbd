import { isSvg } from '../images/image-type.js';
import { clipFromHtml, isClip, readClip } from './clip.js';
import { ExchangeError } from './exchange-error.js';
import { gatherDrawing, isDrawing } from './gather-drawing.js';
import { gatherFile } from './gather-file.js';
import { type Gathered, type GatherOptions, NOTHING } from './gathered.js';
import { boundsOfNew, movedNew } from './imported.js';
import { newText, textElements } from './new-text.js';
import type { Offer } from './offer.js';
import { pictureElement } from './picture-element.js';
import { richTextOf } from './rich-text.js';

/** Page units between things that come together. */
const GAP = 24;

/**
 * Reads an offer, the richest form of it that there is. Of several files each is read by itself: what fails leaves the
 * others be.
 *
 * @throws {ExchangeError} where nothing at all can be taken in.
 */
export async function gather(offer: Offer, options: GatherOptions): Promise<Gathered> {
  const { clip, html, text, files } = offer;
  if (options.asText) {
    const said =
      text ??
      (html === null
        ? ''
        : richTextOf(html, options.window)
            .map(({ insert }) => insert)
            .join(''));
    return { ...NOTHING, elements: textElements(said) };
  }
  const own =
    clip ?? (html === null ? null : clipFromHtml(html)) ?? (text !== null && isClip(text) ? text : null);
  if (own !== null) return { ...NOTHING, stored: readClip(own) };
  if (text !== null && isDrawing(text)) return gatherDrawing(text, options);
  // A picture from a page comes with HTML that only names it; words from an office come with a picture of themselves.
  const runs = html === null ? [] : richTextOf(html, options.window);
  const says = runs.some(({ insert }) => insert.trim() !== '');
  if (files.length > 0 && !says) return gatherFiles(files, options);
  if (text !== null && isSvg(text))
    return { ...NOTHING, elements: [await pictureElement(new Blob([text]), options)] };
  if (says) return { ...NOTHING, elements: [newText(runs)] };
  return { ...NOTHING, elements: textElements(text ?? '') };
}

async function gatherFiles(files: readonly File[], options: GatherOptions): Promise<Gathered> {
  const stored: Gathered['stored'][number][] = [];
  const elements: Gathered['elements'][number][] = [];
  const remarks: Gathered['remarks'][number][] = [];
  const errors: ExchangeError[] = [];
  let left = 0;
  for (const file of files) {
    try {
      const part = await gatherFile(file, options);
      const box = boundsOfNew(part.elements);
      elements.push(...movedNew(part.elements, left - (box?.minX ?? 0), -(box?.minY ?? 0)));
      left += box === null ? 0 : box.maxX - box.minX + GAP;
      stored.push(...part.stored);
      remarks.push(...part.remarks);
      errors.push(...part.errors);
    } catch (cause) {
      if (!(cause instanceof ExchangeError)) throw cause;
      errors.push(new ExchangeError(cause.code, `${file.name}: ${cause.message}`, cause.field));
    }
  }
  const [first] = errors;
  if (first !== undefined && stored.length + elements.length === 0) throw first;
  return { stored, elements, remarks, errors };
}
