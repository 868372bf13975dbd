import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { committedPixels, drawWithMouse, inkedPixels, useCanvasPages, waveFrom } from './canvas-browser.js';

const pages = useCanvasPages();

const colorsOn = (tab: Awaited<ReturnType<typeof pages.open>>) =>
  tab.page.evaluate(() => [...window.canvasPage.board.elements()].map(({ color }) => color));

async function openElement(size: { width?: number; height?: number; colorScheme?: 'light' | 'dark' } = {}) {
  const tab = await pages.open({ width: 900, height: 600, ...size });
  await tab.page.evaluate(() => window.canvasPage.mountElement().then(() => undefined));
  const button = (name: string) => tab.page.getByRole('button', { name, exact: true });
  return { ...tab, button };
}

describe('<inkwire-board>', () => {
  it('draws with the tool, colour and width that were chosen, and takes it back', async () => {
    const tab = await openElement();
    await tab.button('Red').click();
    await tab.button('Bold').click();
    await drawWithMouse(tab, waveFrom(100, 100));
    await tab.button('Highlighter').click();
    await drawWithMouse(tab, waveFrom(100, 300));
    const drawn = await tab.page.evaluate(() =>
      [...window.canvasPage.board.elements()].map((element) => {
        const { color, width, tool } = element as import('@inkwire/core').StrokeElement;
        return { color, width, tool };
      }),
    );
    expect(drawn).toEqual([
      { color: '#e03131', width: 7, tool: 'pen' },
      { color: '#ffd43b', width: 20, tool: 'highlighter' },
    ]);
    expect(await tab.button('Pen').getAttribute('aria-pressed')).toBe('false');
    expect(await tab.button('Redo').isDisabled()).toBe(true);
    await tab.button('Undo').click();
    expect(await colorsOn(tab)).toEqual(['#e03131']);
    await tab.button('Redo').click();
    expect(await colorsOn(tab)).toEqual(['#e03131', '#ffd43b']);
    await tab.button('Undo').click();
    await tab.button('Undo').click();
    expect(await tab.button('Undo').isDisabled()).toBe(true);
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it('leaves the focus on the board when a tool is pressed, so that its keys go on working', async () => {
    const tab = await openElement();
    await tab.page.mouse.click(300, 300);
    await tab.button('Eraser').click();
    expect(await tab.button('Eraser').getAttribute('aria-pressed')).toBe('true');
    await tab.page.keyboard.press('p');
    expect(await tab.button('Pen').getAttribute('aria-pressed')).toBe('true');
    await tab.page.keyboard.press('Control+z');
    expect(await colorsOn(tab)).toEqual([]);
    await tab.page.keyboard.press('Control+Shift+z');
    expect(await colorsOn(tab)).toEqual(['ink']);
    await tab.close();
  });

  it('is used by touch: a button is pressed right after a finger has drawn and left the board in full swing', async () => {
    const tab = await openElement();
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      ...touchPoints: { x: number; y: number }[]
    ) => tab.devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
    for (const name of ['Red', 'Green', 'Blue']) {
      await touch('touchStart', { x: 100, y: 100 });
      for (let i = 1; i <= 8; i++) await touch('touchMove', { x: 100 + 25 * i, y: 100 + 15 * i });
      await touch('touchEnd');
      await tab.button(name).tap();
      expect(await tab.button(name).getAttribute('aria-pressed'), name).toBe('true');
    }
    expect(await colorsOn(tab)).toEqual(['ink', '#e03131', '#2b8a3e']);
    await tab.close();
  });

  it('is used by keyboard: one stop for the toolbar, arrows within, a ring and a tooltip on what has the focus', async () => {
    const tab = await openElement();
    const focused = () =>
      tab.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label'));
    await tab.page.keyboard.press('Tab');
    expect(await focused()).toBe('Whiteboard');
    await tab.page.keyboard.press('Tab');
    expect(await focused()).toBe('Select');
    await tab.page.keyboard.press('ArrowRight');
    await tab.page.keyboard.press('ArrowRight');
    await tab.page.keyboard.press('ArrowRight');
    await tab.page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Eraser');
    await tab.page.keyboard.press('Enter');
    expect(await tab.button('Eraser').getAttribute('aria-pressed')).toBe('true');
    await tab.page.keyboard.press('End');
    expect(await focused()).toBe('More tools');
    await tab.page.keyboard.press('Enter');
    await tab.page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Line');
    await tab.page.keyboard.press('Escape');
    expect(await focused()).toBe('More tools');
    expect(await tab.button('Line').count()).toBe(0);
    await tab.page.keyboard.press('Home');
    await tab.page.keyboard.press('ArrowRight');
    await tab.page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Pen');
    const look = await tab.button('Pen').evaluate((button) => ({
      outline: getComputedStyle(button).outlineStyle,
      tip: getComputedStyle(button, '::after').content,
    }));
    expect(look).toEqual({ outline: 'solid', tip: '"Pen – P"' });
    await tab.page.waitForFunction(() => {
      const button = document.querySelector('inkwire-board')?.shadowRoot?.querySelector('[data-tool=pen]');
      return button != null && getComputedStyle(button, '::after').opacity === '1';
    });
    await tab.page.keyboard.press('Enter');
    await tab.page.locator('.style-bar').waitFor();
    // The tooltip is over the bar of styles, which is where tooltips of tools are.
    const { x, y, width: across } = (await tab.button('Pen').boundingBox())!;
    const { data, width } = PNG.sync.read(await tab.page.screenshot());
    const belowTheLetters = Math.round(y - 12 - 2) * width + Math.round(x + across / 2);
    expect([...data.subarray(4 * belowTheLetters, 4 * belowTheLetters + 3)]).toEqual([0x24, 0x26, 0x2c]);
    await tab.page.keyboard.press('Tab');
    expect(await focused()).toBe('Ink');
    await tab.page.keyboard.press('Tab');
    expect(await focused()).toBe('Zoom out');
    await tab.page.keyboard.press('Shift+Tab');
    await tab.page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('Pen');
    await tab.close();
  });

  it('keeps the stop of the toolbar on a button that there is room for, and asks for no layout while the view moves', async () => {
    const tab = await openElement({ width: 1200 });
    const stop = () =>
      tab.page.evaluate(
        () =>
          document
            .querySelector('inkwire-board')
            ?.shadowRoot?.querySelector<HTMLElement>('.toolbar [tabindex="0"]')?.ariaLabel,
      );
    await tab.page.keyboard.press('Tab');
    await tab.page.keyboard.press('Tab');
    await tab.page.keyboard.press('ArrowRight');
    expect(await stop()).toBe('Move the page');
    await tab.page.evaluate(() => window.canvasPage.view!.focus());
    await tab.page.setViewportSize({ width: 400, height: 600 });
    await tab.page.evaluate(() => window.canvasPage.frame());
    expect(await stop()).toBe('Select');

    const asked = await tab.page.evaluate(async () => {
      const { prototype } = Element;
      const own = { getClientRects: prototype.getClientRects };
      let times = 0;
      prototype.getClientRects = function () {
        times++;
        return own.getClientRects.call(this);
      };
      const component = document.querySelector('inkwire-board')!;
      for (let i = 0; i < 5; i++) {
        component.view!.setCamera({ x: i, y: i, zoom: 1 });
        await component.updateComplete;
      }
      Object.assign(prototype, own);
      return times;
    });
    expect(asked).toBe(0);
    await tab.close();
  });

  it('F4: says how it stands, and announces only what should be known', async () => {
    const tab = await openElement();
    const line = tab.page.locator('.status');
    const announced = tab.page.locator('.announcement');
    expect(await line.textContent()).toContain('Saved');
    await tab.page.evaluate(() => window.canvasPage.setStatus({ saving: 'saving', waiting: 2 }));
    await line.getByText('Saving…').waitFor();
    expect(await announced.textContent()).toBe('');
    await tab.page.evaluate(() => window.canvasPage.setStatus({ saving: 'offline', connection: 'offline' }));
    await line.getByText('Offline, 2 changes waiting').waitFor();
    expect(await announced.textContent()).toContain('Offline, 2 changes waiting.');
    await tab.close();
  });

  it('takes the tools away where the person may only look, and gives them back', async () => {
    const tab = await openElement();
    await tab.page.evaluate(() => window.canvasPage.setStatus({ access: 'read' }));
    await tab.page.locator('.status').getByText('Read only').waitFor();
    expect(await tab.button('Pen').count()).toBe(0);
    await drawWithMouse(tab, waveFrom(100, 100));
    expect(await colorsOn(tab)).toEqual([]);
    await tab.page.evaluate(() => window.canvasPage.setStatus({ access: 'write' }));
    await tab.button('Pen').waitFor();
    await drawWithMouse(tab, waveFrom(100, 100));
    expect(await colorsOn(tab)).toEqual(['ink']);
    await tab.close();
  });

  it('shows who else is here, each once, with initials in their colour', async () => {
    const tab = await openElement();
    await tab.page.evaluate(() => {
      const person = (session: string, id: string, name: string, color: string) => ({
        session,
        user: { id, name, color },
        cursor: null,
        tool: null,
        selection: [],
        viewport: null,
        liveInk: [],
      });
      const others = [
        person('1', 'ana', 'Ana López', '#1971c2'),
        person('2', 'ana', 'Ana López', '#1971c2'),
        person('3', 'ben', '<b>Ben</b>', 'red; background: url(x)'),
      ];
      for (let i = 0; i < 6; i++) others.push(person(`x${i}`, `x${i}`, `Person ${i}`, '#2f9e44'));
      window.canvasPage.presence.show(others);
    });
    const faces = tab.page.getByRole('list', { name: 'Also here' }).getByRole('listitem');
    await faces.first().waitFor();
    expect((await faces.allTextContents()).map((text) => text.trim())).toEqual([
      'AL',
      'BB',
      'P0',
      'P1',
      '+4',
    ]);
    expect(await tab.page.getByRole('button', { name: 'Follow <b>Ben</b>' }).count()).toBe(1);
    await tab.page.evaluate(() => window.canvasPage.presence.show([]));
    await faces.first().waitFor({ state: 'detached' });
    await tab.close();
  });

  it('P4: follows who is pressed, until the person moves the page', async () => {
    const tab = await openElement();
    const show = (minX: number) =>
      tab.page.evaluate((minX) => {
        const user = { id: 'ana', name: 'Ana', color: '#1971c2' };
        const viewport = { minX, minY: 100, maxX: minX + 450, maxY: 400 };
        const ana = { session: 's1', user, cursor: null, tool: null, selection: [], viewport, liveInk: [] };
        window.canvasPage.presence.show([ana]);
      }, minX);
    const cameraBecomes = (x: number) =>
      tab.page.waitForFunction((x) => {
        const { camera } = window.canvasPage.view!;
        return camera.x === x && camera.y === 100 && camera.zoom === 2;
      }, x);
    await show(500);
    await tab.button('Follow Ana').click();
    await cameraBecomes(500);
    expect(await tab.button('Follow Ana').getAttribute('aria-pressed')).toBe('true');
    await show(-300);
    await cameraBecomes(-300);
    await tab.page.mouse.move(300, 300);
    await tab.page.mouse.wheel(10, 0);
    await tab.page.waitForFunction(() => window.canvasPage.view!.following === null);
    await show(900);
    await tab.page.evaluate(() => window.canvasPage.frame());
    expect(await tab.page.evaluate(() => window.canvasPage.view!.camera.x)).toBe(-295);
    expect(await tab.button('Follow Ana').getAttribute('aria-pressed')).toBe('false');
    await tab.button('Follow Ana').click();
    await cameraBecomes(900);
    await tab.page.evaluate(() => window.canvasPage.presence.show([]));
    await tab.page.waitForFunction(() => window.canvasPage.view!.following === null);
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it('zooms around the middle, back to 100 %, and to the whole board', async () => {
    const tab = await openElement();
    await drawWithMouse(tab, waveFrom(100, 100));
    await tab.button('Zoom in').click();
    const zoomed = await tab.page.evaluate(() => window.canvasPage.view!.camera);
    expect(zoomed).toEqual({ x: 90, y: 60, zoom: 1.25 });
    await tab.button('Zoom 125 %, back to 100 %').click();
    expect(await tab.page.evaluate(() => window.canvasPage.view!.camera)).toEqual({ x: 0, y: 0, zoom: 1 });
    await tab.button('Show the whole board').click();
    const { x } = await tab.page.evaluate(() => window.canvasPage.view!.camera);
    expect(x).toBeCloseTo(220 - 450, 0);
    await tab.close();
  });

  it.each([
    [1440, 900],
    [390, 844],
  ])(
    'shows the whole board, and what the keyboard goes to, clear of its bars on %d × %d',
    async (width, height) => {
      const tab = await openElement({ width, height });
      await tab.page.evaluate(async () => {
        const { core, board, presence, mountElement } = window.canvasPage;
        // As an app says it that hands its own properties on.
        await mountElement({ options: { freeArea: undefined } });
        const user = { id: 'ben', name: 'Ben', color: '#1971c2' };
        presence.show([
          { session: 'b', user, cursor: null, tool: null, selection: [], viewport: null, liveInk: [] },
        ]);
        const column = { kind: 'shape', position: [5_000, 0], size: [900, 4_000] } as const;
        board.commit(core.addElements(board, [column, { ...column, position: [7_000, 0], size: [50, 50] }]));
      });
      await tab.page.getByRole('list', { name: 'Also here' }).waitFor();
      /** The bars that are as high on the screen as a part of an element is. */
      const besides = (index: number) =>
        tab.page.evaluate(async (index) => {
          await window.canvasPage.frame();
          const { board, core, view } = window.canvasPage;
          const { y, zoom } = view!.camera;
          const { minY, maxY } = core.boundsOf([...board.elements()][index]!);
          const bars = document
            .querySelector('inkwire-board')!
            .shadowRoot!.querySelectorAll('.status, .people, .toolbar, .style-bar, .zoom');
          return [...bars].flatMap((bar) => {
            const { top, bottom, height } = bar.getBoundingClientRect();
            return height > 0 && top < (maxY - y) * zoom && bottom > (minY - y) * zoom ? [bar.className] : [];
          });
        }, index);
      await tab.page.evaluate(() => window.canvasPage.view!.fit());
      expect(await besides(0)).toEqual([]);
      for (const y of [0, 50 - height]) {
        await tab.page.evaluate((y) => {
          const { board, view } = window.canvasPage;
          view!.select([...board.elements()].slice(0, 1).map(({ id }) => id));
          view!.setCamera({ x: 6_900, y, zoom: 1 });
          view!.focus();
        }, y);
        await tab.page.keyboard.press('j');
        expect(await besides(1)).toEqual([]);
      }
      expect(tab.errors).toEqual([]);
      await tab.close();
    },
  );

  it.each([
    [1200, 800],
    [640, 480],
    [390, 700],
    [320, 480],
  ])('keeps its tools inside %d × %d and over one another nowhere', async (width, height) => {
    const tab = await openElement({ width, height });
    const boxes = await tab.page
      .locator('.panel')
      .evaluateAll((panels) =>
        panels
          .filter((panel) => getComputedStyle(panel).display !== 'none')
          .map((panel) => panel.getBoundingClientRect().toJSON() as DOMRect),
      );
    expect(boxes.length).toBeGreaterThanOrEqual(2);
    for (const [i, a] of boxes.entries()) {
      expect(a.left).toBeGreaterThanOrEqual(0);
      expect(a.right).toBeLessThanOrEqual(width);
      expect(a.bottom).toBeLessThanOrEqual(height);
      for (const b of boxes.slice(i + 1)) {
        expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
      }
    }
    const outside = await tab.page.locator('.toolbar').evaluate((bar) => {
      const { left, right, top, bottom } = bar.getBoundingClientRect();
      return [...bar.querySelectorAll('button')].filter((button) => {
        const box = button.getBoundingClientRect();
        if (box.width === 0) return false;
        return box.left < left || box.right > right || box.top < top || box.bottom > bottom;
      }).length;
    });
    expect(outside).toBe(0);
    await tab.close();
  });

  it.each([390, 320])(
    'has the style of all that is selected, and the menu, inside %d pixels',
    async (width) => {
      const tab = await openElement({ width, height: 600 });
      await tab.page.evaluate(async () => {
        const { core, board, view, frame } = window.canvasPage;
        const shape = { kind: 'shape', position: [20, 60], size: [90, 60] } as const;
        const arrow = {
          kind: 'arrow',
          position: [20, 150],
          points: [
            [0, 0],
            [90, 20],
          ],
        } as const;
        board.commit(
          core.addElements(board, [shape, arrow, { kind: 'sticky', position: [130, 60], size: [90, 90] }]),
        );
        view!.select([...board.elements()].map(({ id }) => id));
        await frame();
      });
      const bar = tab.page.getByRole('toolbar', { name: 'Style' });
      const outside = await bar.evaluate((bar) => {
        const { left, right, top, bottom } = bar.getBoundingClientRect();
        return [...bar.querySelectorAll('button')].flatMap((button) => {
          const box = button.getBoundingClientRect();
          const inside = box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom;
          return inside ? [] : [button.ariaLabel];
        });
      });
      expect(outside).toEqual([]);
      await tab.button('What can be done').click();
      await tab.page.getByRole('menuitem', { name: 'Delete' }).click();
      expect(await colorsOn(tab)).toEqual([]);
      await tab.close();
    },
  );

  it('works where the page forbids inline styles and scripts, light and dark', async () => {
    const tab = await openElement({ colorScheme: 'dark' });
    await drawWithMouse(tab, waveFrom(100, 100));
    expect(inkedPixels(await committedPixels(tab))).toBeGreaterThan(200);
    expect(await tab.page.locator('.frame').getAttribute('class')).toContain('dark');
    await tab.page.emulateMedia({ colorScheme: 'light' });
    await tab.page.locator('.frame:not(.dark)').waitFor();
    expect(await tab.page.evaluate(() => window.canvasPage.violations)).toEqual([]);
    await tab.close();
  });

  it('stays where a person looks, with what they hold, when it is named, moved in the page or mounted anew', async () => {
    const tab = await openElement();
    const state = () =>
      tab.page.evaluate(async () => {
        const component = document.querySelector('inkwire-board')!;
        await component.updateComplete;
        const view = component.view!;
        const { camera, tool, style, keepsTool, selection } = view;
        return {
          view: { camera, tool, style, keepsTool, selection },
          name: view.element.getAttribute('aria-label'),
        };
      });
    await tab.page.evaluate(() => {
      const { core, board, view } = window.canvasPage;
      board.commit(core.addElements(board, [{ kind: 'shape', position: [0, 0], size: [90, 60] }]));
      view!.setCamera({ x: 500, y: 300, zoom: 2 });
      view!.setKeepsTool(true);
      view!.setTool('highlighter');
      view!.setStyle({ width: 30 });
    });
    const left = await state();
    expect(left).toMatchObject({ view: { tool: 'highlighter', style: { width: 30 } }, name: 'Whiteboard' });
    const same = await tab.page.evaluate(async () => {
      const component = document.querySelector('inkwire-board')!;
      const { view } = component;
      component.label = 'Roadmap';
      await component.updateComplete;
      return component.view === view;
    });
    expect(same).toBe(true);
    expect(await state()).toEqual({ ...left, name: 'Roadmap' });
    await tab.page.evaluate(() => {
      const component = document.querySelector('inkwire-board')!;
      component.parentElement!.append(component);
    });
    expect(await state()).toEqual({ ...left, name: 'Roadmap' });
    await tab.page.evaluate(() => {
      const component = document.querySelector('inkwire-board')!;
      component.view!.select([...window.canvasPage.board.elements()].map(({ id }) => id));
    });
    const selecting = await state();
    expect(selecting.view.selection).toHaveLength(1);
    await tab.page.evaluate(() => {
      const component = document.querySelector('inkwire-board')!;
      component.focus();
      component.options = { fingers: 'pan' };
    });
    expect(await state()).toEqual(selecting);
    // With the focus, too: its keys go on working.
    await tab.page.keyboard.press('Escape');
    expect((await state()).view.selection).toEqual([]);
    // The app asks for another tool; another board is another place.
    await tab.page.evaluate(() => {
      document.querySelector('inkwire-board')!.options = { tool: 'arrow' };
    });
    expect(await state()).toMatchObject({ view: { tool: 'arrow', camera: left.view.camera } });
    await tab.page.evaluate(() => {
      document.querySelector('inkwire-board')!.board = window.canvasPage.core.createBoard();
    });
    expect((await state()).view.camera).toEqual({ x: 0, y: 0, zoom: 1 });
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it('takes undefined, and an attribute that is removed, for what it has without them', async () => {
    const tab = await openElement({ colorScheme: 'dark' });
    const facts = await tab.page.evaluate(async () => {
      const component = document.querySelector('inkwire-board')!;
      component.setAttribute('theme', 'light');
      component.setAttribute('label', 'Roadmap');
      await component.updateComplete;
      const light = component.view!.theme.dark;
      component.removeAttribute('theme');
      component.removeAttribute('label');
      for (const name of ['connection', 'options', 'board'] as const) {
        Object.assign(component, { [name]: undefined });
        await component.updateComplete;
      }
      const without = component.view;
      component.board = window.canvasPage.board;
      await component.updateComplete;
      const view = component.view!;
      return { light, without, dark: view.theme.dark, name: view.element.getAttribute('aria-label') };
    });
    expect(facts).toEqual({ light: false, without: null, dark: true, name: 'Whiteboard' });
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it('says that there is no such theme, and stays as it was, but for what was asked besides', async () => {
    const tab = await openElement({ colorScheme: 'dark' });
    const facts = await tab.page.evaluate(async () => {
      const component = document.querySelector('inkwire-board')!;
      component.setAttribute('theme', 'drak');
      component.readOnly = true;
      const failed = await component.updateComplete.catch(String);
      const { readOnly, theme } = component.view!;
      component.label = 'Roadmap';
      await component.updateComplete;
      component.setAttribute('theme', 'light');
      await component.updateComplete;
      return { failed, readOnly, before: theme.dark, after: component.view!.theme.dark };
    });
    expect(facts).toEqual({
      failed: "RangeError: There is no theme 'drak'. The themes are system, light, dark.",
      readOnly: true,
      before: true,
      after: false,
    });
    await tab.close();
  });

  it('survives being moved in the page, another board, and goes without a trace', async () => {
    const tab = await openElement();
    await drawWithMouse(tab, waveFrom(100, 100));
    const facts = await tab.page.evaluate(async () => {
      const { element, core, frame } = window.canvasPage;
      const component = document.querySelector('inkwire-board')!;
      const wrapper = document.createElement('section');
      wrapper.style.setProperty('height', '100%');
      element.append(wrapper);
      wrapper.append(component);
      await component.updateComplete;
      const boards = () => component.shadowRoot!.querySelectorAll('.inkwire-board').length;
      const moved = boards();
      const first = component.view;
      component.board = core.createBoard();
      await component.updateComplete;
      const other = boards();
      component.remove();
      await frame();
      return {
        moved,
        other,
        fresh: component.view !== first,
        gone: component.view === null,
        left: boards(),
      };
    });
    expect(facts).toEqual({ moved: 1, other: 1, fresh: true, gone: true, left: 0 });
    await tab.page.evaluate(() => window.canvasPage.setStatus({ waiting: 5 }));
    expect(tab.errors).toEqual([]);
    await tab.close();
  });
});
