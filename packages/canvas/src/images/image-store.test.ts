import { addElements, createBoard, type ImageElement } from '@inkwire/core';
import { describe, expect, it, vi } from 'vitest';
import { createImageStore, type ImageStoreOptions } from './image-store.js';

const SVG = new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>']);
const MEGABYTE = 2 ** 20;

/** Pictures of 1024 × 1024 pixels, four megabytes, that know whether they were given back. */
function createPlatform() {
  let open = 0;
  const bitmapOf = (width: number) => {
    open += width * width * 4;
    const close = () => {
      open -= width * width * 4;
    };
    return { width, height: width, close } as ImageBitmap;
  };
  const decode = vi.fn(async (_file: unknown, width: number) => ({
    bitmap: bitmapOf(Math.min(width, 1024)),
    naturalSize: [1024, 1024] as const,
  }));
  const shrink = async (bitmap: ImageBitmap, width: number) =>
    bitmapOf(Math.min(Math.round(width), bitmap.width));
  return { decode, shrink, openBytes: () => open };
}

function imagesNamed(...sources: string[]): ImageElement[] {
  const board = createBoard();
  board.commit(
    addElements(
      board,
      sources.map((source) => ({
        kind: 'image',
        source,
        position: [0, 0],
        size: [10, 10],
        naturalSize: [1024, 1024],
      })),
    ),
  );
  return [...board.elements()] as ImageElement[];
}

const many = (count: number) => imagesNamed(...Array.from({ length: count }, (_, i) => `picture ${i}`));

function createStore(options: Partial<ImageStoreOptions> = {}) {
  const platform = createPlatform();
  const network = new EventTarget();
  const changed: string[] = [];
  const gone = new Set<string>();
  const store = createImageStore({
    resolveImage: () => SVG,
    onChange: (ids) => changed.push(...ids),
    isOnBoard: (id) => !gone.has(id),
    network,
    ...platform,
    ...options,
  });
  const settled = () => expect.poll(() => store.pending).toBe(false);
  /** Shows them again whenever something changed, as tiles do, until nothing changes any more. */
  async function showUntilQuiet(images: readonly ImageElement[], width: number): Promise<number> {
    for (let round = 1; ; round++) {
      changed.length = 0;
      for (const image of images) store.show(image, width);
      await settled();
      if (changed.length === 0 || round > 100) return round;
    }
  }
  return { store, platform, network, changed, gone, settled, showUntilQuiet };
}

