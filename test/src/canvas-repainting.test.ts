import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CanvasTab, useCanvasPages } from './canvas-browser.js';
import type {} from './canvas-page/gallery.js';

/** What is compared inside the page: how many pixels differ by more than so many steps of 255. */
declare global {
  interface Window {
    boardPixels: {
      onScreen(): Promise<Uint8ClampedArray>;
      differing(a: Uint8ClampedArray, b: Uint8ClampedArray, shade?: number): number;
      inked(pixels: Uint8ClampedArray): number;
    };
  }
}

async function compareInPage({ page }: CanvasTab): Promise<void> {
  await page.evaluate(() => {
    const count = (pixels: Uint8ClampedArray, test: (i: number) => boolean): number => {
      let found = 0;
      for (let i = 0; i < pixels.length; i++) if (test(i)) found++;
      return found;
    };
    window.boardPixels = {
      async onScreen() {
        await window.canvasPage.view!.idle();
        const canvas = document.querySelector('canvas')!;
        return canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
      },
      differing: (a, b, shade = 0) => count(a, (i) => Math.abs(a[i]! - b[i]!) > shade),
      inked: (pixels) => count(pixels, (i) => Math.abs(pixels[i]! - pixels[i % 4]!) > 24),
    };
  });
}

describe('the box that an element is painted in', () => {
  const pages = useCanvasPages();
  let tab: CanvasTab;
  beforeAll(async () => {
    tab = await pages.open({ width: 800, height: 600 });
    await compareInPage(tab);
  });
  afterAll(() => tab?.close());

  it('holds what has no extent and what nobody has measured, on every tile that it lies on', async () => {
    const results = await tab.page.evaluate(async () => {
      const { core, mount, exportPng } = window.canvasPage;
      const { onScreen, differing, inked } = window.boardPixels;
      const long = 'Words that nobody has measured, on one line, that go on for long';
      const leaning = [{ insert: 'jf', attributes: { italic: true } }];
      // Four tiles meet at [256, 256].
      const position = [250, 250] as const;
      const corner = [256, 256] as const;
      const nothing = [0, 0] as const;
      const picture = {
        kind: 'image',
        position,
        naturalSize: [1, 1],
        source: 'data:image/png;base64,AA',
      } as const;
      const elements: Record<string, import('@inkwire/core').NewElement> = {
        'a text': { kind: 'text', position, size: nothing, text: long, fontSize: 30 },
        'a text of lines': { kind: 'text', position, size: nothing, text: 'a\nb\nc\nd\ne\nf', fontSize: 40 },
        'a text set around its middle': {
          kind: 'text',
          position: [400, 250],
          size: nothing,
          text: long,
          align: 'center',
        },
        'a text from right to left': {
          kind: 'text',
          position: [700, 250],
          size: nothing,
          text: 'שלום עולם '.repeat(9),
          align: 'start',
        },
        'a text that is turned': {
          kind: 'text',
          position,
          size: nothing,
          text: long,
          fontSize: 30,
          rotation: 1,
        },
        'a text with a width alone': {
          kind: 'text',
          fit: 'width',
          position,
          size: [100, 0],
          text: long,
          fontSize: 30,
        },
        'a text in too small a box': { kind: 'text', position, size: [9, 9], text: long, fontSize: 30 },
        'a note with too much text': {
          kind: 'sticky',
          position: [200, 200],
          size: [100, 60],
          text: 'ab字ש '.repeat(2000),
        },
        'a note without a size': { kind: 'sticky', position, size: nothing, text: long },
        'a shape too small for its text': { kind: 'shape', position, size: [12, 8], text: long, width: 1 },
        'a line with a text': {
          kind: 'line',
          width: 2,
          points: [
            [200, 250],
            [560, 250],
          ],
          text: long,
          fontSize: 30,
        },
        'large letters that reach out of their box': {
          ...{ kind: 'text', position: [300, 20], size: [400, 520], fontSize: 380, font: 'serif' },
          text: leaning,
        },
        'many lines of letters with marks above and below that reach into the lines next to them': {
          // The seventh line begins a pixel below the edge of a tile.
          ...{ kind: 'text', position: [250, 23], size: [300, 546], fontSize: 30 },
          text: `first\n${'A\u0302\u0303\u0304\u0301 a\u0323\u0324\u0325\n'.repeat(12)}last`,
        },
        'large letters in a shape': {
          ...{ kind: 'shape', position: [300, 20], size: [200, 540], width: 1, fontSize: 380 },
          text: leaning,
        },
        'large letters in a note': {
          ...{ kind: 'sticky', position: [300, 20], size: [200, 540], fontSize: 380, align: 'start' },
          text: leaning,
        },
        'large letters on a line': {
          ...{ kind: 'line', width: 2, fontSize: 300, text: leaning, labelSize: [180, 390] },
          points: [
            [200, 250],
            [560, 250],
          ],
        },
        'a stroke of a point': { kind: 'stroke', width: 40, points: [{ x: 256, y: 256, pressure: 1 }] },
        'a line of no length': { kind: 'line', width: 20, points: [corner, corner] },
        'an arrow of no length': { kind: 'arrow', width: 10, points: [corner, corner], startHead: 'dot' },
        'a shape without a size': { kind: 'shape', position: corner, size: nothing, width: 20 },
        'an ellipse without a width': {
          kind: 'shape',
          form: 'ellipse',
          position: [256, 200],
          size: [0, 100],
          width: 20,
        },
        'a frame': { kind: 'frame', position, size: [200, 100], title: 'Its title stands above' },
        'a frame without a size': { kind: 'frame', position, size: nothing, title: 'title' },
        'a picture without a size': { ...picture, size: nothing },
        'a picture without a height': { ...picture, size: [100, 0] },
        'a picture that fails': { ...picture, size: [100, 80] },
      };
      const only = { minX: 0, minY: 0, maxX: 800, maxY: 600 };
      const found: [name: string, ink: number, beside: number, left: number][] = [];
      for (const [name, element] of Object.entries(elements)) {
        const board = core.createBoard({ user: 'ana' });
        window.canvasPage.board = board;
        const id = core.newElementId();
        board.commit(core.addElement(board, { ...element, id }));
        board.commit(core.vote(board, id, element.kind === 'sticky' ? 2 : 0));
        mount({ theme: 'light' });
        const tiles = await onScreen();
        const png = await exportPng(board, { only, scale: 1, theme: 'light', embed: false });
        const context = new OffscreenCanvas(800, 600).getContext('2d')!;
        context.drawImage(await createImageBitmap(png), 0, 0);
        const whole = context.getImageData(0, 0, 800, 600).data;
        board.commit(core.moveElements(board, [id], 60, 45));
        const moved = await onScreen();
        mount({ theme: 'light' });
        let left = differing(moved, await onScreen());
        // As near as one can look: what reaches out by a hair is seen there.
        const near = { x: 306, y: 291, zoom: 64 };
        mount({ theme: 'light' }).setCamera(near);
        await onScreen();
        board.commit(core.moveElements(board, [id], 2, 2));
        const movedNear = await onScreen();
        mount({ theme: 'light' }).setCamera(near);
        left += differing(movedNear, await onScreen());
        found.push([name, inked(tiles), differing(tiles, whole, 60), left]);
      }
      return found;
    });
    for (const [name, , beside, left] of results) expect([name, beside, left]).toEqual([name, 0, 0]);
    expect(results.filter(([, ink]) => ink > 60).length).toBeGreaterThanOrEqual(14);
  });

  it.each([0.02, 0.37, 1, 6])('holds every kind of element at %s×, whatever happens to it', async (zoom) => {
    const [left, ink] = await tab.page.evaluate(async (zoom) => {
      const { core, mount } = window.canvasPage;
      const { onScreen, differing, inked } = window.boardPixels;
      const { gallery } = window;
      const board = gallery.create(true);
      window.canvasPage.board = board;
      const options = { theme: 'light', painters: gallery.painters } as const;
      let state = 11;
      const random = (below: number) => {
        state = (state * 48271) % 2147483647;
        return state % below;
      };
      // The smaller the part of the page that is seen, the less everything moves.
      const step = Math.max(Math.round(60 / zoom), 2);
      const camera = { x: 400 - 400 / zoom, y: 260 - 300 / zoom, zoom };
      mount(options).setCamera(camera);
      let [differs, ink, changes] = [0, 0, 0];
      for (let i = 1; i <= 60; i++) {
        const elements = [...board.elements()];
        const { id, position } = elements[random(elements.length)]!;
        const by = () => random(2 * step) - step;
        const kind = random(8);
        if (kind < 3 || changes === 0) board.commit(core.moveElements(board, [id], by(), by()));
        else if (kind === 3) board.commit(core.rotateElements(board, [id], position, random(6)));
        else if (kind === 4) board.commit(core.removeElements(board, [id]));
        else if (kind === 5)
          board.commit(core.resizeElements(board, [id], position, 0.5 + random(3), 0.5 + random(3)));
        else board.undo();
        changes += kind < 6 || changes === 0 ? 1 : -1;
        if (i % 3 === 0) ink += inked(await onScreen());
        if (i % 20 !== 0) continue;
        const patched = await onScreen();
        mount(options).setCamera(camera);
        differs += differing(patched, await onScreen());
      }
      return [differs, ink];
    }, zoom);
    expect(left).toBe(0);
    expect(ink).toBeGreaterThan(1_000);
  });
});

