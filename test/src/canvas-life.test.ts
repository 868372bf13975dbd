import { describe, expect, it } from 'vitest';
import {
  committedPixels,
  difference,
  drawWithMouse,
  inkedPixels,
  restingPixels,
  useCanvasPages,
  waveFrom,
} from './canvas-browser.js';

const pages = useCanvasPages();

describe('the others', () => {
  it('P2: shows their live ink as the element it becomes, and never both', async () => {
    const tab = await pages.open();
    const live = await tab.page.evaluate(async () => {
      const { core, mount, presence, frame } = window.canvasPage;
      mount({ presence, theme: 'light' });
      const id = core.newElementId();
      const points = Array.from({ length: 60 }, (_, i) => ({
        x: 60 + i * 8,
        y: 200 + Math.round(60 * Math.sin(i / 6)),
      }));
      const style = {
        tool: 'highlighter',
        color: '#2f9e44',
        width: 18,
        opacity: 0.5019607843137255,
      } as const;
      const ben = {
        session: 'ben',
        user: { id: 'ben', name: 'Ben', color: '#1971c2' },
        cursor: null,
        tool: 'highlighter',
        selection: [],
        viewport: null,
        liveInk: [{ id, ...style, points }],
      };
      presence.show([ben]);
      Object.assign(window, { commitTheirs: { kind: 'stroke', id, ...style, points }, ben });
      await frame();
      return id;
    });
    const before = await restingPixels(tab);
    expect(inkedPixels(before)).toBeGreaterThan(2000);
    // The commit arrives while the live ink is still announced: an opacity below one would show it twice.
    await tab.page.evaluate(() => {
      const { core, board } = window.canvasPage;
      const { commitTheirs } = window as unknown as { commitTheirs: import('@inkwire/core').NewElement };
      board.commit(core.addElement(board, commitTheirs));
    });
    const both = await committedPixels(tab);
    expect(difference(before, both)).toEqual({ largest: 0, pixels: 0 });
    await tab.page.evaluate(() => window.canvasPage.presence.show([]));
    expect(difference(before, await committedPixels(tab))).toEqual({ largest: 0, pixels: 0 });
    expect(live).toHaveLength(12);
    await tab.close();
  });

  it('shows their cursors with their names, and takes them away', async () => {
    const tab = await pages.open();
    await tab.page.evaluate(async () => {
      const { mount, presence, frame } = window.canvasPage;
      mount({ presence }).setCamera({ x: 50, y: 0, zoom: 2 });
      const person = (session: string, name: string, color: string, x: number) => ({
        session,
        user: { id: session, name, color },
        cursor: [x, 60] as const,
        tool: null,
        selection: [],
        viewport: null,
        liveInk: [],
      });
      presence.show([
        person('a', 'Ana', '#1971c2', 100),
        person('b', '<img src=x onerror=alert(1)>', '#ffd43b', 150),
        person('c', 'Chi', 'url(https://example.com)', 200),
      ]);
      await frame();
    });
    const names = tab.page.locator('.inkwire-board span');
    expect(await names.allTextContents()).toEqual(['Ana', '<img src=x onerror=alert(1)>', 'Chi']);
    expect(await tab.page.locator('.inkwire-board img').count()).toBe(0);
    const [ana, ben] = [await names.nth(0).boundingBox(), await names.nth(1).boundingBox()];
    expect((ben?.x ?? 0) - (ana?.x ?? 0)).toBeCloseTo(100, 0);
    const colors = await names.evaluateAll((all) => all.map((name) => getComputedStyle(name).color));
    expect(colors[0]).toBe('rgb(255, 255, 255)');
    expect(colors[1]).not.toBe('rgb(255, 255, 255)');
    await tab.page.evaluate(async () => {
      window.canvasPage.presence.show([]);
      await window.canvasPage.frame();
    });
    expect(await names.count()).toBe(0);
    await tab.close();
  });

  it('does not let a stroke of theirs interrupt mine', async () => {
    const tab = await pages.open();
    await tab.page.evaluate(() => window.canvasPage.mount({ presence: window.canvasPage.presence }));
    const path = waveFrom(80, 80, 300, 120, 60);
    await drawWithMouse(tab, path.slice(0, 30), false);
    await tab.page.evaluate(() => {
      const { core, board } = window.canvasPage;
      const points = [
        { x: 0, y: 0 },
        { x: 600, y: 400 },
      ];
      board.commit(core.addElement(board, { kind: 'stroke', points }));
    });
    for (const point of path.slice(30)) await tab.page.mouse.move(...point);
    await tab.page.mouse.up();
    const lengths = await tab.page.evaluate(() => {
      const { core, board } = window.canvasPage;
      return [...board.elements()].map(
        (element) => core.inkOf(element as import('@inkwire/core').StrokeElement).length,
      );
    });
    expect(lengths.sort((a, b) => a - b)).toEqual([2, 60]);
    await tab.close();
  });
});

