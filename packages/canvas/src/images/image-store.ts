import type { ElementId, ImageElement } from '@inkwire/core';
import type { Images, ShownImage } from '../paint/images.js';
import { decodeImage } from './decode-image.js';
import { fetchImage, type ImageFile, type ImageSourceOptions } from './image-source.js';

/** The pictures of a board on the screen: fetched and decoded when they are first painted, kept within a budget. */
export interface ImageStore extends Images {
  /** The bytes of pixels that are kept. */
  readonly bytes: number;
  /** Whether something is being fetched or decoded. */
  readonly pending: boolean;
  /** Gives all pixels back (the board is hidden); what is painted again is decoded again. */
  release(): void;
  /** Tries again what failed. */
  retry(): void;
  destroy(): void;
}

export interface ImageStoreOptions extends ImageSourceOptions {
  /** Elements look different now: their picture came, became sharper, or failed. */
  readonly onChange: (elements: readonly ElementId[]) => void;
  /** Of pixels kept. Default 192 MiB. */
  readonly budgetBytes?: number | undefined;
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
  failed: boolean;
  /** How many pixels wide it is wanted, and was when the bitmap was made. */
  wanted: number;
  made: number;
  /** When it was last painted, in paintings of any picture. */
  shown: number;
}

const DEFAULT_BUDGET = 192 * 1024 * 1024;
/** While pixels are decoded they are there twice: no more pictures than this at once. */
const AT_ONCE = 2;
const THUMBNAIL_WIDTH = 64;

export function createImageStore(options: ImageStoreOptions): ImageStore {
  const { onChange, budgetBytes = DEFAULT_BUDGET, network = globalThis } = options;
  const entries = new Map<string, Entry>();
  const waiting = new Set<Entry>();
  let working = 0;
  let paintings = 0;
  let bytes = 0;
  /** All that is shown has to fit: each picture may have so many bytes. */
  let share = budgetBytes / 2;
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
        failed: false,
        wanted: 0,
        made: 0,
        shown: 0,
      };
      entries.set(source, entry);
    }
    return entry;
  }

  function isSharpEnough({ bitmap, wanted, made, naturalWidth }: Entry): boolean {
    if (bitmap === null) return false;
    // Made for this, it is as sharp as it gets, even where the budget left less.
    return made >= wanted || bitmap.width === naturalWidth;
  }

  function enqueue(entry: Entry): void {
    waiting.add(entry);
    work();
  }

  function work(): void {
    for (const entry of waiting) {
      if (working >= AT_ONCE || destroyed) return;
      waiting.delete(entry);
      working++;
      decode(entry)
        .then(
          () => {
            entry.failed = false;
          },
          () => {
            entry.failed = true;
          },
        )
        .finally(() => {
          working--;
          if (destroyed) return;
          onChange([...entry.elements]);
          work();
        });
    }
  }

  async function decode(entry: Entry): Promise<void> {
    entry.file ??= await fetchImage(entry.source, options);
    // Powers of two: zooming in decodes a few times and not at each step.
    const width = 2 ** Math.ceil(Math.log2(Math.max(entry.wanted, THUMBNAIL_WIDTH)));
    let { bitmap, naturalSize } = await decodeImage(entry.file, width);
    const excess = bytesOf(bitmap) / share;
    if (excess > 1) bitmap = await shrink(bitmap, bitmap.width / Math.sqrt(excess));
    entry.thumbnail ??= await shrink(bitmap, THUMBNAIL_WIDTH, false);
    if (destroyed) {
      bitmap.close();
      entry.thumbnail.close();
      return;
    }
    drop(entry);
    entry.made = width;
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

  /** Gives back what was not painted for longest; where that was just painted too, all have to be smaller. */
  function keepWithinBudget(newest: Entry): void {
    const byAge = [...entries.values()]
      .filter(({ bitmap }) => bitmap !== null)
      .sort((a, b) => a.shown - b.shown);
    const recent = paintings - 2 * entries.size;
    for (const entry of byAge) {
      if (bytes <= budgetBytes) return;
      if (entry === newest) continue;
      if (entry.shown > recent) share = Math.min(share, budgetBytes / (2 * byAge.length));
      drop(entry);
      entry.wanted = 0;
    }
  }

  function retry(): void {
    for (const entry of entries.values()) {
      if (!entry.failed) continue;
      entry.failed = false;
      enqueue(entry);
    }
  }

  network.addEventListener?.('online', retry);

  return {
    show(image: ImageElement, width: number): ShownImage {
      const entry = entryOf(image.source);
      entry.elements.add(image.id);
      entry.shown = ++paintings;
      if (entry.failed) return { state: 'failed' };
      entry.wanted = Math.max(entry.wanted, Math.ceil(width));
      if (!isSharpEnough(entry)) enqueue(entry);
      const bitmap = entry.bitmap ?? entry.thumbnail;
      return bitmap === null ? { state: 'loading' } : { state: 'ready', bitmap, href: null };
    },
    get bytes() {
      return bytes;
    },
    get pending() {
      return working > 0;
    },
    release() {
      for (const entry of entries.values()) {
        drop(entry);
        entry.wanted = 0;
      }
      share = budgetBytes / 2;
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
      waiting.clear();
    },
  };
}

function bytesOf({ width, height }: ImageBitmap): number {
  return width * height * 4;
}

async function shrink(bitmap: ImageBitmap, width: number, replaces = true): Promise<ImageBitmap> {
  const factor = Math.min(width / bitmap.width, 1);
  const smaller = await createImageBitmap(bitmap, {
    resizeWidth: Math.max(Math.round(bitmap.width * factor), 1),
    resizeHeight: Math.max(Math.round(bitmap.height * factor), 1),
    resizeQuality: 'medium',
  });
  if (replaces) bitmap.close();
  return smaller;
}