describe('the far ends of the page', () => {
  const pages = useCanvasPages();

  it('show what its middle shows, to the last pixel, from as far and as near as one can look', async () => {
    const tab = await pages.open({ width: 800, height: 600 });
    await compareInPage(tab);
    const results = await tab.page.evaluate(async () => {
      const { core, mount } = window.canvasPage;
      const { onScreen, differing, inked } = window.boardPixels;
      const { gallery } = window;
      // Whole pixels at each of these zooms, and nearly as far as one can go.
      const far = 9_830_400;
      const found: [zoom: number, end: number, ink: number, differing: number][] = [];
      for (const zoom of [0.02, 1, 64]) {
        const options = { theme: 'light', painters: gallery.painters } as const;
        const corner = zoom > 1 ? ([300, 270] as const) : ([0, 0] as const);
        window.canvasPage.board = gallery.create(true);
        mount(options).setCamera({ x: corner[0], y: corner[1], zoom });
        const middle = await onScreen();
        for (const end of [far, -far]) {
          const board = gallery.create(true);
          const ids = [...board.elements()].map(({ id }) => id);
          board.commit(core.moveElements(board, ids, end, end));
          window.canvasPage.board = board;
          mount(options).setCamera({ x: corner[0] + end, y: corner[1] + end, zoom });
          const pixels = await onScreen();
          found.push([zoom, end, inked(pixels), differing(pixels, middle, 2)]);
        }
      }
      return found;
    });
    for (const [zoom, end, ink, differing] of results) {
      expect([zoom, end, differing]).toEqual([zoom, end, 0]);
      expect(ink).toBeGreaterThan(100);
    }
    expect(tab.errors).toEqual([]);
    await tab.close();
  });
});

