import type { ElementId, ImageElement } from '@inkwire/core';
import type { Images, ShownImage } from '../paint/images.js';
import { decodeImage, shrinkBitmap } from './decode-image.js';
import { ImageError, type ImageErrorCode } from './image-error.js';
import { fetchImage, type ImageFile, type ImageSourceOptions } from './image-source.js';
import { createLimit } from './limit.js';

/** The pictures of a board on the screen: fetched and decoded when they are first painted, kept within a budget. */
export interface ImageStore extends Images {
  /** The bytes of pixels that are kept. */
  readonly bytes: number;
  /** And of files. */
  readonly fileBytes: number;
  /** Whether something is being fetched or decoded. */
  readonly pending: boolean;
  /** Gives all pixels back (the board is hidden); what is painted again is decoded again. */
  release(): void;
  /** Fetches again what could not be reached. */
  retry(): void;
  destroy(): void;
}

export interface ImageStoreOptions extends ImageSourceOptions {
  /** Elements look different now: their picture came, became sharper, or failed. */
  readonly onChange: (elements: readonly ElementId[]) => void;
  /** Whether an element is there: nothing is kept of the pictures of others for long. */
  readonly isOnBoard: (id: ElementId) => boolean;
  /** Of pixels kept. Default 192 MiB. */
  readonly budgetBytes?: number | undefined;
  /** Of files kept, which are fetched again when they are needed again. Default 64 MiB. */
  readonly fileBudgetBytes?: number | undefined;
  /** Default: by this browser. */
  readonly decode?: typeof decodeImage | undefined;
  readonly shrink?: typeof shrinkBitmap | undefined;
  /** Whose `online` event makes failed pictures be fetched again. Default: this window. */
  readonly network?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | undefined;
}

interface Entry {
  readonly source: string;
  readonly elements: Set<ElementId>;
  file: ImageFile | null;
  naturalWidth: number | null;
  bitmap: ImageBitmap | null;
  /** What is shown while the bitmap is given back. */
  thumbnail: ImageBitmap | null;
  failure: ImageErrorCode | null;
  /** Whether it is being fetched or decoded. */
  busy: boolean;
  /** How many pixels wide it is wanted, and was when the bitmap was made. */
  wanted: number;
  made: number;
  /** How many bytes it was allowed when it had to be made smaller than that; null where it had not. */
  limit: number | null;
  /** When it was last painted, in paintings of any picture. */
  shown: number;
}

const DEFAULT_BUDGET = 192 * 1024 * 1024;
const DEFAULT_FILE_BUDGET = 64 * 1024 * 1024;
/** With so many pictures, and then with twice as many as are left, those that have left the board are forgotten. */
const SWEPT_FIRST = 64;
/** A slow server must not hold up other pictures for long. */
const FETCHED_AT_ONCE = 8;
/** While pixels are decoded they are there twice. */
const DECODED_AT_ONCE = 2;
const THUMBNAIL_WIDTH = 64;

