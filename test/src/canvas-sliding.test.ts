import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { type CanvasTab, committedPixels, difference, useCanvasPages } from './canvas-browser.js';

/** What happens while a view moves, one after the other, each in a frame. */
type Deed =
  | { readonly do: 'pan'; readonly by: readonly [x: number, y: number]; readonly frames: number }
  /** Where on the screen; beyond its edge, too. */
  | { readonly do: 'add'; readonly at: readonly [x: number, y: number] }
  | { readonly do: 'remove'; readonly index: number }
  | { readonly do: 'draw'; readonly at: readonly [x: number, y: number] }
  | { readonly do: 'rest' }
  /** Goes up and down until that is all that a frame does. */
  | { readonly do: 'slide' };

interface Sliding {
  /** Begins with a board of its own, with strokes all over it, which rests. */
  begin(): Promise<void>;
  run(deeds: readonly Deed[]): Promise<void>;
  /** Slides, and stays so until it is let go. */
  hold(): Promise<void>;
  letGo(): void;
  /** Slides; returns how many pixels differ once it rests. */
  differing(): Promise<number>;
}

declare global {
  interface Window {
    sliding: Sliding;
  }
}

async function prepare({ page }: CanvasTab): Promise<void> {
  await page.evaluate(() => {
    const { core, element, frame, mount, presence, shown } = window.canvasPage;
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const slides = () => element.querySelector('canvas')!.style.visibility === 'hidden';
    const pan = async ([x, y]: readonly [number, number]): Promise<void> => {
      const init = { deltaX: x, deltaY: y, clientX: 200, clientY: 200, bubbles: true, cancelable: true };
      window.canvasPage.view!.element.dispatchEvent(new WheelEvent('wheel', init));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    };
    const slide = async (): Promise<void> => {
      const until = performance.now() + 60_000;
      let frames = 0;
      do {
        if (performance.now() > until) throw new Error('The view never slides.');
        await pan([0, frames++ % 20 < 10 ? 1 : -1]);
      } while (!slides());
    };
    const stroke = (x: number, y: number) => ({
      kind: 'stroke' as const,
      points: Array.from({ length: 9 }, (_, i) => ({ x: x + 11 * i, y: y + 20 * Math.sin(i + x) })),
      width: 4,
      color: ['ink', '#e03131', '#1971c2'][Math.abs(Math.round(x)) % 3]!,
    });
    const onPage = ([x, y]: readonly [number, number]): [number, number] => {
      const { camera } = window.canvasPage.view!;
      return [camera.x + x / camera.zoom, camera.y + y / camera.zoom];
    };
    window.sliding = {
      async begin() {
        presence.show([]);
        const board = core.createBoard({ user: 'ana' });
        window.canvasPage.board = board;
        const all = Array.from({ length: 300 }, (_, i) =>
          stroke(((i * 137) % 2400) - 800, ((i * 211) % 2000) - 700),
        );
        board.commit(core.addElements(board, all));
        await mount({ theme: 'light', presence }).idle();
      },
      async run(deeds) {
        const { board } = window.canvasPage;
        for (const deed of deeds) {
          if (deed.do === 'pan') for (let i = 0; i < deed.frames; i++) await pan(deed.by);
          if (deed.do === 'add') board.commit(core.addElements(board, [stroke(...onPage(deed.at))]));
          if (deed.do === 'remove') {
            const { id } = [...board.elements()][deed.index]!;
            board.commit(core.removeElements(board, [id]));
          }
          if (deed.do === 'draw') {
            const { points, color } = stroke(...onPage(deed.at));
            const liveInk = [
              { id: 'live' as never, tool: 'pen' as const, width: 5, color, opacity: 1, points },
            ];
            const user = { id: 'ben', name: 'Ben', color: '#12b886' };
            presence.show([
              {
                session: 'b',
                user,
                cursor: null,
                selection: [],
                tool: 'pen',
                viewport: null,
                liveInk,
              } as never,
            ]);
          }
          if (deed.do === 'rest') await wait(300);
          if (deed.do === 'slide') await slide();
        }
      },
      async hold() {
        await slide();
        const { requestAnimationFrame } = window;
        const held: FrameRequestCallback[] = [];
        window.requestAnimationFrame = (callback) => held.push(callback);
        window.sliding.letGo = () => {
          window.requestAnimationFrame = requestAnimationFrame;
          for (const callback of held) requestAnimationFrame(callback);
        };
        await wait(50);
        if (!slides()) throw new Error('The view came to rest.');
      },
      letGo: () => {},
      async differing() {
        await slide();
        const moving = shown().data;
        await window.canvasPage.view!.idle();
        if (slides()) throw new Error('A view that rests still slides.');
        await frame();
        const resting = shown().data;
        let count = 0;
        for (let i = 0; i < resting.length; i++) if (moving[i] !== resting[i]) count++;
        return count;
      },
    };
  });
}

