import type { StrokeElement } from '@inkwire/core';
import type { TimedStroke } from '@inkwire/playground/handwriting';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRealInk, hasRealInk } from './browser/ink.js';
import {
  type CanvasTab,
  committedPixels,
  cutOut,
  difference,
  inkedPixels,
  useCanvasPages,
} from './canvas-browser.js';
import type {} from './canvas-page/gallery.js';
import { expectPicture } from './reference-picture.js';

const pages = useCanvasPages();
const SIZE = { width: 800, height: 600 };

async function openGallery(
  theme: 'light' | 'dark',
  pixelRatio: number,
  letters: boolean,
): Promise<CanvasTab> {
  const tab = await pages.open({ ...SIZE, pixelRatio });
  await tab.page.evaluate(
    ({ theme, letters }) => {
      const { gallery, canvasPage } = window;
      canvasPage.board = gallery.create(letters);
      canvasPage.mount({ theme, painters: gallery.painters });
    },
    { theme, letters },
  );
  return tab;
}

/** Puts the SVG of what the screen shows in place of the board, and returns its pixels. */
async function svgPixels({ page }: CanvasTab, theme: 'light' | 'dark'): Promise<PNG> {
  await page.evaluate(async (theme) => {
    const { canvasPage, gallery } = window;
    const only = { minX: 0, minY: 0, maxX: gallery.size.width, maxY: gallery.size.height };
    const { painters } = gallery;
    const svg = await canvasPage.exportSvg(canvasPage.board, { theme, only, painters });
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    await image.decode();
    canvasPage.view?.destroy();
    canvasPage.view = null;
    image.style.setProperty('display', 'block');
    canvasPage.element.replaceChildren(image);
  }, theme);
  return PNG.sync.read(await page.screenshot());
}

type Rect = readonly [left: number, top: number, right: number, bottom: number];

/** The box of each element, in pixels. */
function boxesOf({ page }: CanvasTab, pixelRatio: number) {
  return page.evaluate((pixelRatio) => {
    const { core, board } = window.canvasPage;
    const boxes: [kind: string, box: Rect][] = [];
    for (const element of board.elements()) {
      const { minX, minY, maxX, maxY } = core.growBox(core.boundsOf(element, board.recall), 4);
      const box = [minX, minY, maxX, maxY].map((edge) => Math.round(edge * pixelRatio));
      boxes.push([element.kind, box as unknown as Rect]);
    }
    return boxes;
  }, pixelRatio);
}

function cut(picture: PNG, [left, top, right, bottom]: Rect): PNG {
  return cutOut(picture, left, top, right - left, bottom - top);
}

/** Another rasteriser's antialiasing: edges differ by shades, and in so small a part of an element's box by more. */
const SHADE = 72;
const SHADED = 0.006;

describe.each([
  ['light', 1],
  ['light', 2],
  ['dark', 1],
  ['dark', 2],
] as const)('every kind of element, %s, at %d×', (theme, pixelRatio) => {
  let tab: CanvasTab;
  let screen: PNG;
  beforeAll(async () => {
    tab = await openGallery(theme, pixelRatio, false);
    screen = await committedPixels(tab);
  });
  afterAll(() => tab?.close());

  it('looks as it always has', async () => {
    await expectPicture(screen, `gallery-${theme}-${pixelRatio}x`);
  });

  it('is in a PNG with the pixels of the screen', async () => {
    const png = await tab.page.evaluate(
      async ({ theme, scale }) => {
        const { canvasPage, gallery } = window;
        const only = { minX: 0, minY: 0, maxX: gallery.size.width, maxY: gallery.size.height };
        const { painters } = gallery;
        const blob = await canvasPage.exportPng(canvasPage.board, { theme, scale, only, painters });
        return [...new Uint8Array(await blob.arrayBuffer())];
      },
      { theme, scale: pixelRatio },
    );
    const exported = PNG.sync.read(Buffer.from(png));
    // Tiles cut pictures and ink at their edges, where a single canvas does not.
    expect(difference(screen, exported, 8).pixels).toBeLessThan(screen.width * screen.height * 0.002);
  });

  it('is in an SVG as it is on the screen', async () => {
    const boxes = await boxesOf(tab, pixelRatio);
    const exported = await svgPixels(tab, theme);
    expect([...new Set(boxes.map(([kind]) => kind))].sort()).toEqual(
      ['arrow', 'custom', 'frame', 'image', 'line', 'shape', 'sticky', 'stroke', 'unknown'].sort(),
    );
    for (const [kind, box] of boxes) {
      const [a, b] = [cut(screen, box), cut(exported, box)];
      const { pixels } = difference(a, b, SHADE);
      expect(pixels / (a.width * a.height), `${kind} at ${box}`).toBeLessThan(SHADED);
    }
    expect(tab.errors).toEqual([]);
  });
});

