import { describe, expect, it } from 'vitest';
import {
  type CanvasTab,
  committedPixels,
  cutOut,
  drawWithMouse,
  drawWithPen,
  inkedPixels,
  liftPen,
  useCanvasPages,
  waveFrom,
} from './canvas-browser.js';

const pages = useCanvasPages();

interface SeenStroke {
  readonly kind: string;
  readonly tool: string;
  readonly author: string;
  readonly color: string;
  readonly width: number;
  readonly points: readonly { readonly x: number; readonly y: number; readonly pressure: number | null }[];
  readonly tilts: readonly (readonly [x: number, y: number])[];
}

/** The strokes on the board with their points on the page. */
function strokesOn({ page }: CanvasTab): Promise<SeenStroke[]> {
  return page.evaluate(() => {
    const { core, board } = window.canvasPage;
    return [...board.elements()].flatMap((element) => {
      if (element.kind !== 'stroke') return [];
      const { kind, tool, author, color, width, position } = element as import('@inkwire/core').StrokeElement;
      const ink = core.inkOf(element as import('@inkwire/core').StrokeElement);
      const points = [...ink.x].map((x, i) => ({
        x: x + position[0],
        y: (ink.y[i] ?? 0) + position[1],
        pressure: ink.pressure?.[i] ?? null,
      }));
      const tilts = [...(ink.tiltX ?? [])].map((x, i) => [x, ink.tiltY?.[i] ?? Number.NaN] as const);
      return [{ kind, tool, author, color, width, points, tilts }];
    });
  });
}

async function openBoard(
  options: Pick<import('@inkwire/canvas').MountOptions, 'style' | 'readOnly'> = {},
): Promise<CanvasTab> {
  const tab = await pages.open();
  await tab.page.evaluate((options) => {
    const { mount, presence } = window.canvasPage;
    mount({ presence, ...options });
  }, options);
  return tab;
}

const camera = ({ page }: CanvasTab) => page.evaluate(() => window.canvasPage.view!.camera);

async function touch(
  { devtools }: CanvasTab,
  type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel',
  points: readonly { x: number; y: number; id: number; radiusX?: number; radiusY?: number }[],
): Promise<void> {
  await devtools.send('Input.dispatchTouchEvent', { type, touchPoints: [...points] });
}