const along = fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -30, max: 30 }));
const somewhere = fc.tuple(fc.integer({ min: -150, max: 650 }), fc.integer({ min: -150, max: 500 }));
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pan' as const),
      by: along,
      frames: fc.integer({ min: 1, max: 12 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('add' as const), at: somewhere }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), index: fc.nat({ max: 200 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('draw' as const), at: somewhere }) },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'rest' as const }, { do: 'slide' as const }) },
);

describe('a view that moves', () => {
  const pages = useCanvasPages();

  it('asks for hardly a frame until it rests', async () => {
    const tab: CanvasTab = await pages.open({ width: 500, height: 360 });
    await prepare(tab);
    const asked = await tab.page.evaluate(async () => {
      await window.sliding.begin();
      await window.sliding.run([{ do: 'slide' }, { do: 'rest' }, { do: 'rest' }]);
      await window.sliding.run([{ do: 'pan', by: [0, 1], frames: 1 }]);
      const { requestAnimationFrame } = window;
      let count = 0;
      window.requestAnimationFrame = (callback) => {
        count++;
        return requestAnimationFrame(callback);
      };
      await window.canvasPage.view!.idle();
      window.requestAnimationFrame = requestAnimationFrame;
      return count;
    });
    // One that shows it at rest, perhaps one before; 12 if it asked for each.
    expect(asked).toBeLessThanOrEqual(3);
    await tab.close();
  });

  it('shows what was added just beyond its edge', async () => {
    const tab: CanvasTab = await pages.open({ width: 500, height: 360 });
    await prepare(tab);
    const differing = await tab.page.evaluate(async () => {
      await window.sliding.begin();
      // To the right of it begins a tile of which nothing is seen.
      window.canvasPage.view!.setCamera({ x: 12, y: 0, zoom: 1 });
      await window.sliding.run([
        { do: 'slide' },
        { do: 'add', at: [505, 150] },
        { do: 'pan', by: [0, 1], frames: 3 },
        { do: 'pan', by: [60, 0], frames: 1 },
      ]);
      return window.sliding.differing();
    });
    expect(differing).toBe(0);
    await tab.close();
  });

  for (const pixelRatio of [1, 1.1, 1.5, 2]) {
    it(`lies on the screen's own pixels at ${pixelRatio}×`, async () => {
      const tab: CanvasTab = await pages.open({ width: 500, height: 360, pixelRatio });
      await prepare(tab);
      await tab.page.evaluate(async () => {
        await window.sliding.begin();
        await window.sliding.run([{ do: 'slide' }, { do: 'pan', by: [37, 21], frames: 2 }]);
        await window.sliding.hold();
      });
      const moving = PNG.sync.read(await tab.page.screenshot());
      await tab.page.evaluate(() => window.sliding.letGo());
      const resting = await committedPixels(tab);
      expect(difference(moving, resting).largest).toBeLessThanOrEqual(pixelRatio % 1 === 0 ? 0 : 1);
      await tab.close();
    });
  }

  for (const pixelRatio of [1, 1.5, 2]) {
    it(`shows at ${pixelRatio}× what it shows when it rests, whatever changes meanwhile`, async () => {
      const tab: CanvasTab = await pages.open({ width: 500, height: 360, pixelRatio });
      await prepare(tab);
      await fc.assert(
        fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 8 }), async (deeds) => {
          const differing = await tab.page.evaluate(async (deeds) => {
            await window.sliding.begin();
            await window.sliding.run(deeds);
            return window.sliding.differing();
          }, deeds);
          expect(differing).toBe(0);
        }),
        { numRuns: 4 },
      );
      expect(tab.errors).toEqual([]);
      await tab.close();
    });
  }
});