describe('letters', () => {
  const pages = useCanvasPages();

  it('are set and painted anew when the font that an app brings has arrived', async () => {
    const tab = await pages.open({ width: 800, height: 600 });
    await compareInPage(tab);
    const found = await tab.page.evaluate(async () => {
      const { core, board, mount } = window.canvasPage;
      const { onScreen, differing, inked } = window.boardPixels;
      const text = 'a few words that are broken where they have to be';
      board.commit(
        core.addElements(board, [
          { kind: 'text', fit: 'width', position: [40, 40], size: [400, 300], text, font: 'hand' },
          { kind: 'text', position: [40, 400], size: [0, 0], text, font: 'hand' },
        ]),
      );
      mount({ theme: 'light' });
      const before = await onScreen();
      // One of these comes with every system; twice as large, under the name of the first hand that is asked for.
      const names = [
        'Open Sans Bold',
        'OpenSans-Bold',
        'DejaVu Sans Bold',
        'Liberation Sans Bold',
        'Arial Bold',
        'Helvetica Bold',
      ];
      const source = names.map((name) => `local("${name}")`).join(', ');
      const rule = `@font-face { font-family: "Segoe Print"; src: ${source}; size-adjust: 200% }`;
      document.styleSheets[0]!.insertRule(rule);
      const arrived = new Promise((resolve) => document.fonts.addEventListener('loadingdone', resolve));
      const faces = await document.fonts.load('16px "Segoe Print"');
      await arrived;
      const after = await onScreen();
      mount({ theme: 'light' });
      return {
        faces: faces.length,
        grown: inked(after) / inked(before),
        left: differing(after, await onScreen()),
      };
    });
    expect(found.faces).toBe(1);
    expect(found.grown).toBeGreaterThan(1.5);
    expect(found.left).toBe(0);
    expect(tab.errors).toEqual([]);
    await tab.close();
  });
});