describe('drawing', () => {
  it('commits one stroke per gesture, with the points that were drawn', async () => {
    const tab = await openBoard({ style: { color: '#e03131', width: 6 } });
    const path = waveFrom(100, 100);
    await drawWithMouse(tab, path);
    const [stroke, ...others] = await strokesOn(tab);
    expect(others).toEqual([]);
    expect(stroke).toMatchObject({ tool: 'pen', author: 'ana', color: '#e03131', width: 6 });
    expect(stroke?.points).toHaveLength(path.length);
    for (const [i, point] of (stroke?.points ?? []).entries()) {
      expect(Math.abs(point.x - (path[i]?.[0] ?? Number.NaN))).toBeLessThanOrEqual(1 / 16);
      expect(Math.abs(point.y - (path[i]?.[1] ?? Number.NaN))).toBeLessThanOrEqual(1 / 16);
      expect(point.pressure).toBeNull();
    }
    await tab.close();
  });

  it('commits a click as a dot', async () => {
    const tab = await openBoard();
    await tab.page.mouse.click(200, 150);
    expect((await strokesOn(tab)).map(({ points }) => points)).toEqual([
      [{ x: 200, y: 150, pressure: null }],
    ]);
    await tab.close();
  });

  it('takes every sample that the browser gathered into one event; a prediction is shown, withdrawn and never committed', async () => {
    const tab = await openBoard({ style: { width: 8 } });
    const shown = await tab.page.evaluate(async () => {
      const target = window.canvasPage.view!.element;
      const context = document.querySelector('canvas')!.getContext('2d')!;
      const make = (type: string, x: number, more: PointerEventInit = {}) =>
        new PointerEvent(type, {
          pointerId: 7,
          pointerType: 'mouse',
          isPrimary: true,
          button: type === 'pointermove' ? -1 : 0,
          buttons: type === 'pointerup' ? 0 : 1,
          clientX: x,
          clientY: 100,
          bubbles: true,
          ...more,
        });
      // The board asked for this frame first, so it has drawn by then. Its clock stands meanwhile, however long that takes.
      const { now } = performance;
      const isInked = async (x: number): Promise<boolean> => {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        return context.getImageData(x, 100, 1, 1).data[0]! < 128;
      };
      const soon = now.call(performance) + 60_000;
      performance.now = () => soon;
      target.dispatchEvent(make('pointerdown', 100));
      const send = (samples: readonly number[], predicted: readonly number[]) =>
        target.dispatchEvent(
          make('pointermove', samples.at(-1)!, {
            coalescedEvents: samples.map((x) => make('pointermove', x)),
            predictedEvents: predicted.map((x) => make('pointermove', x)),
          }),
        );
      send([110, 120, 130], [150, 170]);
      const results = [await isInked(120), await isInked(165)];
      send([132], []);
      results.push(await isInked(120), await isInked(165));
      send([134], [150, 170]);
      results.push(await isInked(165));
      performance.now = now;
      target.dispatchEvent(make('pointerup', 134));
      results.push(await isInked(120), await isInked(165));
      return results;
    });
    expect(shown).toEqual([true, true, true, false, true, true, false]);
    const [stroke] = await strokesOn(tab);
    expect(stroke?.points.map(({ x }) => x)).toEqual([100, 110, 120, 130, 132, 134]);
    await tab.close();
  });

  it('keeps the pressure of a pen, and draws it', async () => {
    const tab = await openBoard({ style: { width: 20 } });
    const path = Array.from({ length: 30 }, (_, i) => [100 + i * 10, 200] as const);
    await drawWithPen(tab, path, (i) => ({ force: 0.1 + (0.8 * i) / 29 }));
    const [stroke] = await strokesOn(tab);
    expect(stroke?.points).toHaveLength(30);
    for (const [i, { pressure }] of (stroke?.points ?? []).entries()) {
      expect(pressure).toBeCloseTo(0.1 + (0.8 * i) / 29, 2);
    }
    const picture = await committedPixels(tab);
    const heightAt = (x: number) => {
      let inked = 0;
      for (let y = 0; y < picture.height; y++)
        if ((picture.data[(y * picture.width + x) * 4] ?? 255) < 128) inked++;
      return inked;
    };
    expect(heightAt(370)).toBeGreaterThan(heightAt(130) + 4);
    await tab.close();
  });

  it('keeps the tilt of a pen, and draws broadly with one that is held flat', async () => {
    const tab = await openBoard({ style: { width: 20 } });
    const lean = (i: number) => ({ force: 0.3, tiltX: 2 + 2 * i, tiltY: -1 - i });
    const path = Array.from({ length: 40 }, (_, i) => [60 + i * 12, 200] as const);
    await drawWithPen(tab, path, lean);
    const [stroke] = await strokesOn(tab);
    expect(stroke?.tilts).toEqual(path.map((_, i) => [2 + 2 * i, -1 - i]));
    const picture = await committedPixels(tab);
    const inkedAt = (x: number) => inkedPixels(cutOut(picture, x, 100, 1, 200));
    expect(inkedAt(150)).toBe(inkedAt(250));
    expect(inkedAt(510)).toBeGreaterThan(inkedAt(250) + 4);
    expect(await tab.page.evaluate(() => window.canvasPage.presence.told.live.length)).toBeGreaterThan(1);
    await tab.close();
  });

  it('ignores secondary buttons', async () => {
    const tab = await openBoard();
    await tab.page.mouse.move(100, 100);
    await tab.page.mouse.down({ button: 'right' });
    await tab.page.mouse.move(300, 200, { steps: 5 });
    await tab.page.mouse.up({ button: 'right' });
    expect(await strokesOn(tab)).toEqual([]);
    await tab.close();
  });

  it('ends the stroke when the primary button is lifted while another one stays down', async () => {
    const tab = await openBoard();
    await drawWithMouse(tab, waveFrom(100, 100), false);
    await tab.page.mouse.down({ button: 'right' });
    await tab.page.mouse.up({ button: 'left' });
    await tab.page.mouse.move(500, 400, { steps: 5 });
    await tab.page.mouse.up({ button: 'right' });
    const [stroke, ...others] = await strokesOn(tab);
    expect(others).toEqual([]);
    expect(Math.max(...(stroke?.points ?? []).map(({ x }) => x))).toBeLessThanOrEqual(341);
    await tab.close();
  });

  it.each(['right', 'middle'] as const)(
    'goes on, whole and without a menu, while the %s button is pressed and let go, also outside the board',
    async (button) => {
      const tab = await openBoard();
      const opened = await tab.page.evaluateHandle(() => {
        window.canvasPage.element.style.setProperty('width', '400px');
        const opened: string[] = [];
        window.addEventListener('inkwire-menu', () => opened.push('the board’s'));
        window.addEventListener('contextmenu', (event) => {
          if (!event.defaultPrevented) opened.push('the browser’s');
        });
        return opened;
      });
      await drawWithMouse(
        tab,
        [
          [100, 100],
          [200, 150],
        ],
        false,
      );
      for (const [x, y] of [
        [250, 160],
        [500, 300],
      ] as const) {
        await tab.page.mouse.move(x, y);
        await tab.page.mouse.down({ button });
        await tab.page.mouse.move(x + 10, y);
        await tab.page.mouse.up({ button });
      }
      // Windows asks for it after the button is up, of what is under it.
      await tab.page.evaluate(() =>
        document.body.dispatchEvent(
          new MouseEvent('contextmenu', { button: 2, bubbles: true, cancelable: true }),
        ),
      );
      await tab.page.mouse.move(450, 20);
      await tab.page.mouse.up();
      await tab.page.mouse.move(20, 400);
      const strokes = await strokesOn(tab);
      expect(strokes.map(({ points }) => points.map(({ x, y }) => [x, y]))).toEqual([
        expect.arrayContaining([
          [100, 100],
          [260, 160],
          [510, 300],
        ]),
      ]);
      expect(strokes[0]?.points.at(-1)).toMatchObject({ x: 450, y: 20 });
      expect(await opened.jsonValue()).toEqual([]);
      expect(await camera(tab)).toEqual({ x: 0, y: 0, zoom: 1 });
      await tab.page.mouse.click(300, 300, { button: 'right' });
      expect(await opened.jsonValue()).toEqual(['the board’s']);
      await tab.close();
    },
  );

  it('goes on while the barrel button of a pen that writes is pressed, which Windows says in place of the tip', async () => {
    const tab = await openBoard();
    const path = waveFrom(100, 100);
    await drawWithPen(tab, path.slice(0, 20), () => ({ force: 0.5 }), false);
    const pen = { button: 'none', pointerType: 'pen', force: 0.5 } as const;
    for (const [i, [x, y]] of path.slice(20).entries()) {
      const buttons = i < 10 ? 2 : 1;
      await tab.devtools.send('Input.dispatchMouseEvent', { ...pen, type: 'mouseMoved', x, y, buttons });
    }
    await liftPen(tab, path.at(-1));
    const strokes = await strokesOn(tab);
    expect(strokes).toHaveLength(1);
    expect(strokes[0]?.points.at(-1)?.x).toBeCloseTo(340, 0);
    await tab.close();
  });

  it('goes on outside the board', async () => {
    const tab = await openBoard();
    await drawWithMouse(tab, [
      [500, 100],
      [600, 100],
      [700, 100],
      [700, 500],
      [300, 500],
      [300, 300],
    ]);
    const [stroke] = await strokesOn(tab);
    expect(stroke?.points.map(({ x, y }) => [x, y])).toContainEqual([700, 500]);
    await tab.close();
  });

  it('keeps a stroke that the browser cancels', async () => {
    const tab = await openBoard();
    await touch(tab, 'touchStart', [{ x: 100, y: 100, id: 1 }]);
    for (let x = 120; x <= 300; x += 20) await touch(tab, 'touchMove', [{ x, y: 100, id: 1 }]);
    await touch(tab, 'touchCancel', []);
    const strokes = await strokesOn(tab);
    expect(strokes).toHaveLength(1);
    expect(strokes[0]?.points.at(-1)).toMatchObject({ x: 300, y: 100 });
    await tab.close();
  });

  it('gives a stroke up on Escape', async () => {
    const tab = await openBoard();
    await drawWithMouse(tab, waveFrom(100, 100), false);
    await tab.page.keyboard.press('Escape');
    await tab.page.mouse.up();
    expect(await strokesOn(tab)).toEqual([]);
    const told = await tab.page.evaluate(() => window.canvasPage.presence.told);
    expect(told.live.length).toBeGreaterThan(1);
    expect(told.ended).toEqual([told.live[0]]);
    await tab.close();
  });

  it('draws finer the closer it looks', async () => {
    const tab = await openBoard();
    await tab.page.evaluate(() => window.canvasPage.view!.setCamera({ x: 10, y: 10, zoom: 32 }));
    await drawWithMouse(tab, waveFrom(100, 100, 64, 40, 20));
    const [stroke] = await strokesOn(tab);
    expect(stroke?.points.length).toBe(20);
    for (const [i, { x }] of (stroke?.points ?? []).entries()) {
      expect(x).toBeCloseTo(10 + (100 + (i / 19) * 64) / 32, 2);
    }
    await tab.close();
  });

  it('tells the others about the stroke while it is drawn, under the id it will have', async () => {
    const tab = await openBoard();
    await drawWithMouse(tab, waveFrom(100, 100));
    const [told, id] = await tab.page.evaluate(() => {
      const { presence, board } = window.canvasPage;
      return [presence.told, [...board.elements()][0]?.id] as const;
    });
    expect(new Set(told.live)).toEqual(new Set([id]));
    expect(told.ended).toEqual([id]);
    expect(told.tool).toBe('pen');
    expect(told.cursor).not.toBeNull();
    await tab.close();
  });
});

