import { readFile } from 'node:fs/promises';
import type { ShapeElement } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { committedPixels } from './canvas-browser.js';
import { box, useEditing } from './editing-page.js';

const ana = useEditing({ element: true });
const button = (name: string) => ana.page.getByRole('button', { name, exact: true });
const menu = () => ana.page.getByRole('menu');
const items = () =>
  menu()
    .getByRole('menuitem')
    .evaluateAll((all) => all.map((item) => item.dataset.command));

describe('the bar of styles', () => {
  it('styles what is selected, as one step each, and shows nothing of what differs', async () => {
    const [a, b] = await ana.put(box(100, 100), box(300, 100, 100, 80, { color: '#e03131', fill: 'none' }));
    await ana.select(a!, b!);
    expect(await button('Red').getAttribute('aria-pressed')).toBe('false');
    await button('Blue').click();
    await button('Fill').click();
    await button('Green fill').click();
    await button('Line style').click();
    await button('Dashed').click();
    const looks = { color: '#1971c2', fill: '#b2f2bb', dash: 'dashed' };
    expect(await ana.elements()).toMatchObject([looks, looks]);
    expect(await button('Blue').getAttribute('aria-pressed')).toBe('true');
    expect(await button('Green fill').count()).toBe(0);
    await button('Undo').click();
    expect(((await ana.elements()) as ShapeElement[]).map(({ dash }) => dash)).toEqual(['solid', 'solid']);
  });

  it('shows the nearest of what can be chosen, and says where what is selected differs', async () => {
    const text = { kind: 'text', position: [100, 100], size: [100, 30], text: 'tea', font: 'sans' } as const;
    const [a] = await ana.put({ ...text, fontSize: 20 }, { ...text, fontSize: 60 });
    await ana.put(box(300, 100), box(300, 300, 100, 80, { fill: 'none', dash: 'dotted' }));
    const shown = (name: string) =>
      button(name).evaluate((own) => ({
        text: own.textContent?.trim(),
        tip: own.dataset.tip,
        crossed: own.querySelector('path[d="M6 18L18 6"]') !== null,
      }));
    await ana.select(a!);
    expect(await shown('Size of text')).toMatchObject({ text: 'M', tip: 'Size of text' });
    const all = (await ana.elements()).map(({ id }) => id);
    await ana.select(...all.slice(0, 2));
    expect(await shown('Size of text')).toMatchObject({ tip: 'Size of text: differs' });
    await ana.select(...all.slice(-2));
    expect(await shown('Fill')).toMatchObject({ tip: 'Fill: differs', crossed: false });
    expect(await shown('Line style')).toMatchObject({ tip: 'Line style: differs' });
    expect(await shown('Opacity')).toMatchObject({ tip: 'Opacity' });
  });

  it('shows fills and the paper of notes in the colours that they have on the board, dark or light', async () => {
    const [shape, note] = await ana.put(box(100, 100, 100, 80, { fill: '#a5d8ff', width: 0 }), {
      ...{ kind: 'sticky', position: [300, 100], size: [100, 80], color: '#c3eea9' },
    });
    const swatch = (figure: string) =>
      ana.page.locator(figure).evaluate((drawn) => {
        const [, ...channels] = /^#(..)(..)(..)$/.exec(drawn.getAttribute('fill')!)!;
        return channels.map((channel) => Number.parseInt(channel, 16));
      });
    for (const theme of ['light', 'dark'] as const) {
      await ana.page.evaluate(async (theme) => {
        const component = document.querySelector('inkwire-board')!;
        component.theme = theme;
        await component.updateComplete;
      }, theme);
      const { data, width } = await committedPixels(ana.tab);
      const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
      await ana.select(shape!);
      expect(await swatch('[data-list=fill] rect'), theme).toEqual(at(150, 140));
      await button('Fill').click();
      expect(await swatch('[aria-label="Blue fill"] rect'), theme).toEqual(at(150, 140));
      await ana.select(note!);
      expect(await swatch('[data-color="#c3eea9"] circle:last-child'), theme).toEqual(at(350, 140));
      await ana.select(shape!);
      expect(await button('Blue fill').count(), 'the list of fills, which was open').toBe(0);
    }
  });

  it('styles what a tool will draw, and keeps it for each tool', async () => {
    await button('Rectangle').click();
    await button('Fill').click();
    await button('Violet fill').click();
    await button('Bold').click();
    await button('Ellipse').click();
    expect(await button('Bold').getAttribute('aria-pressed')).toBe('false');
    await button('Rectangle').click();
    await ana.drag([
      [100, 100],
      [200, 200],
    ]);
    expect(await ana.elements()).toMatchObject([{ fill: '#d0bfff', width: 7 }]);
  });

  it('keeps the tool in hand while that is switched on in the list', async () => {
    await button('Rectangle').click();
    await button('More tools').click();
    const keep = ana.page.getByRole('button', { name: 'Keep the tool in hand' });
    expect(await keep.getAttribute('aria-pressed')).toBe('false');
    await keep.click();
    expect(await keep.getAttribute('aria-pressed')).toBe('true');
    await ana.page.mouse.move(450, 200);
    for (const x of [100, 300])
      await ana.drag([
        [x, 100],
        [x + 80, 160],
      ]);
    expect(await ana.elements()).toHaveLength(2);
    expect(await button('Rectangle').getAttribute('aria-pressed')).toBe('true');
  });

  it('has the tools for which there is no room in a list', async () => {
    await button('More tools').click();
    const files = ana.page.waitForEvent('filechooser');
    await ana.page.locator('[data-action=open]').click();
    await files;
    await button('More tools').click();
    await button('Frame').click();
    expect(await ana.page.evaluate(() => window.canvasPage.view!.tool)).toBe('frame');
    expect(await button('Lasso').count()).toBe(0);
    await ana.drag([
      [100, 100],
      [400, 300],
    ]);
    expect(await ana.elements()).toMatchObject([{ kind: 'frame' }]);
  });
});

