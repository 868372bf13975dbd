import { ExchangeError } from '../exchange-error.js';
import type { RemarkBook } from '../remarks.js';
import { createFields, type Fields, isObject } from './fields.js';

/** An Excalidraw file as it was read: nothing of it converted yet. */
export interface Drawing {
  /** A drawing has one part; a library has one for each of its items. */
  readonly parts: readonly (readonly Fields[])[];
  readonly isLibrary: boolean;
  /** Data URLs of pictures by file id. */
  readonly pictures: ReadonlyMap<string, string>;
}

/** More than this no board takes in at once: characters of a file, and elements in it. */
export const MOST_CHARACTERS = 96 * 1024 * 1024;
export const MOST_ELEMENTS = 100_000;

/**
 * Reads the JSON of a `.excalidraw` or `.excalidrawlib` file, or of Excalidraw's clipboard.
 *
 * Sources: https://docs.excalidraw.com/docs/codebase/json-schema and the files of libraries.excalidraw.com, of which
 * the older ones (version 1) keep their items as bare lists under `library`.
 *
 * @throws {ExchangeError}
 */
export function readDrawing(text: string, book: RemarkBook): Drawing {
  if (text.length > MOST_CHARACTERS)
    throw new ExchangeError(
      'too-large',
      `This drawing has ${text.length} characters: ${MOST_CHARACTERS} are the most.`,
    );
  const file = parse(text);
  if (!isObject(file)) throw new ExchangeError('format', 'This is no Excalidraw file: it holds no object.');
  switch (file.type) {
    case 'excalidraw':
    case 'excalidraw/clipboard':
      return {
        parts: [elementsOf(file.elements, 'elements', book)],
        isLibrary: false,
        pictures: picturesOf(file.files),
      };
    case 'excalidrawlib':
      return { parts: itemsOf(file, book), isLibrary: true, pictures: new Map() };
    default:
      throw new ExchangeError(
        'format',
        'This is no Excalidraw file: its type must be excalidraw, excalidraw/clipboard or excalidrawlib.',
        'type',
      );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'it is not JSON' : 'it is nested too deeply';
    throw new ExchangeError('format', `This is no Excalidraw file: ${reason}.`);
  }
}

function itemsOf(file: Record<string, unknown>, book: RemarkBook): Fields[][] {
  const field = Array.isArray(file.libraryItems) ? 'libraryItems' : 'library';
  const items = listOf(file[field], field);
  const parts = items.map((item, i) => {
    const path = `${field}[${i}]`;
    if (Array.isArray(item)) return elementsOf(item, path, book);
    const fields = createFields(item, path, book);
    if (fields.name('name')) book.note('item-name');
    return elementsOf((item as Record<string, unknown>).elements, `${path}.elements`, book);
  });
  const count = parts.reduce((sum, part) => sum + part.length, 0);
  if (count > MOST_ELEMENTS) throw tooMany(count, field);
  return parts;
}

function elementsOf(value: unknown, field: string, book: RemarkBook): Fields[] {
  return listOf(value, field)
    .map((element, i) => createFields(element, `${field}[${i}]`, book))
    .filter((element) => !element.flag('isDeleted'));
}

function listOf(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value))
    throw new ExchangeError('format', `This drawing is damaged: ${field} must be a list.`, field);
  if (value.length > MOST_ELEMENTS) throw tooMany(value.length, field);
  return value;
}

function tooMany(count: number, field: string): ExchangeError {
  return new ExchangeError(
    'too-large',
    `This drawing has ${count} elements: ${MOST_ELEMENTS} are the most that come in at once.`,
    field,
  );
}

function picturesOf(files: unknown): Map<string, string> {
  const pictures = new Map<string, string>();
  for (const [id, file] of Object.entries(isObject(files) ? files : {})) {
    const url = isObject(file) ? file.dataURL : null;
    if (typeof url === 'string' && url.startsWith('data:image/')) pictures.set(id, url);
  }
  return pictures;
}