describe('touch', () => {
  it('draws with one finger', async () => {
    const tab = await openBoard();
    await touch(tab, 'touchStart', [{ x: 100, y: 100, id: 1 }]);
    for (let x = 110; x <= 200; x += 10) await touch(tab, 'touchMove', [{ x, y: 100, id: 1 }]);
    await touch(tab, 'touchEnd', []);
    expect(await strokesOn(tab)).toHaveLength(1);
    await tab.close();
  });

  it('moves and zooms the page with two, and leaves no dot where the first one landed', async () => {
    const tab = await openBoard();
    await touch(tab, 'touchStart', [{ x: 200, y: 200, id: 1 }]);
    await touch(tab, 'touchStart', [
      { x: 200, y: 200, id: 1 },
      { x: 300, y: 200, id: 2 },
    ]);
    await touch(tab, 'touchMove', [
      { x: 150, y: 230, id: 1 },
      { x: 350, y: 230, id: 2 },
    ]);
    await touch(tab, 'touchEnd', []);
    expect(await strokesOn(tab)).toEqual([]);
    const { x, y, zoom } = await camera(tab);
    expect(zoom).toBeCloseTo(2, 5);
    // The page point under the fingers' middle, (250, 200), went to (250, 230).
    expect(x + 250 / zoom).toBeCloseTo(250, 5);
    expect(y + 230 / zoom).toBeCloseTo(200, 5);
    await tab.close();
  });

  it('keeps a stroke that is well under way when a second finger lands', async () => {
    const tab = await openBoard();
    await touch(tab, 'touchStart', [{ x: 100, y: 300, id: 1 }]);
    for (let x = 110; x <= 200; x += 10) await touch(tab, 'touchMove', [{ x, y: 300, id: 1 }]);
    await touch(tab, 'touchStart', [
      { x: 200, y: 300, id: 1 },
      { x: 300, y: 200, id: 2 },
    ]);
    await touch(tab, 'touchEnd', []);
    expect(await strokesOn(tab)).toHaveLength(1);
    await tab.close();
  });

  it('rejects the palm beside a pen, and lets fingers move the page from then on', async () => {
    const tab = await openBoard();
    // The pen's shadow ends by the clock of events, which stands until it is moved.
    await tab.page.evaluate(() => {
      const clock = { time: 1_000 };
      for (const type of ['pointerdown', 'pointermove', 'pointerup'])
        addEventListener(type, (event) => Object.defineProperty(event, 'timeStamp', { value: clock.time }), {
          capture: true,
        });
      Object.assign(window, { clock });
    });
    await drawWithPen(tab, waveFrom(100, 100), () => ({ force: 0.5 }));
    await touch(tab, 'touchStart', [{ x: 300, y: 300, id: 1 }]);
    await touch(tab, 'touchMove', [{ x: 340, y: 300, id: 1 }]);
    await touch(tab, 'touchEnd', []);
    expect(await strokesOn(tab)).toHaveLength(1);
    expect(await camera(tab)).toEqual({ x: 0, y: 0, zoom: 1 });
    // A finger after it pans.
    await tab.page.evaluate(() => {
      (window as unknown as { clock: { time: number } }).clock.time += 550;
    });
    await touch(tab, 'touchStart', [{ x: 300, y: 300, id: 1 }]);
    await touch(tab, 'touchMove', [{ x: 340, y: 310, id: 1 }]);
    await touch(tab, 'touchEnd', []);
    expect(await strokesOn(tab)).toHaveLength(1);
    expect(await camera(tab)).toEqual({ x: -40, y: -10, zoom: 1 });
    await tab.close();
  });

  it('takes a hand that landed before its pen for a palm, whether it would draw or move the page', async () => {
    const tab = await openBoard();
    await tab.page.evaluate(() => {
      const clock = { time: 1_000 };
      for (const type of ['pointerdown', 'pointermove', 'pointerup'])
        addEventListener(type, (event) => Object.defineProperty(event, 'timeStamp', { value: clock.time }), {
          capture: true,
        });
      Object.assign(window, { clock });
    });
    for (const strokes of [1, 2]) {
      await tab.page.evaluate(() => {
        (window as unknown as { clock: { time: number } }).clock.time += 600;
      });
      await touch(tab, 'touchStart', [{ x: 500, y: 400, id: 1 }]);
      await drawWithPen(tab, waveFrom(100, 100 * strokes), () => ({ force: 0.5 }), false);
      await touch(tab, 'touchMove', [{ x: 540, y: 400, id: 1 }]);
      await liftPen(tab, [340, 100 * strokes]);
      await touch(tab, 'touchEnd', []);
      expect(await strokesOn(tab)).toHaveLength(strokes);
      expect(await camera(tab)).toEqual({ x: 0, y: 0, zoom: 1 });
    }
    const [first] = await strokesOn(tab);
    expect(first?.points[0]).toMatchObject({ x: 100 });
    await tab.close();
  });
});