describe('Escape', () => {
  const tool = () => ana.page.evaluate(() => window.canvasPage.view!.tool);
  const focused = () =>
    ana.page.evaluate(() => {
      const active = document.activeElement?.shadowRoot?.activeElement;
      return active?.getAttribute('aria-label') ?? active?.className ?? '';
    });
  const lists = () => ana.page.locator('.popover').count();

  it('closes a list that the mouse opened, and only then is for the board, which keeps the focus', async () => {
    const [a] = await ana.put(box(100, 100));
    await ana.select(a!);
    for (const name of ['More tools', 'Fill', 'Line style']) {
      await button(name).click();
      expect(await lists()).toBe(1);
      await ana.press('Escape');
      expect([await lists(), await ana.selection()]).toEqual([0, [a]]);
      expect(await focused()).toBe('Whiteboard');
    }
    await ana.press('Escape');
    expect(await ana.selection()).toEqual([]);
    await button('Rectangle').click();
    await button('Fill').click();
    await ana.press('Escape');
    expect([await lists(), await tool()]).toEqual([0, 'rectangle']);
    await ana.press('Escape');
    expect(await tool()).toBe('select');
  });

  it('closes one that the mouse opened while the keyboard was elsewhere in the page', async () => {
    await ana.page.evaluate(() =>
      (document.querySelector('inkwire-board')!.shadowRoot!.activeElement as HTMLElement).blur(),
    );
    expect(await focused()).toBe('');
    await button('More tools').click();
    await ana.press('Escape');
    expect([await lists(), await focused()]).toEqual([0, 'Whiteboard']);
  });

  it('closes a list before it ends what is written, and goes on with the words', async () => {
    const [note] = await ana.put({ kind: 'sticky', position: [100, 100], size: [140, 140], text: 'Milk' });
    await ana.select(note!);
    await ana.press('Enter');
    await button('Font').click();
    await ana.press('Escape');
    expect(await lists()).toBe(0);
    await ana.page.keyboard.type('y');
    await ana.press('Escape');
    await ana.press('ArrowRight');
    expect(await ana.element(note!)).toMatchObject({ position: [101, 100] });
    expect(JSON.stringify(await ana.element(note!))).toContain('Milky');
  });

  it('gives the focus of a menu back to the button that opened it', async () => {
    const [a] = await ana.put(box(100, 100));
    await ana.select(a!);
    await button('What can be done').focus();
    await ana.press('Enter');
    await menu().waitFor();
    await ana.press('ArrowDown', 'Escape');
    expect([await menu().count(), await focused()]).toEqual([0, 'What can be done']);
    await button('What can be done').click();
    await menu().waitFor();
    await ana.page.evaluate(() => window.canvasPage.view!.focus());
    await ana.press('Escape');
    expect([await menu().count(), await ana.selection()]).toEqual([0, [a]]);
  });

  it('closes the shortcuts that were opened over a list, which is gone then', async () => {
    await button('More tools').click();
    await ana.page.keyboard.type('?');
    const dialog = ana.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await dialog.waitFor();
    await ana.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await lists()).toBe(0);
  });
});

