import { type ElementId, type NewElement, newElementId, type RandomBytes } from '@inkwire/core';
import type { Imported } from '../imported.js';
import { createRemarkBook, type RemarkBook } from '../remarks.js';
import { arrangeItems } from './arrange-items.js';
import type { Conversion } from './conversion.js';
import { convertEmbedded, convertFrame, convertImage, convertShape } from './convert-boxed.js';
import { convertLine, convertStroke } from './convert-lines.js';
import { convertText } from './convert-text.js';
import type { Fields } from './fields.js';
import { createGrouping } from './grouping.js';
import { readDrawing } from './read-drawing.js';

export interface ExcalidrawOptions {
  /** Makes ids. Default: the platform's random numbers. */
  readonly random?: RandomBytes | undefined;
}

/** So many elements are converted between two words about how far it is. */
const STEP = 500;

/**
 * Reads a `.excalidraw` or `.excalidrawlib` file, or what Excalidraw put on the clipboard. The elements keep their
 * places; the items of a library come side by side. Pictures have their data URL as source, however long it is.
 *
 * @throws {ExchangeError} for what is no such file, is damaged or too large.
 */
export function importExcalidraw(text: string, options: ExcalidrawOptions = {}): Imported {
  const steps = excalidrawSteps(text, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** {@link importExcalidraw} piece by piece, each of a few ms after the first: yields the part that is done, 0 to 1. */
export function* excalidrawSteps(
  text: string,
  { random }: ExcalidrawOptions = {},
): Generator<number, Imported> {
  const book = createRemarkBook();
  const { parts, isLibrary, pictures } = readDrawing(text, book);
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const converted: NewElement[][] = [];
  let done = 0;
  for (const part of parts) {
    const conversion = createConversion(part, pictures, book, random);
    const grouping = createGrouping(random);
    const elements: NewElement[] = [];
    for (const source of part) {
      const parent = grouping.parentOf(source.names('groupIds'), conversion.frameOf(source));
      for (const element of convert(source, conversion))
        elements.push({ ...element, parent: element.parent ?? parent });
      done += 1;
      if (done % STEP === 0) yield done / total;
    }
    converted.push(framesFirst(grouping.settle(elements)));
  }
  return { elements: isLibrary ? arrangeItems(converted, random) : converted.flat(), remarks: book.remarks };
}

/** A frame is painted beneath what it holds. */
function framesFirst(elements: readonly NewElement[]): NewElement[] {
  const isFrame = ({ kind }: NewElement) => kind === 'frame';
  return [...elements.filter(isFrame), ...elements.filter((element) => !isFrame(element))];
}

const LABELLED_SHAPES = new Set(['rectangle', 'ellipse', 'diamond']);
const LABELLED_LINES = new Set(['line', 'arrow']);
const FRAMES = new Set(['frame', 'magicframe']);

interface PartConversion extends Conversion {
  frameOf(source: Fields): ElementId | null;
  /** Whether a text is shown by the shape or line that it is bound to. */
  isLabel(source: Fields): boolean;
  readonly random: RandomBytes | undefined;
}

function createConversion(
  part: readonly Fields[],
  pictures: ReadonlyMap<string, string>,
  book: RemarkBook,
  random: RandomBytes | undefined,
): PartConversion {
  const sources = new Map(part.map((source) => [source.name('id') ?? '', source]));
  const ids = new Map([...sources.keys()].map((id) => [id, newElementId(random)]));
  const carriesLabel = (container: string): boolean => {
    const source = sources.get(container);
    const type = source?.name('type') ?? '';
    // A line without a way to go is no line, but what is written on it is still a text.
    return (
      LABELLED_SHAPES.has(type) || (LABELLED_LINES.has(type) && (source?.points('points').length ?? 0) > 1)
    );
  };
  const typeOf = (id: string | null) => (id === null ? null : (sources.get(id)?.name('type') ?? null));
  const labels = new Map<string, Fields>();
  for (const source of part) {
    const container = source.name('containerId');
    if (source.name('type') === 'text' && container !== null && carriesLabel(container))
      labels.set(container, source);
  }
  return {
    book,
    random,
    idOf: (id) => (id === null ? null : (ids.get(id) ?? null)),
    find: (id) => sources.get(id),
    labelOf: (id) => labels.get(id),
    picture: (id) => pictures.get(id),
    isLabel: (source) => labels.get(source.name('containerId') ?? '') === source,
    frameOf(source) {
      const frame = source.name('frameId');
      const holds =
        frame !== null && FRAMES.has(typeOf(frame) ?? '') && !FRAMES.has(source.name('type') ?? '');
      return holds ? (ids.get(frame) ?? null) : null;
    },
  };
}

/** What an element of the drawing becomes: mostly one element, none where nothing of it could be seen. */
function convert(source: Fields, conversion: PartConversion): NewElement[] {
  const { book, isLabel, idOf } = conversion;
  const type = source.name('type') ?? '';
  if (type === 'text' && isLabel(source)) return [];
  const elements = convertKind(source, type, conversion);
  if (elements === null) book.note('kind');
  if (elements?.length === 0) book.note('empty');
  if (type === 'text' && source.name('containerId') !== null) book.note('label');
  else if (type !== 'text' && !EMBEDDED.has(type) && source.name('link')) book.note('link');
  const [last, ...before] = [...(elements ?? [])].reverse();
  if (last === undefined) return [];
  const own = { ...last, id: idOf(source.name('id') ?? '') ?? newElementId(conversion.random) };
  return [...before, own];
}

const EMBEDDED = new Set(['embeddable', 'iframe']);

function convertKind(source: Fields, type: string, conversion: Conversion): NewElement[] | null {
  switch (type) {
    case 'rectangle':
    case 'ellipse':
    case 'diamond':
      return extended(convertShape(source, type, conversion));
    case 'line':
    case 'arrow':
      return present(convertLine(source, type, conversion));
    case 'freedraw':
    case 'draw':
      return convertStroke(source, type, conversion);
    case 'text':
      return present(convertText(source, conversion));
    case 'image':
      return extended(convertImage(source, conversion));
    case 'frame':
    case 'magicframe':
      return extended(convertFrame(source, conversion));
    case 'embeddable':
    case 'iframe':
      return extended(convertEmbedded(source, conversion));
    default:
      return null;
  }
}

function present(element: NewElement | null): NewElement[] {
  return element === null ? [] : [element];
}

function extended<T extends NewElement & { readonly size: readonly [number, number] }>(element: T): T[] {
  return element.size[0] === 0 && element.size[1] === 0 ? [] : [element];
}
