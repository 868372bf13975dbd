import { describe, expect, it } from 'vitest';
import {
  committedPixels,
  difference,
  drawWithMouse,
  drawWithPen,
  emulatedPixels,
  inkedPixels,
  liftPen,
  repaintAll,
  restingPixels,
  useCanvasPages,
  waveFrom,
} from './canvas-browser.js';

/**
 * What a live stroke showed before its last points may be this far (of 255) from how the whole of it looks, and further
 * in a few pixels: rasterisers round all edges of a scanline together, so a line that comes back shifts the shade of
 * its own edge.
 */
const SHADE = 12;
const SHADED = 12;

describe('pixels on the board', () => {
  const pages = useCanvasPages();

  for (const [tool, zoom, pixelRatio] of [
    ['pen', 1, 1],
    ['pen', 0.37, 1.5],
    ['pen', 0.11, 1],
    ['pen', 5, 2],
    ['highlighter', 1, 2],
    ['highlighter', 0.37, 1],
    ['highlighter', 5, 1.5],
  ] as const) {
    it(`shows the ${tool}’s live ink as committed ink at ${zoom}× on a ${pixelRatio}× screen`, async () => {
      const tab = await pages.open({ pixelRatio });
      await tab.page.evaluate(
        ({ tool, zoom }) => {
          const { core, board, mount } = window.canvasPage;
          // Something beneath, that a highlighter blends with.
          const points = [
            { x: 40, y: 90 },
            { x: 300, y: 60 },
          ];
          board.commit(core.addElement(board, { kind: 'stroke', width: 9, color: '#1971c2', points }));
          mount({ tool, theme: 'light' }).setCamera({ x: 13.3, y: -7.7, zoom });
        },
        { tool, zoom },
      );
      const empty = await committedPixels(tab);
      await drawWithMouse(tab, waveFrom(60, 60, 500, 300, 90), false);
      const live = await restingPixels(tab);
      await repaintAll(tab);
      const repainted = await restingPixels(tab);
      await tab.page.mouse.up();
      const committed = await committedPixels(tab);
      expect(difference(committed, empty).pixels).toBeGreaterThan(600);
      expect(difference(live, committed, SHADE).pixels).toBeLessThanOrEqual(SHADED);
      expect(difference(repainted, committed)).toEqual({ largest: 0, pixels: 0 });
      expect(tab.errors).toEqual([]);
      await tab.close();
    });
  }

  it('shows the ink of a pen that is pressed and tilted as committed ink', async () => {
    const tab = await pages.open({ pixelRatio: 2 });
    await tab.page.evaluate(() => window.canvasPage.mount({ style: { width: 16 }, theme: 'light' }));
    const lean = (i: number) => ({ force: 0.2 + 0.5 * Math.abs(Math.sin(i / 9)), tiltX: i - 10, tiltY: 20 });
    const path = waveFrom(60, 60, 500, 300, 90);
    await drawWithPen(tab, path, lean, false);
    const live = await restingPixels(tab);
    await repaintAll(tab);
    const repainted = await restingPixels(tab);
    await liftPen(tab, path.at(-1));
    const committed = await committedPixels(tab);
    expect(inkedPixels(committed)).toBeGreaterThan(20_000);
    expect(difference(live, committed, SHADE).pixels).toBeLessThanOrEqual(SHADED);
    expect(difference(repainted, committed)).toEqual({ largest: 0, pixels: 0 });
    const stroke = await tab.page.evaluate(() => {
      const { core, board } = window.canvasPage;
      const [stroke] = board.elements();
      const { length, tiltX, pressure } = core.inkOf(stroke as import('@inkwire/core').StrokeElement);
      return { length, tilted: tiltX?.at(-1), pressed: pressure?.at(-1) };
    });
    expect(stroke).toMatchObject({ length: 90, tilted: 79 });
    await tab.close();
  });

  it('shows ink that leaves the view once, while what lies around the view is still to be painted', async () => {
    const tab = await pages.open();
    const counts = await tab.page.evaluate(async () => {
      const { canvasPage } = window;
      const { element } = canvasPage.mount({ theme: 'light' });
      const pixels = async (): Promise<Uint8ClampedArray> => {
        await canvasPage.view?.idle();
        const canvas = document.querySelector('canvas');
        if (canvas === null) throw new Error('The board has no canvas.');
        const context = canvas.getContext('2d');
        if (context === null) throw new Error('The canvas has no context.');
        return context.getImageData(0, 0, canvas.width, canvas.height).data;
      };
      // Before the first frame, so that nothing is painted yet, neither what is seen nor what is beside it.
      for (const [type, clientX, clientY, buttons] of [
        ['pointerdown', 200, 40, 1],
        ['pointermove', 60, 90, 1],
        ['pointermove', -20, 160, 1],
        ['pointerup', -20, 160, 0],
      ] as const) {
        const init = { pointerId: 7, pointerType: 'pen', isPrimary: true, bubbles: true, pressure: 0.5 };
        const button = type === 'pointermove' ? -1 : 0;
        element.dispatchEvent(new PointerEvent(type, { ...init, clientX, clientY, buttons, button }));
      }
      const drawn = await pixels();
      canvasPage.mount({ theme: 'light' });
      const opened = await pixels();
      const ink = drawn.reduce((count, value) => count + Number(value !== drawn[0]), 0);
      return { ink, differing: drawn.reduce((count, value, i) => count + Number(value !== opened[i]), 0) };
    });
    expect(counts.ink).toBeGreaterThan(500);
    expect(counts.differing).toBe(0);
    await tab.close();
  });

  it('redraws only the tail of a live stroke, and it looks as if all of it were redrawn', async () => {
    const tab = await pages.open();
    await tab.page.evaluate(() => window.canvasPage.mount({ style: { width: 14 } }));
    const path = waveFrom(50, 50, 420, 260, 90).map(([x, y], i) => [x + 30 * Math.sin(i / 3), y] as const);
    await drawWithMouse(tab, path.slice(0, 1), false);
    for (const point of path.slice(1)) {
      await tab.page.mouse.move(...point);
      await tab.page.evaluate(() => window.canvasPage.frame());
    }
    const tails = await restingPixels(tab);
    await repaintAll(tab);
    const whole = await restingPixels(tab);
    expect(inkedPixels(whole)).toBeGreaterThan(3000);
    expect(difference(tails, whole, SHADE).pixels).toBeLessThanOrEqual(SHADED);
    await tab.close();
  });

  it('leaves paper where a part of a stroke was erased, and the rest as it was', async () => {
    const tab = await pages.open();
    await tab.page.evaluate(() => {
      const { core, board, mount } = window.canvasPage;
      for (const [tool, y] of [
        ['pen', 100],
        ['highlighter', 250],
      ] as const) {
        const points = Array.from({ length: 51 }, (_, i) => ({ x: 50 + i * 10, y, pressure: 0.5 }));
        board.commit(
          core.addElement(board, { kind: 'stroke', tool, width: 24, color: '#1971c2', opacity: 0.6, points }),
        );
      }
      mount({ theme: 'light' });
    });
    const whole = await committedPixels(tab);
    const size = await tab.page.evaluate(() => {
      const { core, board } = window.canvasPage;
      const ids = [...board.elements()].map(({ id }) => id);
      // The points from x 250 to 350, and two that overlap.
      const ranges: [number, number][] = [
        [20, 27],
        [25, 30],
      ];
      board.commit(
        core.eraseParts(
          board,
          ids.map((id) => ({ id, ranges })),
        ),
      );
      return board.size;
    });
    const erased = await committedPixels(tab);
    expect(size).toBe(2);
    for (const y of [100, 250]) {
      for (let x = 60; x <= 540; x += 4) {
        const at = (y * whole.width + x) * 4;
        const [before, after] = [whole, erased].map(({ data }) => [...data.subarray(at, at + 3)]);
        const paper = [...whole.data.subarray(0, 3)];
        // Ends are round: around the edges of what was erased, both may be.
        if (x > 266 && x < 334) expect(after, `${x}, ${y}`).toEqual(paper);
        else if (x < 230 || x > 370) expect(after, `${x}, ${y}`).toEqual(before);
      }
    }
    await tab.close();
  });

  it('looks after any sequence of effects as if painted from scratch', async () => {
    const tab = await pages.open();
    await tab.page.evaluate(() => window.canvasPage.mount());
    for (let seed = 1; seed <= 6; seed++) {
      await tab.page.evaluate(async (seed) => {
        const { core, board, view } = window.canvasPage;
        let state = seed * 7919;
        const random = (below: number) => {
          state = (state * 48271) % 2147483647;
          return state % below;
        };
        for (let step = 0; step < 40; step++) {
          const ids = [...board.elements()].map(({ id }) => id);
          const id = ids[random(Math.max(ids.length, 1))];
          const kind = random(4);
          if (id === undefined || kind < 2) {
            const [x, y] = [random(600), random(440)];
            const points = Array.from({ length: 12 }, (_, i) => ({
              x: x + i * random(12),
              y: y + random(60),
            }));
            const color = ['ink', '#e03131', '#2f9e44'][random(3)]!;
            const tool = random(3) === 0 ? 'highlighter' : 'pen';
            board.commit(
              core.addElement(board, {
                kind: 'stroke',
                tool,
                color,
                width: 1 + random(20),
                opacity: 0.7,
                points,
              }),
            );
          } else if (kind === 2)
            board.commit(core.moveElements(board, [id], random(200) - 100, random(200) - 100));
          else board.commit(core.removeElements(board, [id]));
          if (random(5) === 0) await view!.idle();
        }
      }, seed);
      const grown = await committedPixels(tab);
      await tab.page.evaluate(() => window.canvasPage.mount());
      const fresh = await committedPixels(tab);
      expect(difference(grown, fresh), `seed ${seed}`).toEqual({ largest: 0, pixels: 0 });
      expect(inkedPixels(fresh)).toBeGreaterThan(500);
    }
    await tab.close();
  });

  it('looks after panning and zooming about as if painted there from scratch', async () => {
    const tab = await pages.open();
    await tab.page.evaluate(() => {
      const { core, board, mount } = window.canvasPage;
      for (let i = 0; i < 200; i++) {
        const [x, y] = [(i * 137) % 1500, (i * 211) % 1100];
        const points = Array.from({ length: 20 }, (_, j) => ({ x: x + j * 5, y: y + 20 * Math.sin(j + i) }));
        board.commit(core.addElement(board, { kind: 'stroke', points, width: 2 + (i % 5) }));
      }
      mount();
    });
    await tab.page.mouse.move(300, 200);
    for (let i = 0; i < 12; i++) await tab.page.mouse.wheel(40, 25);
    await tab.page.keyboard.down('Control');
    for (let i = 0; i < 9; i++) await tab.page.mouse.wheel(0, 20);
    for (let i = 0; i < 5; i++) await tab.page.mouse.wheel(0, -13);
    await tab.page.keyboard.up('Control');
    for (let i = 0; i < 5; i++) await tab.page.mouse.wheel(-31, 17);
    const travelled = await committedPixels(tab);
    const zoom = await tab.page.evaluate(async () => {
      const { camera } = window.canvasPage.view!;
      window.canvasPage.mount().setCamera(camera);
      return camera.zoom;
    });
    const fresh = await committedPixels(tab);
    expect(zoom).not.toBe(1);
    expect(inkedPixels(fresh)).toBeGreaterThan(2000);
    expect(difference(travelled, fresh)).toEqual({ largest: 0, pixels: 0 });
    await tab.close();
  });

  it('marks what is selected in the colours of the theme, and in the device’s own where it forces them', async () => {
    const tab = await pages.open();
    await tab.page.evaluate(() => {
      const { core, board, mount } = window.canvasPage;
      const id = core.newElementId();
      board.commit(
        core.addElement(board, { kind: 'shape', id, position: [100, 100], size: [200, 120], width: 0 }),
      );
      const view = mount({ theme: 'light' });
      view.setTool('select');
      view.select([id]);
    });
    /** The colours of the frame, in the middle of its left side, and of the handle at the corner. */
    const marks = async () => {
      const { data, width } = await committedPixels(tab);
      const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
      const darkest = (list: number[][]) => list.sort((a, b) => distance(b) - distance(a))[0];
      const paper = at(600, 20);
      const distance = (color: number[]) =>
        color.reduce((sum, c, i) => sum + Math.abs(c - (paper[i] ?? 0)), 0);
      const across = Array.from({ length: 9 }, (_, i) => at(96 + i, 140));
      return { frame: darkest(across), handle: at(100, 100) };
    };
    const free = await marks();
    expect(free.handle).toEqual([255, 255, 255]);
    const [red = 0, , blue = 0] = free.frame ?? [];
    expect(blue).toBeGreaterThan(red + 60);
    await tab.page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    const forced = await marks();
    const [highlight, canvas] = await tab.page.evaluate(() =>
      ['Highlight', 'Canvas'].map((name) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = name;
        const { color } = getComputedStyle(probe);
        probe.remove();
        return color.match(/\d+/g)!.slice(0, 3).map(Number);
      }),
    );
    expect(forced.handle).toEqual(canvas);
    // A line of a pixel and a quarter lies on two pixels of black paper: each has at least a part of its colour.
    for (const [i, channel] of (forced.frame ?? []).entries()) {
      const whole = highlight?.[i] ?? Number.NaN;
      expect(channel).toBeGreaterThanOrEqual(Math.floor(0.4 * whole));
      expect(channel).toBeLessThanOrEqual(whole);
    }
    expect(highlight).not.toEqual(canvas);
    await tab.page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
    expect(await marks()).toEqual(free);
    await tab.close();
  });

  it('is crisp at once on a screen of another density, and after a resize', async () => {
    const tab = await pages.open({ width: 500, height: 400 });
    await tab.page.evaluate(() => {
      const { core, board, mount } = window.canvasPage;
      const points = [
        { x: 50, y: 50 },
        { x: 200, y: 180 },
        { x: 350, y: 60 },
      ];
      board.commit(core.addElement(board, { kind: 'stroke', points, width: 4 }));
      mount();
    });
    await emulatedPixels(tab);
    for (const [width, height, deviceScaleFactor] of [
      [500, 400, 2],
      [430, 333, 2],
      [431, 334, 1.25],
      [600, 300, 1],
    ] as const) {
      const metrics = { width, height, deviceScaleFactor, mobile: false };
      await tab.devtools.send('Emulation.setDeviceMetricsOverride', metrics);
      await tab.page.waitForFunction(
        ([wanted, ratio]) => {
          const canvas = document.querySelector('canvas')!;
          return window.devicePixelRatio === ratio && canvas.width === wanted;
        },
        [Math.round(width * deviceScaleFactor), deviceScaleFactor] as const,
      );
      const moved = await emulatedPixels(tab);
      expect(moved.width).toBe(Math.round(width * deviceScaleFactor));
      await tab.page.evaluate(() => window.canvasPage.mount());
      expect(difference(moved, await emulatedPixels(tab))).toEqual({ largest: 0, pixels: 0 });
    }
    await tab.close();
  });
});