describe('the menu', () => {
  it('offers what can be done, by mouse, and gives the focus back', async () => {
    const [a, b] = await ana.put(box(100, 100), box(120, 110));
    await ana.page.mouse.click(110, 105, { button: 'right' });
    expect(await ana.selection()).toEqual([a]);
    expect(await items()).toEqual(expect.arrayContaining(['duplicate', 'delete', 'order.front', 'lock']));
    expect(await items()).not.toContain('group');
    await menu()
      .getByRole('menuitem', { name: /Bring to front/ })
      .click();
    expect((await ana.elements()).map(({ id }) => id)).toEqual([b, a]);
    expect(await menu().count()).toBe(0);
    await ana.press('ArrowRight');
    expect((await ana.element(a!)).position).toEqual([101, 100]);
  });

  it('is used by keyboard alone', async () => {
    const [a] = await ana.put(box(100, 100));
    await ana.press('Control+a', 'Shift+F10');
    await menu().waitFor();
    const focused = () =>
      ana.page.evaluate(() => {
        const active = document.activeElement?.shadowRoot?.activeElement as HTMLElement | null;
        return active?.dataset.command ?? active?.className;
      });
    const [first] = await items();
    expect(await focused()).toBe(first);
    while ((await focused()) !== 'lock') await ana.press('ArrowDown');
    await ana.press('Enter');
    expect((await ana.element(a!)).locked).toBe(true);
    expect(await focused()).toContain('inkwire-board');
    await ana.press('Shift+F10');
    await menu().waitFor();
    await ana.press('Escape');
    expect(await menu().count()).toBe(0);
  });

  it('saves the board, or what is selected of it, as a picture that holds it as well', async () => {
    const [a, b] = await ana.put(box(100, 100), box(300, 100));
    const saved = async (name: string) => {
      const [file] = await Promise.all([
        ana.page.waitForEvent('download'),
        menu().getByRole('menuitem', { name }).click(),
      ]);
      const bytes = [...(await readFile(await file.path()))];
      return {
        name: file.suggestedFilename(),
        ids: await ana.page.evaluate(
          async (bytes) =>
            (await window.canvasPage.openPicture(new Blob([Uint8Array.from(bytes)]))).map(({ id }) => id),
          bytes,
        ),
      };
    };
    for (const [label, name] of [
      ['Save as a picture (PNG)', 'board.png'],
      ['Save as a drawing (SVG)', 'board.svg'],
      ['Save as a file', 'board.inkwire'],
    ] as const) {
      await ana.page.mouse.click(600, 300, { button: 'right' });
      expect(await saved(label)).toEqual({ name, ids: [a, b] });
    }
    await ana.page.mouse.click(305, 105, { button: 'right' });
    expect(await items()).not.toContain('save.board');
    expect(await saved('Save as a picture (PNG)')).toEqual({ name: 'board.png', ids: [b] });
  });

  it('lies whole on the board, wherever it was asked for', async () => {
    await ana.put(box(780, 420));
    await ana.page.mouse.click(870, 490, { button: 'right' });
    const { x, y, width, height } = (await menu().boundingBox())!;
    expect([x >= 0, y >= 0, x + width <= 900, y + height <= 600]).toEqual([true, true, true, true]);
    await ana.page.mouse.click(30, 300);
    expect(await menu().count()).toBe(0);
  });
});