describe('exports', () => {
  it.each(['light', 'dark'] as const)(
    'hold letters where the screen has them, in every font, format and direction, %s',
    async (theme) => {
      const tab = await openGallery(theme, 1, true);
      const screen = await committedPixels(tab);
      const exported = await svgPixels(tab, theme);
      const bare = await openGallery(theme, 1, false);
      const unlettered = difference(screen, await committedPixels(bare), SHADE).pixels;
      expect(unlettered).toBeGreaterThan(4000);
      expect(difference(screen, exported, SHADE).pixels).toBeLessThan(unlettered * 0.03);
      await Promise.all([tab.close(), bare.close()]);
    },
  );

  it('may be transparent, and say why they cannot be as large as asked', async () => {
    const tab = await openGallery('light', 1, false);
    const [bytes, error] = await tab.page.evaluate(async () => {
      const { exportPng, board } = window.canvasPage;
      const blob = await exportPng(board, { background: 'transparent', scale: 0.5 });
      const failure = await exportPng(board, { scale: 100 }).catch((error) => error);
      return [[...new Uint8Array(await blob.arrayBuffer())], [failure.code, failure.message]];
    });
    const { data } = PNG.sync.read(Buffer.from(bytes!));
    expect(data[3]).toBe(0);
    expect(data.some((value, i) => i % 4 === 3 && value === 255)).toBe(true);
    expect(error).toEqual(['too-large', expect.stringMatching(/16384 on a side.*at most at scale \d/)]);
    await tab.close();
  });

  it('leave paper where a part of a stroke was erased, as the screen does', async () => {
    const tab = await pages.open(SIZE);
    await tab.page.evaluate(() => {
      const { core, board, mount } = window.canvasPage;
      for (const [tool, y] of [
        ['pen', 150],
        ['highlighter', 400],
      ] as const) {
        const points = Array.from({ length: 61 }, (_, i) => ({
          x: 50 + i * 10,
          y: y + 60 * Math.sin(i / 5),
        }));
        const id = core.newElementId();
        const stroke = { kind: 'stroke', id, tool, width: 20, color: '#1971c2', points } as const;
        board.commit(core.addElement(board, stroke));
        board.commit(
          core.eraseParts(board, [
            {
              id,
              ranges: [
                [10, 20],
                [35.5, 48.25],
              ],
            },
          ]),
        );
      }
      mount({ theme: 'light' });
    });
    const screen = await committedPixels(tab);
    const exported = await svgPixels(tab, 'light');
    expect(inkedPixels(exported)).toBeGreaterThan(8_000);
    expect(difference(screen, exported, SHADE).pixels).toBeLessThan(inkedPixels(screen) * SHADED);
    for (const picture of [screen, exported]) {
      const isPaper = (x: number, y: number) => (picture.data[(y * picture.width + x) * 4] ?? 0) > 240;
      const at = (i: number) => [50 + i * 10, Math.round(150 + 60 * Math.sin(i / 5))] as const;
      expect([5, 15, 28, 42, 55].map((i) => isPaper(...at(i)))).toEqual([false, true, false, true, false]);
    }
    await tab.close();
  });

  it('of all ink that people drew, opened again, are the same boards and look the same', async ({ skip }) => {
    if (!hasRealInk) skip('../shared/data/ink is not here');
    const all = await allRealInk({ width: 380, height: 280 });
    const tab = await pages.open({ width: 400, height: 300 });
    const results = await tab.page.evaluate(
      async (all) => {
        const { canvasPage } = window;
        const { core, exportPng, exportSvg, exportFile, openPicture } = canvasPage;
        type Sample = (typeof all)[number][number][number];
        const make = (type: string, [x, y, pressure]: Sample, rest: readonly PointerEvent[] = []) =>
          new PointerEvent(type, {
            ...{ pointerId: 7, pointerType: 'pen', isPrimary: true, bubbles: true },
            ...{ pressure, clientX: x, clientY: y, coalescedEvents: [...rest] },
            ...{ button: type === 'pointermove' ? -1 : 0, buttons: type === 'pointerup' ? 0 : 1 },
          });
        const pixels = async (): Promise<Uint8ClampedArray> => {
          await canvasPage.view!.idle();
          const canvas = document.querySelector('canvas')!;
          return canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
        };
        const differing = (a: Uint8ClampedArray, b: Uint8ClampedArray): number =>
          a.reduce((count, value, i) => count + (value === b[i] ? 0 : 1), 0);
        const drawAll = (target: HTMLElement, strokes: (typeof all)[number]) => {
          for (const samples of strokes) {
            const [first, last] = [samples[0]!, samples.at(-1)!];
            target.dispatchEvent(make('pointerdown', first));
            const gathered = samples.map((sample) => make('pointermove', sample));
            target.dispatchEvent(make('pointermove', last, gathered));
            target.dispatchEvent(make('pointerup', last));
          }
        };
        const results = [];
        for (const strokes of all) {
          const board = core.createBoard({ user: 'ana' });
          canvasPage.board = board;
          drawAll(canvasPage.mount({ theme: 'light' }).element, strokes);
          const drawn = await pixels();
          const files = [await exportPng(board), new Blob([await exportSvg(board)]), exportFile(board)];
          const whole = JSON.stringify(core.boardToJson(board));
          const same: boolean[] = [];
          for (const file of files) {
            const opened = core.createBoard();
            opened.commit(core.pasteElements(opened, await openPicture(file), { as: 'original' }));
            same.push(JSON.stringify(core.boardToJson(opened)) === whole);
            canvasPage.board = opened;
          }
          canvasPage.mount({ theme: 'light' });
          const lengths = [...canvasPage.board.elements()].map(
            (element) => core.inkOf(element as StrokeElement).length,
          );
          results.push({
            same,
            lengths,
            differing: differing(drawn, await pixels()),
            ink: differing(drawn, drawn.slice().fill(drawn[0]!)),
          });
        }
        return results;
      },
      all.map(({ strokes }) => strokes),
    );
    /** A pen that rests for a while adds no points. */
    const lengthOf = (stroke: TimedStroke) =>
      stroke.filter(([x, y], i) => {
        const [beforeX = Number.NaN, beforeY] = stroke[i - 1] ?? [];
        return Math.hypot(x - beforeX, y - (beforeY ?? 0)) !== 0;
      }).length;
    expect(results.length).toBeGreaterThanOrEqual(26);
    for (const [i, { same, lengths, differing, ink }] of results.entries()) {
      const { source, strokes } = all[i]!;
      expect({ source, same, differing }).toEqual({ source, same: [true, true, true], differing: 0 });
      expect(ink, source).toBeGreaterThan(500);
      expect(lengths, source).toHaveLength(strokes.length);
      for (const [j, length] of lengths.entries()) {
        expect(length, source).toBeLessThanOrEqual(lengthOf(strokes[j]!));
        // Points that are the same in sixteenths of a pixel are one.
        expect(length, source).toBeGreaterThanOrEqual(lengthOf(strokes[j]!) * 0.5);
      }
    }
    expect(tab.errors).toEqual([]);
    await tab.close();
  });
});