export function createImageStore(options: ImageStoreOptions): ImageStore {
  const { onChange, isOnBoard, network = globalThis } = options;
  const { budgetBytes = DEFAULT_BUDGET, fileBudgetBytes = DEFAULT_FILE_BUDGET } = options;
  const { decode = decodeImage, shrink = shrinkBitmap } = options;
  const entries = new Map<string, Entry>();
  const fetching = createLimit(FETCHED_AT_ONCE);
  const decoding = createLimit(DECODED_AT_ONCE);
  let working = 0;
  let paintings = 0;
  let bytes = 0;
  let fileBytes = 0;
  let sweptAt = SWEPT_FIRST;
  /** How often all pixels were given back. */
  let releases = 0;
  let destroyed = false;

  function entryOf(source: string): Entry {
    let entry = entries.get(source);
    if (entry === undefined) {
      entry = {
        source,
        elements: new Set(),
        file: null,
        naturalWidth: null,
        bitmap: null,
        thumbnail: null,
        failure: null,
        busy: false,
        wanted: 0,
        made: 0,
        limit: null,
        shown: 0,
      };
      if (entries.size >= sweptAt) sweep();
      entries.set(source, entry);
    }
    return entry;
  }

  /** Forgets the pictures of elements that are gone. What comes back is fetched again. */
  function sweep(): void {
    for (const entry of entries.values()) {
      for (const id of entry.elements) if (!isOnBoard(id)) entry.elements.delete(id);
      if (entry.busy || entry.elements.size > 0) continue;
      drop(entry);
      dropFile(entry);
      entry.thumbnail?.close();
      entries.delete(entry.source);
    }
    sweptAt = Math.max(2 * entries.size, SWEPT_FIRST);
  }

  /** Whether it was painted in the last two rounds of all pictures: these have to fit into the budget together. */
  function isRecent({ shown }: Entry): boolean {
    return shown > paintings - 2 * entries.size;
  }

  /** How many bytes each picture may have. Half of what there is: one that is made anew is there twice for a moment. */
  function share(): number {
    let recent = 0;
    for (const entry of entries.values()) if (isRecent(entry)) recent++;
    return budgetBytes / (2 * Math.max(recent, 1));
  }

  function isSharpEnough({ bitmap, wanted, made, naturalWidth, limit }: Entry): boolean {
    if (bitmap === null) return false;
    // There is clearly more room than there was.
    if (limit !== null && share() >= 4 * limit) return false;
    return made >= wanted || bitmap.width === naturalWidth;
  }

  function bring(entry: Entry): void {
    if (entry.busy || destroyed) return;
    entry.busy = true;
    working++;
    load(entry)
      .then(
        () => {
          entry.failure = null;
        },
        (cause) => {
          entry.failure = cause instanceof ImageError ? cause.code : 'undecodable';
        },
      )
      .finally(() => {
        entry.busy = false;
        working--;
        if (!destroyed) onChange([...entry.elements]);
      });
  }

  async function load(entry: Entry): Promise<void> {
    const file = entry.file ?? (await fetching(() => fetchImage(entry.source, options)));
    keepFile(entry, file);
    await decoding(() => makeBitmap(entry, file));
  }

  /** Keeps a file, and of the others those that were painted last. */
  function keepFile(newest: Entry, file: ImageFile): void {
    if (destroyed || newest.file !== null) return;
    newest.file = file;
    fileBytes += file.blob.size;
    if (fileBytes <= fileBudgetBytes) return;
    const others = [...entries.values()].filter((entry) => entry.file !== null && entry !== newest);
    for (const entry of others.sort((a, b) => a.shown - b.shown)) {
      if (fileBytes <= fileBudgetBytes) return;
      dropFile(entry);
    }
  }

  function dropFile(entry: Entry): void {
    fileBytes -= entry.file?.blob.size ?? 0;
    entry.file = null;
  }

  async function makeBitmap(entry: Entry, file: ImageFile): Promise<void> {
    if (destroyed) return;
    const before = releases;
    // Powers of two: zooming in decodes a few times and not at each step.
    const width = 2 ** Math.ceil(Math.log2(Math.max(entry.wanted, THUMBNAIL_WIDTH)));
    let { bitmap, naturalSize } = await decode(file, width);
    const limit = share();
    const excess = bytesOf(bitmap) / limit;
    if (excess > 1) {
      const large = bitmap;
      bitmap = await shrink(large, large.width / Math.sqrt(excess));
      large.close();
    }
    entry.thumbnail ??= await shrink(bitmap, THUMBNAIL_WIDTH);
    if (destroyed) {
      bitmap.close();
      entry.thumbnail.close();
      return;
    }
    drop(entry);
    if (releases > before) {
      // Nobody looks any more.
      bitmap.close();
      return;
    }
    entry.made = width;
    entry.limit = excess > 1 ? limit : null;
    entry.naturalWidth = naturalSize[0];
    entry.bitmap = bitmap;
    bytes += bytesOf(bitmap);
    keepWithinBudget(entry);
  }

  function drop(entry: Entry): void {
    if (entry.bitmap === null) return;
    bytes -= bytesOf(entry.bitmap);
    entry.bitmap.close();
    entry.bitmap = null;
  }

  /** Gives back what was not painted for long, the oldest first, and then what takes more than its share. */
  function keepWithinBudget(newest: Entry): void {
    if (bytes <= budgetBytes) return;
    const others = [...entries.values()].filter((entry) => entry.bitmap !== null && entry !== newest);
    others.sort((a, b) => a.shown - b.shown);
    const limit = share();
    for (const isTooMuch of [
      (entry: Entry) => !isRecent(entry),
      ({ bitmap }: Entry) => bitmap !== null && bytesOf(bitmap) > limit,
    ]) {
      for (const entry of others) {
        if (bytes <= budgetBytes) return;
        if (!isTooMuch(entry)) continue;
        drop(entry);
        entry.wanted = 0;
      }
    }
  }

  function retry(): void {
    for (const entry of entries.values()) {
      if (entry.failure === 'unreachable') bring(entry);
    }
  }

  network.addEventListener?.('online', retry);

  return {
    show(image: ImageElement, width: number): ShownImage {
      const entry = entryOf(image.source);
      entry.elements.add(image.id);
      entry.shown = ++paintings;
      entry.wanted = Math.max(entry.wanted, Math.ceil(width));
      if (entry.failure === null && !isSharpEnough(entry)) bring(entry);
      const bitmap = entry.bitmap ?? entry.thumbnail;
      if (bitmap !== null) return { state: 'ready', bitmap, href: null };
      return { state: entry.failure === null ? 'loading' : 'failed' };
    },
    get bytes() {
      return bytes;
    },
    get fileBytes() {
      return fileBytes;
    },
    get pending() {
      return working > 0;
    },
    release() {
      releases++;
      for (const entry of entries.values()) {
        drop(entry);
        entry.wanted = 0;
      }
    },
    retry,
    destroy() {
      destroyed = true;
      network.removeEventListener?.('online', retry);
      for (const entry of entries.values()) {
        drop(entry);
        entry.thumbnail?.close();
      }
      entries.clear();
    },
  };
}

function bytesOf({ width, height }: ImageBitmap): number {
  return width * height * 4;
}