describe('the report of what was taken in', () => {
  const drawing = JSON.stringify({
    type: 'excalidraw',
    elements: [
      { type: 'rectangle', id: 'a', x: 0, y: 0, width: 90, height: 60, roughness: 1 },
      { type: 'ellipse', id: 'b', x: 200, y: 0, width: 90, height: 60, roughness: 2, fontFamily: 99 },
      { type: 'hologram', id: 'c', x: 0, y: 0, width: 9, height: 9 },
    ],
  });
  const report = () => ana.page.getByRole('dialog', { name: 'What could not be taken over' });
  const open = async () => {
    await ana.page.evaluate((drawing) => {
      const file = new File([drawing], 'plan.excalidraw');
      return window.canvasPage.view!.takeIn([file], [300, 200]);
    }, drawing);
    await ana.page.locator('.notice').waitFor();
  };

  it('lists what is not as it was, and how often; the notice only says that there is something', async () => {
    await open();
    expect(await ana.page.locator('.notice').textContent()).toContain(
      'All of it came in, not quite as it was.',
    );
    await button('What changed').click();
    await report().waitFor();
    expect(await report().getByRole('listitem').allInnerTexts()).toEqual([
      'Lines that were drawn roughly are drawn clean.\n2 times',
      'Elements of a kind that is not known here were left out.',
    ]);
    expect(await ana.page.locator('.notice').count()).toBe(0);
    await ana.page.mouse.click(5, 5);
    await report().waitFor({ state: 'hidden' });
    expect(await ana.elements()).toHaveLength(2);
  });

  it('is opened, read and closed by keyboard alone, and found again by its command', async () => {
    expect(await ana.page.evaluate(() => window.canvasPage.view!.canRun('report'))).toBe(false);
    await open();
    const focused = () =>
      ana.page.evaluate(() => {
        const root = document.activeElement?.shadowRoot?.activeElement;
        return (root?.shadowRoot?.activeElement ?? root)?.textContent?.trim() ?? '';
      });
    for (let steps = 0; (await focused()) !== 'What changed' && steps < 30; steps++) await ana.press('Tab');
    await ana.press('Enter');
    await report().waitFor();
    await ana.press('Escape');
    await report().waitFor({ state: 'hidden' });
    await ana.page.waitForFunction(() =>
      document.activeElement?.shadowRoot?.activeElement?.classList.contains('inkwire-board'),
    );
    await ana.press('Control+z');
    expect(await ana.elements()).toEqual([]);
    await ana.page.evaluate(() => window.canvasPage.view!.run('report'));
    await report().waitFor();
    await ana.page.getByRole('button', { name: 'Close' }).click();
    await report().waitFor({ state: 'hidden' });
  });
});

describe('notices', () => {
  it('say that something is locked, and are announced', async () => {
    await ana.put(box(100, 100, 100, 80, { locked: true }));
    await ana.click([150, 140]);
    const notice = ana.page.locator('.notice');
    await notice.waitFor();
    expect(await notice.textContent()).toContain('This is locked.');
    expect(await ana.page.locator('.notices').getAttribute('aria-live')).toBe('polite');
  });

  it('say that the board is read only when somebody tries to change it', async () => {
    await ana.put(box(100, 100));
    await ana.page.evaluate(() => window.canvasPage.setStatus({ access: 'read' }));
    await button('Pen').waitFor({ state: 'detached' });
    await ana.click([150, 140]);
    await ana.press('Delete');
    await ana.page.locator('.notice').getByText('This board is read only.').waitFor();
    expect(await ana.elements()).toHaveLength(1);
    await ana.page.evaluate(() => window.canvasPage.setStatus({ access: 'write' }));
  });
});