describe('camera', () => {
  it('pans with the wheel, sideways with Shift, zooms around the pointer with Ctrl', async () => {
    const tab = await openBoard();
    await tab.page.mouse.move(320, 240);
    await tab.page.mouse.wheel(30, 50);
    expect(await camera(tab)).toEqual({ x: 30, y: 50, zoom: 1 });
    await tab.page.keyboard.down('Control');
    await tab.page.mouse.wheel(0, -20);
    await tab.page.keyboard.up('Control');
    const { x, y, zoom } = await camera(tab);
    expect(zoom).toBeCloseTo(Math.exp(0.2), 5);
    expect(x + 320 / zoom).toBeCloseTo(350, 5);
    expect(y + 240 / zoom).toBeCloseTo(290, 5);
    await tab.close();
  });

  it('pans with the middle button, and with the space bar held', async () => {
    const tab = await openBoard();
    await tab.page.mouse.move(300, 200);
    await tab.page.mouse.down({ button: 'middle' });
    await tab.page.mouse.move(250, 180, { steps: 3 });
    await tab.page.mouse.up({ button: 'middle' });
    expect(await camera(tab)).toEqual({ x: 50, y: 20, zoom: 1 });
    await tab.page.evaluate(() => window.canvasPage.view!.focus());
    await tab.page.keyboard.down('Space');
    await tab.page.mouse.down();
    await tab.page.mouse.move(260, 180, { steps: 3 });
    await tab.page.mouse.up();
    await tab.page.keyboard.up('Space');
    expect(await camera(tab)).toEqual({ x: 40, y: 20, zoom: 1 });
    expect(await strokesOn(tab)).toEqual([]);
    await tab.close();
  });

  it('stops when the button that moves the page is let go, also while another one stays down', async () => {
    const tab = await openBoard();
    await tab.page.mouse.move(300, 200);
    await tab.page.mouse.down({ button: 'middle' });
    await tab.page.mouse.move(280, 190);
    await tab.page.mouse.down({ button: 'left' });
    await tab.page.mouse.move(260, 190);
    await tab.page.mouse.up({ button: 'middle' });
    await tab.page.mouse.move(100, 100, { steps: 3 });
    await tab.page.mouse.up({ button: 'left' });
    expect(await camera(tab)).toEqual({ x: 40, y: 10, zoom: 1 });
    expect(await strokesOn(tab)).toEqual([]);
    await tab.close();
  });

  it('stops at 2 % and at 6400 %', async () => {
    const tab = await openBoard();
    await tab.page.mouse.move(320, 240);
    await tab.page.keyboard.down('Control');
    for (let i = 0; i < 20; i++) await tab.page.mouse.wheel(0, -500);
    expect((await camera(tab)).zoom).toBe(64);
    for (let i = 0; i < 40; i++) await tab.page.mouse.wheel(0, 500);
    expect((await camera(tab)).zoom).toBe(0.02);
    await committedPixels(tab);
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it('moves, zooms and fits by keys', async () => {
    const tab = await openBoard();
    await tab.page.evaluate(() => window.canvasPage.view!.focus());
    await tab.page.keyboard.press('ArrowRight');
    await tab.page.keyboard.press('Shift+ArrowDown');
    expect(await camera(tab)).toEqual({ x: 60, y: 240, zoom: 1 });
    await tab.page.keyboard.press('+');
    expect((await camera(tab)).zoom).toBeCloseTo(1.25);
    await tab.page.keyboard.press('0');
    expect((await camera(tab)).zoom).toBe(1);
    await tab.page.keyboard.press('1');
    expect(await camera(tab)).toEqual({ x: 0, y: 0, zoom: 1 });
    await tab.close();
  });
});

describe('tools', () => {
  it('erases what the pointer touches, faint until it is lifted, and nothing else', async () => {
    const tab = await openBoard();
    await drawWithMouse(tab, waveFrom(60, 60, 200, 40));
    await drawWithMouse(tab, waveFrom(60, 200, 200, 40));
    await drawWithMouse(tab, waveFrom(60, 340, 200, 40));
    await tab.page.evaluate(() => window.canvasPage.view!.focus());
    await tab.page.keyboard.press('e');
    const before = await committedPixels(tab);
    await drawWithMouse(
      tab,
      [
        [150, 40],
        [150, 300],
      ],
      false,
    );
    const during = await committedPixels(tab);
    expect(await strokesOn(tab)).toHaveLength(3);
    const darkest = (picture: typeof before, top: number) => {
      let value = 255;
      for (let y = top; y < top + 60; y++) {
        for (let x = 50; x < 280; x++)
          value = Math.min(value, picture.data[(y * picture.width + x) * 4] ?? 255);
      }
      return value;
    };
    expect(darkest(before, 200)).toBeLessThan(60);
    expect(darkest(during, 200)).toBeGreaterThan(120);
    expect(darkest(during, 340)).toBeLessThan(60);
    await tab.page.mouse.up();
    const left = await strokesOn(tab);
    expect(left).toHaveLength(1);
    expect(left[0]?.points[0]).toMatchObject({ x: 60 });
    await tab.close();
  });

  it('remembers each tool’s style', async () => {
    const tab = await openBoard({ style: { width: 9 } });
    const styles = await tab.page.evaluate(() => {
      const view = window.canvasPage.view!;
      view.setTool('highlighter');
      view.setStyle({ color: '#2f9e44' });
      const marker = view.style;
      view.setTool('pen');
      return [marker, view.style];
    });
    expect(styles).toMatchObject([{ color: '#2f9e44' }, { color: 'ink', width: 9 }]);
    await tab.close();
  });

  it('refuses tools, styles and themes that do not exist, and names them', async () => {
    const tab = await pages.open();
    const messages = await tab.page.evaluate(() => {
      const { mount } = window.canvasPage;
      const attempt = (action: () => void) => {
        try {
          action();
          return 'nothing was thrown';
        } catch (error) {
          return String(error);
        }
      };
      return [
        attempt(() => mount({ tool: 'brush' as never })),
        attempt(() => mount({ style: { color: 'red' } })),
        attempt(() => mount({ style: { width: Number.NaN } })),
        attempt(() => mount({ style: { opacity: 2 } })),
        attempt(() => mount({ theme: 'drak' as never })),
        window.canvasPage.element.childElementCount,
        attempt(() => mount({ theme: 'dark' }).setTheme('constructor' as never)),
        window.canvasPage.view?.theme.dark,
      ];
    });
    expect(messages[0]).toContain("RangeError: There is no tool 'brush'");
    expect(messages[1]).toContain("RangeError: color must be '#rrggbb' or 'ink', not 'red'");
    expect(messages[2]).toContain('RangeError: width must be');
    expect(messages[3]).toContain('RangeError: opacity must be');
    expect(messages[4]).toBe("RangeError: There is no theme 'drak'. The themes are system, light, dark.");
    expect(messages[5]).toBe(0);
    expect(messages[6]).toContain("RangeError: There is no theme 'constructor'");
    expect(messages[7]).toBe(true);
    await tab.close();
  });

  it('changes nothing on a board that is read-only: dragging moves the page', async () => {
    const tab = await openBoard({ readOnly: true });
    await drawWithMouse(tab, [
      [200, 200],
      [150, 180],
    ]);
    expect(await strokesOn(tab)).toEqual([]);
    expect(await camera(tab)).toEqual({ x: 50, y: 20, zoom: 1 });
    expect(await tab.page.getAttribute('.inkwire-board', 'data-read-only')).toBe('');
    await tab.page.evaluate(() => window.canvasPage.view!.setReadOnly(false));
    await drawWithMouse(tab, waveFrom(100, 100));
    expect(await strokesOn(tab)).toHaveLength(1);
    await tab.close();
  });

  it('gives up the stroke under way when the board becomes read-only', async () => {
    const tab = await openBoard();
    await drawWithMouse(tab, waveFrom(100, 100), false);
    await tab.page.evaluate(() => window.canvasPage.view!.setReadOnly(true));
    await tab.page.mouse.up();
    expect(await strokesOn(tab)).toEqual([]);
    await tab.close();
  });
});

describe("an app's own tools", () => {
  it('draw like the built-in ones, and may take their place', async () => {
    const tab = await pages.open();
    await tab.page.evaluate(() => {
      const { core, mount } = window.canvasPage;
      mount({
        tool: 'stamp',
        tools: [
          {
            name: 'stamp',
            cursor: 'copy',
            style: { color: '#2b8a3e', width: 4, opacity: 1 },
            begin({ board, style }, { point: [x, y] }) {
              const nothing = { ink: null, predicted: [], fading: new Set<never>(), move() {} };
              const size = [40, 40] as const;
              const { color, width } = style;
              const finish = () =>
                core.addElement(board, {
                  kind: 'shape',
                  form: 'star',
                  position: [x - 20, y - 20],
                  size,
                  color,
                  width,
                });
              return { ...nothing, finish };
            },
          },
        ],
      });
    });
    await tab.page.mouse.click(200, 150);
    const made = await tab.page.evaluate(() => {
      const [element] = window.canvasPage.board.elements();
      return [element?.kind, element?.position, element?.color, window.canvasPage.view?.element.style.cursor];
    });
    expect(made).toEqual(['shape', [180, 130], '#2b8a3e', 'copy']);
    expect(tab.errors).toEqual([]);
    await tab.close();
  });
});