describe('a tile that takes several frames', () => {
  const pages = useCanvasPages();

  it('shows what it showed until it is done, whatever else makes the screen be copied anew', async () => {
    const tab = await pages.open({ width: 250, height: 250 });
    await compareInPage(tab);
    const shown = await tab.page.evaluate(async () => {
      const { core, board, mount } = window.canvasPage;
      const { onScreen, differing } = window.boardPixels;
      const ids = Array.from({ length: 160 }, () => core.newElementId());
      const strokes = ids.map((id, i) => {
        const points = Array.from({ length: 20 }, (_, j) => ({
          x: 20 + (i % 7) * 20 + j * 3,
          y: 20 + i + 5 * Math.sin(j),
        }));
        return { kind: 'stroke', id, points, width: 2, color: i % 2 ? '#e03131' : 'ink' } as const;
      });
      board.commit(core.addElements(board, strokes));
      const view = mount({ theme: 'light' });
      const camera = view.camera;
      const old = await onScreen();
      const canvas = document.querySelector('canvas')!;
      // A clock that goes on by looking at it: a frame has time for a few strokes, on any machine.
      const { now } = performance;
      let time = now.call(performance);
      performance.now = () => time++;
      board.commit(core.moveElements(board, ids, 9, 5));
      const seen: Uint8ClampedArray[] = [];
      let done = false;
      void view.idle().then(() => {
        done = true;
      });
      const shownOnce = () => new Promise((resolve) => requestAnimationFrame(resolve));
      while (!done) {
        // A look elsewhere and back copies every tile; nothing is painted between frames while the view moves.
        view.setCamera({ ...camera, x: camera.x + 3 });
        await shownOnce();
        view.setCamera(camera);
        await shownOnce();
        seen.push(canvas.getContext('2d')!.getImageData(0, 0, 250, 250).data);
      }
      performance.now = now;
      const changed = await onScreen();
      const isOld = seen.map((pixels) => differing(pixels, old) === 0);
      const isNew = seen.map((pixels) => differing(pixels, changed) === 0);
      return {
        apart: differing(old, changed),
        old: isOld.filter(Boolean).length,
        between: seen.filter((_, i) => !isOld[i] && !isNew[i]).length,
      };
    });
    expect(shown.apart).toBeGreaterThan(1_000);
    expect(shown.old).toBeGreaterThanOrEqual(3);
    expect(shown.between).toBe(0);
    expect(tab.errors).toEqual([]);
    await tab.close();
  });
});