describe('themes', () => {
  it('follows the device, and what was chosen instead', async () => {
    const tab = await pages.open({ colorScheme: 'dark' });
    await tab.page.evaluate(() => window.canvasPage.mount());
    const paper = async () => (await committedPixels(tab)).data[0] ?? 0;
    expect(await paper()).toBeLessThan(60);
    await tab.page.emulateMedia({ colorScheme: 'light' });
    expect(await paper()).toBeGreaterThan(240);
    await tab.page.evaluate(() => window.canvasPage.view!.setTheme('dark'));
    expect(await paper()).toBeLessThan(60);
    await tab.close();
  });

  it('reach the fields for names and addresses that are open meanwhile', async () => {
    const tab = await pages.open({ colorScheme: 'light' });
    await tab.page.evaluate(() => {
      const { core, board, mount } = window.canvasPage;
      const size = [200, 120] as const;
      board.commit(
        core.addElements(board, [
          { kind: 'frame', position: [50, 50], size, title: 'Plan' },
          { kind: 'sticky', position: [300, 50], size, text: 'Words' },
        ]),
      );
      const [frame, note] = [...board.elements()];
      const view = mount({ tool: 'select' });
      view.focus();
      Object.assign(window, {
        open(what: 'frame' | 'note') {
          view.select([what === 'frame' ? frame!.id : note!.id]);
          view.run('write');
        },
      });
    });
    const colors = (label: string) =>
      tab.page.getByLabel(label, { exact: true }).evaluate((field) => {
        const { color, backgroundColor, colorScheme } = getComputedStyle(field);
        return { color, backgroundColor, colorScheme };
      });
    for (const [what, label] of [
      ['frame', 'Name of the frame'],
      ['note', 'Link'],
    ] as const) {
      await tab.page.emulateMedia({ colorScheme: 'light' });
      const open = async () => {
        await tab.page.evaluate(
          (what) => (window as unknown as { open: (what: string) => void }).open(what),
          what,
        );
        if (what === 'note') await tab.page.keyboard.press('Control+k');
      };
      await open();
      const light = await colors(label);
      await tab.page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(() => colors(label)).not.toEqual(light);
      const changed = await colors(label);
      await tab.page.keyboard.press('Escape');
      await tab.page.keyboard.press('Escape');
      await open();
      expect(await colors(label)).toEqual(changed);
      await tab.page.keyboard.press('Escape');
      await tab.page.keyboard.press('Escape');
    }
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it('takes the device’s own paper and ink where it forces them, whatever was chosen', async () => {
    const tab = await pages.open();
    await tab.page.evaluate(() => {
      const { core, board, mount } = window.canvasPage;
      const points = [
        { x: 50, y: 100 },
        { x: 400, y: 100 },
      ];
      board.commit(core.addElement(board, { kind: 'stroke', width: 12, points }));
      board.commit(
        core.addElement(board, {
          kind: 'shape',
          position: [50, 200],
          size: [200, 100],
          color: '#1864ab',
          fill: '#ffec99',
          width: 10,
        }),
      );
      mount({ theme: 'light' });
    });
    const pixels = async () => {
      const { data, width } = await committedPixels(tab);
      const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
      return { paper: at(500, 20), ink: at(200, 100), edge: at(150, 200), filled: at(150, 250) };
    };
    const free = await pixels();
    await tab.page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    const forced = await pixels();
    const systemColor = (name: string) =>
      tab.page.evaluate((name) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = name;
        return getComputedStyle(probe).color.match(/\d+/g)!.slice(0, 3).map(Number);
      }, name);
    expect(forced.paper).toEqual(await systemColor('Canvas'));
    expect(forced.ink).toEqual(await systemColor('CanvasText'));
    expect(forced.filled).toEqual(forced.paper);
    // A dark blue that could not be read on black is lighter there.
    expect(forced.edge[2]).toBeGreaterThan((free.edge[2] ?? 0) + 30);
    await tab.page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
    expect(await pixels()).toEqual(free);
    await tab.close();
  });

  it('paints ink light on dark paper; a highlighter shows on paper, notes and pictures, and what is under it', async () => {
    const tab = await pages.open();
    const marked = async (theme: 'light' | 'dark') => {
      await tab.page.evaluate((theme) => {
        const { core, board, mount } = window.canvasPage;
        if (board.size === 0) {
          const line = (to: number) => [
            { x: 50, y: 100 },
            { x: to, y: 100 },
          ];
          const box = (x: number) => ({ position: [x, 40], size: [120, 120] }) as const;
          const blackAndWhite = `<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><path fill="#fff" d="M0 0h2v2H0z"/><path d="M0 0h1v2H0z"/></svg>`;
          const source = `data:image/svg+xml,${encodeURIComponent(blackAndWhite)}`;
          const marker = { tool: 'highlighter', color: '#ffd43b', width: 40, opacity: 0.6 } as const;
          board.commit(
            core.addElements(board, [
              { kind: 'stroke', width: 12, points: line(250) },
              { kind: 'sticky', ...box(300), text: 'HH', fontSize: 60, verticalAlign: 'center' },
              { kind: 'image', ...box(460), source, naturalSize: [2, 2] },
              { kind: 'stroke', ...marker, points: line(620) },
            ]),
          );
        }
        mount({ theme });
      }, theme);
      const { data, width } = await committedPixels(tab);
      const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
      return (from: number, to: number, plainAt: number) => {
        const row = Array.from({ length: to - from }, (_, i) => at(from + i, 102));
        const lights = row.map(luminance);
        const differs = (x: number) => Math.max(...at(x, 102).map((c, i) => Math.abs(c - at(x, 150)[i]!)));
        return {
          contrast: (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05),
          tint: differs(plainAt),
        };
      };
    };
    for (const theme of ['light', 'dark'] as const) {
      const look = await marked(theme);
      // Ink on paper, letters on a note, black beside white in a picture, each beside a place without.
      for (const [from, to, plain] of [
        [210, 280, 280],
        [305, 415, 306],
        [470, 570, 570],
      ] as const) {
        const { contrast, tint } = look(from, to, plain);
        expect(contrast, `${theme}, at ${plain}`).toBeGreaterThan(4.5);
        expect(tint, `${theme}, at ${plain}`).toBeGreaterThan(40);
      }
    }
    await tab.close();
  });
});

/** The relative luminance of WCAG 2. */
function luminance(color: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = color.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('a view', () => {
  it('asks for no frame while nothing changes', async () => {
    const tab = await pages.open();
    await tab.page.evaluate(() => window.canvasPage.mount({ presence: window.canvasPage.presence }));
    await drawWithMouse(tab, waveFrom(80, 80));
    await tab.page.evaluate(() => window.canvasPage.view!.idle());
    // Neighbouring tiles may still be painted ahead; after that, silence.
    const asked = await tab.page.evaluate(async () => {
      const { frame } = window.canvasPage;
      for (let i = 0; i < 30; i++) await frame();
      const original = window.requestAnimationFrame;
      let count = 0;
      window.requestAnimationFrame = (callback) => {
        count++;
        return original.call(window, callback);
      };
      await new Promise((resolve) => setTimeout(resolve, 1000));
      window.requestAnimationFrame = original;
      return count;
    });
    expect(asked).toBe(0);
    await tab.close();
  });

  it('leaves nothing behind: no element, listener, observer, frame or timer', async () => {
    const tab = await pages.open();
    await tab.page.evaluate(() => {
      const held = { listeners: 0, observers: 0, frames: new Set<number>(), timers: new Set<unknown>() };
      const { addEventListener, removeEventListener } = EventTarget.prototype;
      const kept = new Map<EventTarget, Map<string, Set<unknown>>>();
      const drop = (target: EventTarget, type: string, listener: unknown) => {
        if (kept.get(target)?.get(type)?.delete(listener)) held.listeners--;
      };
      EventTarget.prototype.addEventListener = function (type, listener, options) {
        // A signal that aborted is used up, and its listeners with it.
        if (this instanceof AbortSignal) return addEventListener.call(this, type, listener, options);
        const types = kept.get(this) ?? new Map<string, Set<unknown>>();
        kept.set(this, types);
        const set = types.get(type) ?? new Set();
        types.set(type, set);
        if (!set.has(listener)) {
          set.add(listener);
          held.listeners++;
        }
        const signal = typeof options === 'object' ? options.signal : undefined;
        if (signal) addEventListener.call(signal, 'abort', () => drop(this, type, listener));
        return addEventListener.call(this, type, listener, options);
      };
      EventTarget.prototype.removeEventListener = function (type, listener, options) {
        drop(this, type, listener);
        return removeEventListener.call(this, type, listener, options);
      };
      const { observe, disconnect } = ResizeObserver.prototype;
      ResizeObserver.prototype.observe = function (...parameters) {
        held.observers++;
        return observe.apply(this, parameters);
      };
      ResizeObserver.prototype.disconnect = function () {
        held.observers--;
        return disconnect.call(this);
      };
      const { requestAnimationFrame, cancelAnimationFrame, setTimeout, clearTimeout } = window;
      window.requestAnimationFrame = (callback) => {
        const handle = requestAnimationFrame.call(window, (time) => {
          held.frames.delete(handle);
          callback(time);
        });
        held.frames.add(handle);
        return handle;
      };
      window.cancelAnimationFrame = (handle) => {
        held.frames.delete(handle);
        cancelAnimationFrame.call(window, handle);
      };
      Object.assign(window, {
        held,
        setTimeout: (callback: () => void, delay?: number) => {
          const handle = setTimeout.call(
            window,
            () => {
              held.timers.delete(handle);
              callback();
            },
            delay,
          );
          held.timers.add(handle);
          return handle;
        },
        clearTimeout: (handle: number) => {
          held.timers.delete(handle);
          clearTimeout.call(window, handle);
        },
      });
    });
    const count = () =>
      tab.page.evaluate(() => {
        const { held } = window as unknown as {
          held: { listeners: number; observers: number; frames: Set<number>; timers: Set<unknown> };
        };
        const { listeners, observers, frames, timers } = held;
        const { element } = window.canvasPage;
        return {
          listeners,
          observers,
          frames: frames.size,
          timers: timers.size,
          children: element.childElementCount,
        };
      });
    const before = await count();
    await tab.page.evaluate(() => window.canvasPage.mount({ presence: window.canvasPage.presence }));
    await drawWithMouse(tab, waveFrom(80, 80), false);
    const during = await count();
    expect(during.listeners).toBeGreaterThan(before.listeners + 8);
    expect(during.observers).toBe(1);
    expect(during.children).toBe(1);
    const waiting = tab.page.evaluate(async () => {
      const idle = window.canvasPage.view!.idle();
      window.canvasPage.view!.destroy();
      await idle;
      window.canvasPage.view = null;
    });
    await waiting;
    expect(await count()).toEqual(before);
    await tab.page.mouse.up();
    // What was under way is on the board, whose tiles would have listeners of their own.
    expect(await tab.page.evaluate(() => window.canvasPage.board.size)).toBe(1);
    await tab.page.evaluate(() => {
      window.canvasPage.board = window.canvasPage.core.createBoard();
    });
    // Before it was shown, and before what handles it was made.
    for (const isShown of [false, true]) {
      await tab.page.evaluate(async (isShown) => {
        const view = window.canvasPage.mount({ presence: window.canvasPage.presence });
        if (isShown) await view.idle();
        view.destroy();
        window.canvasPage.view = null;
        await window.canvasPage.frame();
      }, isShown);
      expect(await count()).toEqual(before);
    }
    await tab.page.evaluate(() => {
      const { core, board, presence } = window.canvasPage;
      board.commit(core.addElement(board, { kind: 'stroke', points: [{ x: 1, y: 1 }] }));
      presence.show([]);
    });
    expect(await count()).toEqual(before);
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it('is seen before what handles it is made, and whoever is quicker finds it there', async () => {
    const tab = await pages.open();
    const isMade = await tab.page.evaluate(async () => {
      await window.canvasPage.mount().idle();
      return document.querySelector('.inkwire-mirror') !== null;
    });
    expect(isMade).toBe(false);
    await tab.page.locator('.inkwire-mirror').waitFor({ state: 'attached' });
    // Everything before the first frame of a view that was just mounted.
    const done = await tab.page.evaluate(() => {
      const { board, mount } = window.canvasPage;
      const init = { bubbles: true, cancelable: true, clientX: 200, clientY: 100 };
      const on = (event: Event): void =>
        void document.querySelector('.inkwire-board canvas')?.dispatchEvent(event);
      const button = { pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0, buttons: 1 };
      Element.prototype.setPointerCapture = () => {};
      mount({ tool: 'pen' });
      on(new PointerEvent('pointerdown', { ...init, ...button }));
      on(new PointerEvent('pointermove', { ...init, ...button, clientX: 260 }));
      on(new PointerEvent('pointerup', { ...init, ...button, clientX: 260, buttons: 0 }));
      const drawn = board.size;
      const scrolled = mount();
      const wheel = new WheelEvent('wheel', { ...init, deltaY: 40 });
      on(wheel);
      const named = mount({ tool: 'pen' });
      named.run('tool.eraser');
      const pasted = mount();
      pasted.focus();
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'Milk');
      pasted.element.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData }));
      return { drawn, scrolled: [scrolled.camera.y, wheel.defaultPrevented], tool: named.tool };
    });
    expect(done).toEqual({ drawn: 1, scrolled: [40, true], tool: 'eraser' });
    await tab.page.waitForFunction(() => window.canvasPage.board.size === 2);
    await tab.page.evaluate(() => window.canvasPage.mount({ tool: 'pen' }).focus());
    await tab.page.keyboard.press('v');
    expect(await tab.page.evaluate(() => window.canvasPage.view!.tool)).toBe('select');
    // A picture that never comes keeps nobody waiting.
    await tab.page.evaluate(() => {
      const { core, board, mount } = window.canvasPage;
      const picture = {
        kind: 'image',
        source: 'late',
        position: [0, 0],
        size: [90, 90],
        naturalSize: [90, 90],
      } as const;
      board.commit(core.addElement(board, picture));
      mount({ resolveImage: () => new Promise(() => {}) });
    });
    await tab.page.locator('.inkwire-mirror').waitFor({ state: 'attached' });
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it('works where the page forbids inline styles and scripts', async () => {
    const tab = await pages.open();
    await tab.page.evaluate(() => window.canvasPage.mount({ presence: window.canvasPage.presence }));
    await drawWithMouse(tab, waveFrom(80, 80));
    expect(inkedPixels(await committedPixels(tab))).toBeGreaterThan(200);
    expect(await tab.page.evaluate(() => window.canvasPage.violations)).toEqual([]);
    // The policy is in force: it stops what it forbids.
    await tab.page.evaluate(() => window.canvasPage.element.setAttribute('style', 'color: red'));
    await tab.page.waitForFunction(() => window.canvasPage.violations.length > 0);
    await tab.close();
  });

  it('is a labelled application that the keyboard reaches', async () => {
    const tab = await pages.open();
    await tab.page.evaluate(() => window.canvasPage.mount({ label: 'Sketches of the bridge' }));
    await tab.page.keyboard.press('Tab');
    const focused = await tab.page.evaluate(() => {
      const element = document.activeElement;
      return [
        element?.getAttribute('role'),
        element?.getAttribute('aria-label'),
        element?.matches(':focus-visible'),
      ];
    });
    expect(focused).toEqual(['application', 'Sketches of the bridge', true]);
    await tab.page.mouse.click(200, 200);
    expect(await tab.page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('application');
    await tab.close();
  });
});
