import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPerson } from './browser/person.js';
import { startSystem } from './browser/system.js';
import { type CanvasTab, inkedPixels, useCanvasPages } from './canvas-browser.js';

const pages = useCanvasPages();
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What an automated check finds wrong with a page, or with a part of it, as sentences. */
async function axe(page: Page, part = ''): Promise<string[]> {
  // Evaluated by the debugger, which a content security policy does not stop.
  await page.evaluate(`${axeSource}; undefined`);
  const { violations } = (await page.evaluate(
    `axe.run(${part === '' ? 'document' : JSON.stringify(part)}, { resultTypes: ['violations'] })`,
  )) as AxeResults;
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help} (${html.slice(0, 160)})`),
  );
}

let tab: CanvasTab;
beforeAll(async () => {
  tab = await pages.open({ width: 1000, height: 700 });
});
afterAll(() => tab?.close());

const press = (...keys: string[]) =>
  keys.reduce((done, key) => done.then(() => tab.page.keyboard.press(key)), Promise.resolve());
const type = (text: string) => tab.page.keyboard.type(text);
const run = (command: string) => tab.page.evaluate((name) => window.canvasPage.view?.run(name), command);
const shown = () =>
  tab.page.evaluate(() =>
    [...window.canvasPage.board.elements()].map(({ id, kind, position, parent }) => ({
      id,
      kind,
      position,
      parent,
    })),
  );
const selected = () => tab.page.evaluate(() => window.canvasPage.view?.selection ?? []);
/** What was said since the last time this was asked. */
const announced = (expected: RegExp) =>
  tab.page.waitForFunction((pattern) => {
    const region =
      document.querySelector('.inkwire-announcements') ??
      document.querySelector('inkwire-board')?.shadowRoot?.querySelector('.inkwire-announcements');
    return new RegExp(pattern).test(region?.textContent ?? '');
  }, expected.source);

async function mountElement(elements = true, properties: Record<string, unknown> = {}): Promise<void> {
  await tab.page.evaluate(
    async ([filled, given]) => {
      const { core } = window.canvasPage;
      const board = core.createBoard({ user: 'ana' });
      window.canvasPage.board = board;
      window.canvasPage.violations.length = 0;
      localStorage.clear();
      if (filled) {
        board.commit(
          core.addElements(board, [
            { kind: 'sticky', position: [200, 150], size: [140, 140], text: 'Milk', color: '#ffd43b' },
            { kind: 'shape', position: [450, 150], size: [160, 90], text: 'Shop', form: 'ellipse' },
            { kind: 'frame', position: [200, 350], size: [300, 150], title: 'Plan' },
            { kind: 'text', position: [220, 380], size: [120, 26], text: 'some text' },
          ]),
        );
      }
      await window.canvasPage.mountElement(given);
      window.canvasPage.view?.focus();
      await window.canvasPage.view?.idle();
    },
    [elements, properties] as const,
  );
}

describe('everything by keyboard alone', () => {
  beforeEach(() => mountElement(false));

  it('draws, writes, connects, moves, groups, undoes and exports', async () => {
    // A rectangle of the usual size in the middle, and one as large as the arrow keys make it.
    await press('r', 'Enter', 'Enter');
    expect((await shown()).map(({ kind }) => kind)).toEqual(['shape']);
    await press('Enter');
    await type('Start');
    await press('Escape');
    for (let i = 0; i < 5; i++) await press('Shift+ArrowLeft');
    // A note, and its words.
    await press('Escape', 's', 'Enter', 'Enter');
    await type('Milk & bread');
    await press('Escape', 'Escape');
    // A line by hand: the pen goes where the arrow keys go.
    await press('p', 'Enter');
    for (const key of [
      'Shift+ArrowDown',
      'ArrowRight',
      'ArrowRight',
      'Shift+ArrowUp',
      'Alt+ArrowLeft',
      'Shift+ArrowRight',
    ])
      await press(key);
    await press('Enter');
    await announced(/Done/);
    const [box, note, stroke] = await shown();
    expect([box?.kind, note?.kind, stroke?.kind]).toEqual(['shape', 'sticky', 'stroke']);
    // To the first element and on from there; an arrow from it to the next.
    await press('v', 'Alt+ArrowDown');
    await announced(/Rectangle “Start”/);
    expect(await selected()).toEqual([box?.id]);
    await press('c');
    await announced(/Arrow from Rectangle “Start” to Sticky note “Milk & bread”/);
    const arrow = await tab.page.evaluate(() => {
      const [id] = window.canvasPage.view?.selection ?? [];
      return id === undefined ? undefined : window.canvasPage.board.get(id);
    });
    expect(arrow).toMatchObject({ startBinding: { element: box?.id }, endBinding: { element: note?.id } });
    // Moved by arrow keys, grouped, taken apart by undo.
    await press('Alt+ArrowUp');
    const before = (await shown()).map(({ position }) => position);
    await press('Control+a', 'ArrowRight');
    const after = (await shown()).map(({ position }) => position);
    expect(after[0]?.[0]).toBeGreaterThan(before[0]?.[0] ?? 0);
    await press('Control+g');
    expect((await shown()).filter(({ kind }) => kind === 'group')).toHaveLength(1);
    await press('Control+z', 'Control+z');
    expect((await shown()).filter(({ kind }) => kind === 'group')).toHaveLength(0);
    expect((await shown())[0]?.position).toEqual(before[0]);
    // Removed and brought back.
    await press('Escape', 'Escape', 'Alt+ArrowDown', 'Delete');
    expect(await shown()).toHaveLength(3);
    await press('Control+z');
    expect(await shown()).toHaveLength(4);
    // Exported: as the clipboard's elements, by key.
    await tab.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await press('Control+a', 'Control+c');
    expect(await tab.page.evaluate(() => navigator.clipboard.readText())).toBe('Milk & bread\nStart');
    const saved = tab.page.waitForEvent('download');
    await press('Control+Shift+s');
    const picture = PNG.sync.read(readFileSync(await (await saved).path()));
    expect(inkedPixels(picture)).toBeGreaterThan(500);
    expect(tab.errors).toEqual([]);
  });

  it('a pen that the keyboard holds draws ink, and gives up with Escape', async () => {
    await press('p', 'Enter', 'Shift+ArrowRight', 'Shift+ArrowDown');
    await tab.page.evaluate(() => window.canvasPage.frame());
    const live = PNG.sync.read(
      await tab.page.screenshot({ clip: { x: 480, y: 330, width: 90, height: 90 } }),
    );
    expect(inkedPixels(live)).toBeGreaterThan(60);
    await press('Escape');
    expect(await shown()).toEqual([]);
    await press('Enter', 'Shift+ArrowRight', 'Enter');
    expect(await shown()).toHaveLength(1);
  });

  it('a pen that the keyboard holds gives way to a hand that draws: what it drew stays, a press alone leaves nothing', async () => {
    const draw = async (y: number) => {
      await tab.page.mouse.move(200, y);
      await tab.page.mouse.down();
      await tab.page.mouse.move(300, y, { steps: 3 });
      await tab.page.mouse.up();
    };
    await press('p', 'Enter');
    await draw(100);
    expect((await shown()).map(({ position }) => position)).toEqual([[200, 100]]);
    await press('Enter', 'Shift+ArrowRight');
    await draw(200);
    expect((await shown()).map(({ position }) => position)).toEqual([
      [200, 100],
      [500, 350],
      [200, 200],
    ]);
  });

  it('the Tab key goes from element to element once one is selected, and leaves the board past the last', async () => {
    await mountElement();
    const focused = () =>
      tab.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label'));
    await press('j');
    const first = await selected();
    await press('Tab');
    expect(await selected()).not.toEqual(first);
    await press('Shift+Tab');
    expect(await selected()).toEqual(first);
    await press('Tab', 'Tab', 'Tab');
    expect(await focused()).toBe('Whiteboard');
    await press('Tab');
    expect(await focused()).not.toBe('Whiteboard');
  });

  it('a ring shows that the board has the focus, to whoever came by keys', async () => {
    const hasRing = async (): Promise<boolean> => {
      const place = { x: 0, y: 300, width: 12, height: 60 };
      return inkedPixels(PNG.sync.read(await tab.page.screenshot({ clip: place }))) >= place.height;
    };
    expect(await hasRing()).toBe(false);
    await press('v', 'Shift+Tab', 'Tab');
    expect(await hasRing()).toBe(true);
    await tab.page.mouse.click(500, 450);
    expect(await hasRing()).toBe(false);
    // A tool by its key, and back from a text, for whom the pointer is the way.
    await press('t');
    await tab.page.mouse.click(500, 450);
    await type('Milk');
    await press('Escape', 'Escape');
    expect(await shown()).toHaveLength(1);
    expect(await hasRing()).toBe(false);
    await press('Escape', 'Shift+Tab', 'Tab');
    expect(await hasRing()).toBe(true);
  });

  it('what is far away is brought on the screen', async () => {
    await tab.page.evaluate(() => {
      const { board, core } = window.canvasPage;
      board.commit(
        core.addElement(board, { kind: 'text', position: [5000, 9000], size: [50, 26], text: 'far' }),
      );
    });
    await press('Alt+ArrowDown');
    const { camera } = await tab.page.evaluate(() => ({ camera: window.canvasPage.view?.camera }));
    expect(camera?.x).toBeGreaterThan(4000);
    expect(camera?.y).toBeGreaterThan(8000);
  });
});

describe('screen readers', () => {
  it('hear what is selected, and what others did, by whom', async () => {
    await mountElement();
    await press('Alt+ArrowDown');
    await announced(/Sticky note “Milk”, yellow, .*by you/);
    const described = await tab.page.evaluate(() => {
      const board = window.canvasPage.view?.element;
      const id = board?.getAttribute('aria-describedby') ?? '';
      return (board?.getRootNode() as ShadowRoot | undefined)?.getElementById(id)?.textContent;
    });
    expect(described).toMatch(/^Selected: Sticky note “Milk”/);
    await tab.page.evaluate(() => {
      const { board, core, presence } = window.canvasPage;
      const user = { id: 'ben', name: 'Ben', color: '#0a7f5a' };
      presence.show([
        { session: 's', user, cursor: null, tool: null, selection: [], viewport: null, liveInk: [] },
      ]);
      const ben = core.createBoard({ user: 'ben' });
      core.applyUpdate(ben, core.encodeUpdate(board));
      board.attribute([[ben.writer, 'ben']]);
      ben.commit(core.addElement(ben, { kind: 'sticky', position: [0, 0], size: [50, 50], text: 'Bread' }));
      core.applyUpdate(board, core.encodeUpdate(ben));
    });
    await announced(/Ben added Sticky note “Bread”\./);
  });

  it('find a list of everything when they open it, which costs nothing before: 50,000 elements', async () => {
    await mountElement(false);
    const cost = await tab.page.evaluate(async () => {
      const { core } = window.canvasPage;
      const board = core.createBoard({ user: 'ana' });
      window.canvasPage.board = board;
      for (let i = 0; i < 50; i++)
        board.commit(
          core.addElements(
            board,
            Array.from({ length: 1000 }, (_, j) => ({
              kind: 'text' as const,
              position: [(j % 100) * 60, (i * 10 + Math.floor(j / 100)) * 30] as const,
              size: [50, 20] as const,
              text: `${i * 1000 + j}`,
            })),
          ),
          { undo: 'none' },
        );
      const view = window.canvasPage.mount({ tool: 'select' });
      await view.idle();
      // It comes by itself once the board was seen.
      while (document.querySelector('.inkwire-mirror') === null) await window.canvasPage.frame();
      const nodes = document.querySelectorAll('.inkwire-mirror *').length;
      const list = document.querySelector<HTMLButtonElement>('.inkwire-mirror button');
      const began = performance.now();
      list?.click();
      return {
        nodes,
        time: performance.now() - began,
        entries: document.querySelectorAll('.inkwire-mirror li').length,
      };
    });
    expect(cost.nodes).toBe(2);
    expect(cost.entries).toBe(101);
    expect(cost.time).toBeLessThan(5000);
    const list = tab.page.getByRole('list', { name: /order of reading/ });
    expect(await list.getByRole('button').first().textContent()).toMatch(/^Text “0”/);
    await list
      .getByRole('button', { name: /^More: 100 of 50000/ })
      .evaluate((button) => (button as HTMLElement).click());
    expect(await list.locator('li').count()).toBe(201);
    await list
      .getByRole('button')
      .nth(150)
      .evaluate((button) => (button as HTMLElement).click());
    expect(await selected()).toHaveLength(1);
    // What somebody else removes leaves the list.
    await tab.page.evaluate(() => {
      const { board, core } = window.canvasPage;
      const [first] = board.elements();
      if (first !== undefined) board.commit(core.removeElements(board, [first.id]));
    });
    expect(await list.getByRole('button').first().textContent()).toMatch(/^Text “1”/);
  });
});

describe('the list of shortcuts', () => {
  beforeEach(() => mountElement());
  const dialog = () => tab.page.getByRole('dialog', { name: 'Keyboard shortcuts' });

  it('opens with ?, is searched, and gives the board its keys back', async () => {
    await type('?');
    await dialog().waitFor();
    await type('undo');
    await dialog().getByText('1 found').waitFor();
    expect(await dialog().locator('li').allTextContents()).toEqual([expect.stringMatching(/Undo\s*Ctrl Z/)]);
    await press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await press('h');
    expect(await tab.page.evaluate(() => window.canvasPage.view?.tool)).toBe('hand');
  });

  it('gives a command another key, says what had it before, keeps it in the browser, and forgets it', async () => {
    await type('?');
    await tab.page.keyboard.type('eraser');
    await dialog().getByRole('button', { name: 'Eraser: E', exact: true }).click();
    await press('x');
    await dialog().getByText('Eraser has X now.').waitFor();
    await press('Escape');
    await press('e');
    expect(await tab.page.evaluate(() => window.canvasPage.view?.tool)).not.toBe('eraser');
    await tab.page.evaluate(() =>
      window.canvasPage.mountElement().then(() => window.canvasPage.view?.focus()),
    );
    await press('x');
    expect(await tab.page.evaluate(() => window.canvasPage.view?.tool)).toBe('eraser');
    await type('?');
    await dialog().getByRole('button', { name: 'Give all their own keys' }).click();
    await press('Escape', 'v', 'e');
    expect(await tab.page.evaluate(() => window.canvasPage.view?.tool)).toBe('eraser');
    expect(await tab.page.evaluate(() => localStorage.length)).toBe(0);
  });
});

describe('axe finds nothing', () => {
  it('on the bare board, empty and not, with its list open', async () => {
    await mountElement();
    await tab.page.evaluate(() => {
      document.querySelector('#board')?.replaceChildren();
      window.canvasPage.mount({ tool: 'select' }).focus();
      document.querySelector<HTMLButtonElement>('.inkwire-mirror button')!.click();
    });
    expect(await axe(tab.page, '#board')).toEqual([]);
  });

  it.each(['light', 'dark'])('on the component in each of its states: %s', async (theme) => {
    await mountElement(true, { theme });
    expect(await axe(tab.page, '#board')).toEqual([]);
    await press('Alt+ArrowDown');
    expect(await axe(tab.page, '#board')).toEqual([]);
    await run('write');
    expect(await axe(tab.page, '#board')).toEqual([]);
    await press('Control+k');
    await tab.page.getByRole('textbox', { name: 'Address of the link' }).waitFor();
    expect(await axe(tab.page, '#board')).toEqual([]);
    await press('Escape', 'Escape', 'Escape');
    await tab.page.evaluate(() => {
      const elements = [
        { type: 'ellipse', id: 'a', x: 0, y: 0, width: 90, height: 60, roughness: 1 },
        { type: 'hologram', id: 'b', x: 0, y: 0, width: 9, height: 9 },
      ];
      const file = new File([JSON.stringify({ type: 'excalidraw', elements })], 'plan.excalidraw');
      return window.canvasPage.view?.takeIn([file]);
    });
    expect(await axe(tab.page, '#board')).toEqual([]);
    await run('report');
    await tab.page.getByRole('dialog').waitFor();
    expect(await axe(tab.page, '#board')).toEqual([]);
    await press('Escape');
    await tab.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await type('?');
    await tab.page.getByRole('dialog').waitFor();
    expect(await axe(tab.page, '#board')).toEqual([]);
    await press('Escape');
    await press('Shift+F10');
    expect(await axe(tab.page, '#board')).toEqual([]);
    await press('Escape');
    await tab.page.evaluate(() =>
      window.canvasPage.setStatus({ access: 'read', saving: 'offline', waiting: 3 }),
    );
    expect(await axe(tab.page, '#board')).toEqual([]);
    await tab.page.evaluate(() =>
      window.canvasPage.setStatus({ access: 'write', saving: 'saved', waiting: 0 }),
    );
    expect(tab.errors).toEqual([]);
  });

  it('on the page of the playground', async () => {
    const system = await startSystem();
    try {
      const person = await openPerson(system.browser, system.playground.url, {
        id: 'ana',
        board: 'axe',
        reaches: { connection: 'live' },
      });
      expect(await axe(person.page)).toEqual([]);
      await person.close();
    } finally {
      await system.stop();
    }
  });
});
