import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CanvasTab,
  committedPixels,
  difference,
  inkedPixels,
  repaintAll,
  restingPixels,
  useCanvasPages,
} from './canvas-browser.js';

/** Puts `count` strokes of three colours, every fourth of them a highlighter's, all over the viewport. */
async function scatter({ page }: CanvasTab, count: number): Promise<void> {
  await page.evaluate((count) => {
    const { core, board } = window.canvasPage;
    const strokes = Array.from({ length: count }, (_, i) => {
      const [x, y] = [(i * 137) % 560, (i * 211) % 420];
      const points = Array.from({ length: 8 }, (_, j) => ({
        x: x + j * 8,
        y: y + Math.round(12 * Math.sin(j + i)),
      }));
      const color = ['ink', '#e03131', '#1971c2'][i % 3]!;
      const tool = i % 4 === 0 ? ('highlighter' as const) : ('pen' as const);
      return { kind: 'stroke' as const, points, tool, width: 2 + (i % 5), opacity: 0.7, color };
    });
    board.commit(core.addElements(board, strokes));
  }, count);
}

describe('tiles', () => {
  const pages = useCanvasPages();
  let tab: CanvasTab;
  beforeAll(async () => {
    tab = await pages.open();
  });
  afterAll(() => tab?.close());

  it('that hold very much are patched where something changed, and not one pixel tells', async () => {
    await scatter(tab, 1_200);
    await tab.page.evaluate(async () => {
      const { core, board, mount } = window.canvasPage;
      const view = mount();
      await view.idle();
      const ids = [...board.elements()].map(({ id }) => id);
      for (let i = 0; i < 40; i++) {
        board.commit(core.moveElements(board, [ids[i * 13]!], 40 - i * 2, i));
        board.commit(core.removeElements(board, [ids[i * 13 + 1]!]));
        if (i % 4 === 0) await view.idle();
      }
    });
    const patched = await committedPixels(tab);
    await tab.page.evaluate(() => window.canvasPage.mount());
    const fresh = await committedPixels(tab);
    expect(inkedPixels(fresh)).toBeGreaterThan(50_000);
    expect(difference(patched, fresh)).toEqual({ largest: 0, pixels: 0 });
  });

  for (const zoom of [0.05, 0.21, 0.5, 1, 3.3]) {
    it(`show at ${zoom}× what a picture of the same place shows`, async () => {
      const box = await tab.page.evaluate(async (zoom) => {
        const { element, mount } = window.canvasPage;
        const view = mount({ theme: 'light' });
        // Whole pixels and a quarter: however they are rounded, both begin at the same one.
        const corner = (middle: number, half: number) => (Math.round(middle * zoom - half) + 0.25) / zoom;
        const [x, y] = [corner(280, 320), corner(210, 240)];
        view.setCamera({ x, y, zoom });
        await view.idle();
        return {
          minX: x,
          minY: y,
          maxX: x + element.clientWidth / zoom,
          maxY: y + element.clientHeight / zoom,
        };
      }, zoom);
      const tiles = await committedPixels(tab);
      await tab.page.evaluate(
        async ({ box, zoom }) => {
          const { exportPng, board, element } = window.canvasPage;
          const png = await exportPng(board, { only: box, scale: zoom, theme: 'light' });
          const bitmap = await createImageBitmap(png);
          const canvas = document.createElement('canvas');
          Object.assign(canvas, { width: element.clientWidth, height: element.clientHeight, id: 'picture' });
          Object.assign(canvas.style, { position: 'fixed', left: '0', top: '0', zIndex: '9' });
          canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
          document.body.append(canvas);
        },
        { box, zoom },
      );
      const picture = await committedPixels(tab);
      await tab.page.evaluate(() => document.querySelector('#picture')?.remove());
      expect(inkedPixels(picture)).toBeGreaterThan(100);
      // Where a line leaves a tile, rasterisers round its edge a little differently.
      expect(difference(tiles, picture, 24).pixels).toBeLessThan(inkedPixels(picture) * 0.01);
    });
  }

  for (const tool of ['pen', 'highlighter']) {
    it(`let a long stroke of the ${tool} be drawn by its last piece, and it looks as if all of it were drawn`, async () => {
      await tab.page.evaluate(async (tool) => {
        const { mount, frame } = window.canvasPage;
        const view = mount({ tool, style: { width: 6, opacity: 0.6 }, theme: 'light' });
        view.setCamera({ x: 10_000, y: 10_000, zoom: 1 });
        await view.idle();
        const send = (type: string, i: number) => {
          const [x, y] = [320 + 250 * Math.sin(i / 41) + 30 * Math.sin(i / 7), 240 + 180 * Math.cos(i / 29)];
          const init = { clientX: x, clientY: y, buttons: 1, pointerId: 1, isPrimary: true, bubbles: true };
          view.element.dispatchEvent(new PointerEvent(type, init));
        };
        send('pointerdown', 0);
        for (let i = 1; i <= 420; i++) {
          send('pointermove', i);
          if (i % 7 === 0) await frame();
        }
      }, tool);
      const pieces = await restingPixels(tab);
      await repaintAll(tab);
      const whole = await restingPixels(tab);
      await tab.page.evaluate(() => {
        const init = { pointerId: 1, isPrimary: true, bubbles: true };
        window.canvasPage.view!.element.dispatchEvent(new PointerEvent('pointercancel', init));
      });
      const committed = await committedPixels(tab);
      await tab.page.evaluate(() => window.canvasPage.board.undo());
      expect(inkedPixels(whole)).toBeGreaterThan(6_000);
      expect(difference(whole, committed)).toEqual({ largest: 0, pixels: 0 });
      // Pieces have the very edges of the whole; a rasteriser rounds those that share a scanline together.
      expect(difference(pieces, whole, 12).pixels).toBeLessThanOrEqual(24);
    });
  }

  it('give their memory back while nobody looks, and come again', async () => {
    const counts = await tab.page.evaluate(async () => {
      const { mount, frame, board } = window.canvasPage;
      const alive: WeakRef<OffscreenCanvas>[] = [];
      const Original = window.OffscreenCanvas;
      window.OffscreenCanvas = class extends Original {
        constructor(width: number, height: number) {
          super(width, height);
          alive.push(new WeakRef(this));
        }
      };
      const view = mount();
      view.select([...board.elements()].map(({ id }) => id));
      await view.idle();
      for (let i = 0; i < 10; i++) await frame();
      Object.assign(window, {
        alive,
        restoreCanvas: () => Object.assign(window, { OffscreenCanvas: Original }),
      });
      return alive.length;
    });
    const before = await committedPixels(tab);
    expect(counts).toBeGreaterThanOrEqual(6);
    const left = async (): Promise<number> => {
      await tab.devtools.send('HeapProfiler.collectGarbage');
      return tab.page.evaluate(
        () => (window as unknown as { alive: WeakRef<object>[] }).alive.filter((one) => one.deref()).length,
      );
    };
    expect(await left()).toBeGreaterThanOrEqual(6);
    const hide = (hidden: boolean) =>
      tab.page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    const above = () =>
      tab.page.evaluate(() => document.querySelector<HTMLCanvasElement>('canvas.overlay')!.width);
    expect(await above()).toBeGreaterThan(0);
    await hide(true);
    await expect.poll(left).toBe(0);
    expect(await above()).toBe(0);
    await hide(false);
    expect(difference(before, await committedPixels(tab))).toEqual({ largest: 0, pixels: 0 });

    await tab.page.evaluate(() => {
      window.canvasPage.element.style.display = 'none';
    });
    await expect.poll(left).toBe(0);
    expect(await tab.page.evaluate(() => document.querySelector('canvas')?.width)).toBe(0);
    await tab.page.evaluate(async () => {
      window.canvasPage.element.style.display = '';
      while (document.querySelector('canvas')?.width === 0) await window.canvasPage.frame();
      (window as unknown as { restoreCanvas(): void }).restoreCanvas();
    });
    expect(difference(before, await committedPixels(tab))).toEqual({ largest: 0, pixels: 0 });
    expect(tab.errors).toEqual([]);
  });

  it('that are seen from far away are patched where thin lines lie between everything else', async () => {
    const grown = await tab.page.evaluate(async () => {
      const { core, mount } = window.canvasPage;
      const board = core.createBoard({ user: 'ana' });
      window.canvasPage.board = board;
      const at = (i: number): [number, number] => [(i * 677) % 2800, (i * 1013) % 2000];
      const kinds = Array.from({ length: 900 }, (_, i): import('@inkwire/core').NewElement => {
        const [x, y] = at(i);
        // Lines in a row, and one by one: between shapes, and marked over.
        if (i % 7 === 0 || (i > 600 && i % 2 === 0))
          return { kind: 'shape', position: [x, y], size: [150, 90], fill: '#ffd8a8', opacity: 0.8 };
        const points = Array.from({ length: 20 }, (_, j) => ({ x: x + j * 9, y: y + 40 * Math.sin(j + i) }));
        const tool = i % 11 === 0 ? ('highlighter' as const) : ('pen' as const);
        return { kind: 'stroke', tool, points, width: 1 + (i % 4), color: ['ink', '#e03131'][i % 2]! };
      });
      const ids = kinds.map(() => core.newElementId());
      board.commit(
        core.addElements(
          board,
          kinds.map((element, i) => ({ ...element, id: ids[i]! })),
        ),
      );
      const view = mount({ theme: 'light' });
      view.setCamera({ x: 0, y: 0, zoom: 0.2 });
      await view.idle();
      for (let i = 0; i < 60; i++) {
        board.commit(core.moveElements(board, [ids[i * 13]!], 200 - i * 7, i));
        board.commit(core.removeElements(board, [ids[i * 13 + 5]!]));
        const [x, y] = at(i * 29);
        const points = [
          { x, y },
          { x: x + 300, y: y + 200 },
        ];
        board.commit(core.addElement(board, { kind: 'stroke', points, width: 2, opacity: 0.5 }));
        if (i % 4 === 0) await view.idle();
      }
      await view.idle();
      return board.size;
    });
    expect(grown).toBe(900);
    const patched = await committedPixels(tab);
    await tab.page.evaluate(() => {
      const { mount, view } = window.canvasPage;
      const { camera } = view!;
      mount({ theme: 'light' }).setCamera(camera);
    });
    const fresh = await committedPixels(tab);
    expect(inkedPixels(fresh)).toBeGreaterThan(50_000);
    expect(difference(patched, fresh)).toEqual({ largest: 0, pixels: 0 });
  });

  it('that take long are painted over several frames, and show when they are done', async () => {
    const shown = await tab.page.evaluate(async () => {
      const { core, element, mount, frame } = window.canvasPage;
      window.canvasPage.board = core.createBoard();
      const strokes = Array.from({ length: 1_500 }, (_, i) => {
        const [x, y] = [10 + ((i * 37) % 200), 10 + ((i * 53) % 200)];
        const points = Array.from({ length: 40 }, (_, j) => ({
          x: x + j * 0.7,
          y: y + 9 * Math.sin(j / 3 + i),
        }));
        return { kind: 'stroke' as const, points, width: 3 };
      });
      window.canvasPage.board.commit(core.addElements(window.canvasPage.board, strokes));
      const view = mount({ theme: 'light' });
      const canvas = element.querySelector('canvas')!;
      const dark = (): number => {
        // It is black, and not seen, until it shows something.
        if (canvas.style.opacity === '0') return 0;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, 256, 256);
        let count = 0;
        for (let i = 0; i < data.length; i += 4) if (data[i]! < 128) count++;
        return count;
      };
      let done = false;
      // What else the page has to do gets its turn meanwhile, however rare frames are on a busy machine.
      let turns = 0;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        turns++;
        if (!done) port2.postMessage(null);
      };
      port2.postMessage(null);
      const counts: number[] = [];
      void view.idle().then(() => {
        done = true;
      });
      while (!done) {
        await frame();
        counts.push(dark());
      }
      return { counts, turns };
    });
    const painted = shown.counts.at(-1) ?? 0;
    expect(painted).toBeGreaterThan(5_000);
    expect(shown.turns).toBeGreaterThanOrEqual(3);
    expect(shown.counts[0]).toBe(0);
    expect(shown.counts.filter((count) => count !== 0 && count !== painted)).toEqual([]);
  });
});