describe('the pictures on a board', () => {
  it('are fetched when they are first painted, and their elements are told when they are there', async () => {
    const { store, changed, settled, platform } = createStore();
    const [image] = imagesNamed('a');
    expect(store.show(image!, 500).state).toBe('loading');
    await settled();
    expect(changed).toEqual([image!.id]);
    expect(store.show(image!, 500)).toMatchObject({ state: 'ready', bitmap: { width: 512 } });
    await settled();
    expect(platform.decode).toHaveBeenCalledTimes(1);
  });

  it('become sharper where the zoom needs it, and no sharper than they are', async () => {
    const { store, platform, showUntilQuiet } = createStore();
    const images = imagesNamed('a');
    await showUntilQuiet(images, 100);
    expect(store.show(images[0]!, 100)).toMatchObject({ bitmap: { width: 128 } });
    await showUntilQuiet(images, 50_000);
    expect(store.show(images[0]!, 50_000)).toMatchObject({ bitmap: { width: 1024 } });
    const decoded = platform.decode.mock.calls.length;
    await showUntilQuiet(images, 60_000);
    expect(platform.decode.mock.calls.length).toBe(decoded);
  });

  it('stay within their budget, all of them shown, and come to rest', async () => {
    const { store, platform, showUntilQuiet } = createStore({ budgetBytes: 16 * MEGABYTE });
    const images = many(20);
    const rounds = await showUntilQuiet(images, 1024);
    expect(rounds).toBeLessThan(20);
    for (const image of images) expect(store.show(image, 1).state).toBe('ready');
    expect(store.bytes).toBeLessThanOrEqual(16 * MEGABYTE);
    // What is really open is no more than that, and thumbnails.
    expect(platform.openBytes()).toBeLessThanOrEqual(16 * MEGABYTE + 20 * 64 * 64 * 4);
  });

  it('give back what was not painted for long, and are shown coarse until they are decoded again', async () => {
    const { store, showUntilQuiet } = createStore({ budgetBytes: 16 * MEGABYTE });
    const images = many(8);
    // One at a time, as somebody who looks at one after the other at full size.
    for (const image of images) for (let i = 0; i < 20; i++) await showUntilQuiet([image], 1024);
    expect(store.bytes).toBeLessThanOrEqual(16 * MEGABYTE);
    expect(store.show(images[0]!, 1024)).toMatchObject({ state: 'ready', bitmap: { width: 64 } });
    for (let i = 0; i < 20; i++) await showUntilQuiet([images[0]!], 1024);
    expect(store.show(images[0]!, 1024)).toMatchObject({ state: 'ready', bitmap: { width: 1024 } });
  });

  it('give everything back when the board is hidden or gone', async () => {
    const { store, platform, showUntilQuiet } = createStore();
    const images = many(3);
    await showUntilQuiet(images, 1024);
    store.release();
    expect(store.bytes).toBe(0);
    expect(store.show(images[0]!, 10).state).toBe('ready');
    await expect.poll(() => store.pending).toBe(false);
    store.destroy();
    expect(platform.openBytes()).toBe(0);
  });

  it('that were being decoded when the board was hidden are given back as well, and come again', async () => {
    const { store, platform, settled, showUntilQuiet } = createStore();
    const decode = platform.decode.getMockImplementation()!;
    platform.decode.mockImplementation((file, width) => {
      if (platform.decode.mock.calls.length === 2) store.release();
      return decode(file, width);
    });
    const images = many(2);
    for (const image of images) store.show(image, 1024);
    await settled();
    expect(platform.decode).toHaveBeenCalledTimes(2);
    expect(store.bytes).toBe(0);
    // Thumbnails.
    expect(platform.openBytes()).toBe(2 * 64 * 64 * 4);
    await showUntilQuiet(images, 1024);
    expect(store.show(images[0]!, 1024)).toMatchObject({ state: 'ready', bitmap: { width: 1024 } });
  });

  it('keep the files of those that were painted last, and fetch the others again when they have to be sharper', async () => {
    const megabyte = new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>', ' '.repeat(MEGABYTE - 41)]);
    const resolveImage = vi.fn((_source: string) => megabyte);
    const { store, showUntilQuiet } = createStore({ resolveImage, fileBudgetBytes: 4 * MEGABYTE });
    const images = many(10);
    for (const image of images) {
      await showUntilQuiet([image], 100);
      expect(store.fileBytes).toBeLessThanOrEqual(4 * MEGABYTE);
    }
    expect(store.fileBytes).toBeGreaterThan(3 * MEGABYTE);
    await showUntilQuiet([images[8]!, images[9]!], 1024);
    expect(resolveImage).toHaveBeenCalledTimes(10);
    // One that comes back, as by undo: what there is of it is shown until it is sharp again.
    expect(store.show(images[0]!, 1024)).toMatchObject({ state: 'ready', bitmap: { width: 128 } });
    await showUntilQuiet([images[0]!], 1024);
    expect(resolveImage.mock.calls.at(-1)).toEqual([images[0]!.source]);
    expect(store.show(images[0]!, 1024)).toMatchObject({ state: 'ready', bitmap: { width: 1024 } });
    expect(store.fileBytes).toBeLessThanOrEqual(4 * MEGABYTE);
  });

  it('are shown as they were where their file is gone and cannot be reached, until it can', async () => {
    let online = true;
    const resolveImage = () => {
      if (!online) throw new TypeError('Failed to fetch');
      return SVG;
    };
    const { store, network, showUntilQuiet } = createStore({ resolveImage, fileBudgetBytes: 1 });
    const images = many(2);
    await showUntilQuiet(images, 100);
    online = false;
    await showUntilQuiet(images, 1024);
    expect(store.show(images[0]!, 1024)).toMatchObject({ state: 'ready', bitmap: { width: 128 } });
    online = true;
    network.dispatchEvent(new Event('online'));
    await showUntilQuiet(images, 1024);
    expect(store.show(images[0]!, 1024)).toMatchObject({ state: 'ready', bitmap: { width: 1024 } });
  });

  it('that left the board are forgotten, and fetched again where they come back', async () => {
    const { store, platform, settled, gone, showUntilQuiet } = createStore();
    const [stays, ...others] = many(1_001);
    store.show(stays!, 10);
    for (let at = 0; at < others.length; at += 50) {
      const batch = others.slice(at, at + 50);
      for (const image of batch) store.show(image, 10);
      await settled();
      for (const { id } of batch) gone.add(id);
    }
    const most = 150;
    expect(platform.openBytes()).toBeLessThanOrEqual(most * 2 * 64 * 64 * 4);
    expect(store.fileBytes).toBeLessThanOrEqual(most * SVG.size);
    expect(store.show(stays!, 10).state).toBe('ready');
    gone.clear();
    expect(store.show(others.at(-1)!, 10).state).toBe('ready');
    expect(store.show(others[0]!, 10).state).toBe('loading');
    await showUntilQuiet([others[0]!], 10);
    expect(store.show(others[0]!, 10).state).toBe('ready');
    store.destroy();
    expect(platform.openBytes()).toBe(0);
  });

  it('that failed are shown as failed, and tried again when the network is back', async () => {
    let online = false;
    const resolveImage = () => {
      if (!online) throw new TypeError('Failed to fetch');
      return SVG;
    };
    const { store, network, settled, showUntilQuiet } = createStore({ resolveImage });
    const images = imagesNamed('a', 'b');
    await showUntilQuiet(images, 100);
    expect(store.show(images[0]!, 100).state).toBe('failed');
    online = true;
    network.dispatchEvent(new Event('online'));
    await settled();
    expect(images.map((image) => store.show(image, 100).state)).toEqual(['ready', 'ready']);
  });
});