describe('other options', () => {
  const path = [
    [100, 100],
    [300, 180],
    [500, 120],
  ] as const;
  const rendered = (options: object) =>
    ana.page.evaluate(async (options) => {
      const component = document.querySelector('inkwire-board')!;
      const { view } = component;
      // As a framework does it: another object, with other functions.
      component.options = { nameOf: (user) => user, ...options };
      await component.updateComplete;
      window.canvasPage.view = component.view;
      return component.view === view;
    }, options);
  const reach = async () => (await ana.elements()).map(({ kind, size }) => [kind, Math.round(size[0] / 10)]);

  it('of which only identities differ, or the tool, mount nothing anew', async () => {
    const keys = { 'tool.pen': ['b'] };
    expect(await rendered({ keys, fingers: 'auto' })).toBe(false);
    expect(await rendered({ keys, fingers: 'auto' })).toBe(true);
    expect(await rendered({ keys, fingers: 'auto', tool: 'rectangle' })).toBe(true);
    expect(await button('Rectangle').getAttribute('aria-pressed')).toBe('true');
    expect(await rendered({ keys, tool: 'rectangle' })).toBe(false);
    await ana.drag(path.slice(0, 2));
    expect(await reach()).toEqual([['shape', 20]]);
  });

  it('let a stroke, and what is written, go on to its end, and count from then on', async () => {
    await ana.page.evaluate(() => window.canvasPage.view!.setTool('pen'));
    await ana.drag(path.slice(0, 2), { hold: true });
    expect(await rendered({ tool: 'ellipse' })).toBe(true);
    expect(await rendered({ tool: 'ellipse', fingers: 'pan' })).toBe(true);
    await ana.page.mouse.move(...path[2], { steps: 2 });
    await ana.page.mouse.up();
    expect(await reach()).toEqual([['stroke', 40]]);
    await expect.poll(() => button('Ellipse').getAttribute('aria-pressed')).toBe('true');
    const [note] = await ana.put({ kind: 'sticky', position: [100, 250], size: [140, 140], text: 'Milk' });
    await ana.page.evaluate((note) => {
      const { view } = document.querySelector('inkwire-board')!;
      view!.select([note!]);
      view!.run('write');
    }, note);
    await ana.page.keyboard.type('y');
    expect(await rendered({ tool: 'ellipse', fingers: 'draw' })).toBe(true);
    await ana.page.keyboard.type(' way');
    await ana.press('Escape');
    expect(JSON.stringify(await ana.element(note!))).toContain('Milky way');
    const mounted = () =>
      ana.page.evaluate(() => {
        const { view } = document.querySelector('inkwire-board')!;
        const other = view !== window.canvasPage.view;
        window.canvasPage.view = view;
        return other;
      });
    await expect.poll(mounted).toBe(true);
  });

  it('and another board or place in the page, keep what was drawn until then', async () => {
    await ana.page.evaluate(() => window.canvasPage.view!.setTool('pen'));
    await ana.drag(path, { hold: true });
    await ana.page.evaluate(async () => {
      const component = document.querySelector('inkwire-board')!;
      component.board = window.canvasPage.core.createBoard();
      await component.updateComplete;
    });
    expect(await reach()).toEqual([['stroke', 40]]);
    await ana.page.mouse.up();
    await ana.page.evaluate(async () => {
      const component = document.querySelector('inkwire-board')!;
      component.board = window.canvasPage.board;
      await component.updateComplete;
      component.view!.setTool('pen');
    });
    await ana.drag(path, { hold: true });
    await ana.page.evaluate(() => document.querySelector('inkwire-board')!.remove());
    expect(await reach()).toEqual([
      ['stroke', 40],
      ['stroke', 40],
    ]);
    await ana.page.mouse.up();
  });
});

it('whoever looks where nothing is finds the way back', async () => {
  expect(await button('Back to what is drawn').count()).toBe(0);
  await ana.put(box(100, 100));
  expect(await button('Back to what is drawn').count()).toBe(0);
  await ana.page.evaluate(() => window.canvasPage.view!.setCamera({ x: 9_000, y: 0, zoom: 1 }));
  await button('Back to what is drawn').click();
  await button('Back to what is drawn').waitFor({ state: 'detached' });
  const { x } = await ana.page.evaluate(() => window.canvasPage.view!.camera);
  expect(x).toBeLessThan(100);
});
