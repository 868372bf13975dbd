import type { NewElement } from '@inkwire/core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CanvasTab, committedPixels, inkedPixels, useCanvasPages } from './canvas-browser.js';

const pages = useCanvasPages();
let tab: CanvasTab;

beforeAll(async () => {
  tab = await pages.open({ width: 800, height: 600 });
  await tab.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterAll(() => tab?.close());

beforeEach(async () => {
  await tab.page.evaluate(() => {
    const { core } = window.canvasPage;
    const board = core.createBoard({ user: 'ana' });
    window.canvasPage.board = board;
    window.canvasPage.violations.length = 0;
    window.canvasPage.mount({ tool: 'select' }).focus();
  });
  return async () => {
    expect(tab.errors).toEqual([]);
    expect(await tab.page.evaluate(() => window.canvasPage.violations)).toEqual([]);
  };
});

const put = (element: NewElement) =>
  tab.page.evaluate((json) => {
    const { board, core } = window.canvasPage;
    const id = core.newElementId();
    board.commit(core.addElement(board, { ...(JSON.parse(json) as typeof element), id }));
    return id;
  }, JSON.stringify(element));
const texts = () =>
  tab.page.evaluate(() =>
    [...window.canvasPage.board.elements()].map((element) =>
      'text' in element ? element.text.map(({ insert }) => insert).join('') : '',
    ),
  );
const runs = () =>
  tab.page.evaluate(() =>
    [...window.canvasPage.board.elements()].flatMap((element) => ('text' in element ? element.text : [])),
  );
/** Where the painted caret stands on the screen. */
const caretBox = () =>
  tab.page.evaluate(async () => {
    await window.canvasPage.frame();
    const box = document.querySelector('.inkwire-caret > :last-child')?.getBoundingClientRect();
    return box === undefined ? null : { x: box.x + box.width / 2, y: box.y, height: box.height };
  });
const isWriting = () => tab.page.locator('.inkwire-board textarea').count();
const focused = () =>
  tab.page.evaluate(() => document.activeElement?.className || document.activeElement?.tagName);
const press = (keys: string) => tab.page.keyboard.press(keys);
const type = (text: string) => tab.page.keyboard.type(text);

const NOTE = {
  kind: 'sticky',
  position: [100, 100],
  size: [200, 200],
  text: 'hello there',
  font: 'sans',
  fontSize: 20,
} as const;

describe('writing in an element', () => {
  it('begins with a double click, where it was clicked, and ends with Escape, selected', async () => {
    const id = await put(NOTE);
    await tab.page.mouse.dblclick(104 + 14, 100 + 14 + 12);
    expect(await isWriting()).toBe(1);
    await type('Oh, ');
    expect(await texts()).toEqual(['Oh, hello there']);
    await press('Escape');
    expect(await isWriting()).toBe(0);
    expect(await focused()).toBe('inkwire-board');
    expect(await tab.page.evaluate(() => window.canvasPage.view?.selection)).toEqual([id]);
    // The board has its keys again.
    await press('Escape');
    await press('p');
    expect(await tab.page.evaluate(() => window.canvasPage.view?.tool)).toBe('pen');
  });

  it('begins with a letter in the empty note that is selected, with Enter in a shape, and ends with a press elsewhere', async () => {
    const [note, shape] = [
      await put({ ...NOTE, text: '' }),
      await put({ kind: 'shape', position: [400, 100], size: [200, 100] }),
    ];
    await tab.page.evaluate((id) => window.canvasPage.view?.select([id]), note);
    await type('pen');
    expect(await texts()).toEqual(['pen', '']);
    await tab.page.mouse.click(50, 500);
    expect(await isWriting()).toBe(0);
    await tab.page.evaluate((id) => window.canvasPage.view?.select([id]), shape);
    await press('Enter');
    await type('label');
    expect(await texts()).toEqual(['pen', 'label']);
    await press('Tab');
    expect(await isWriting()).toBe(0);
    await tab.page.evaluate((id) => window.canvasPage.view?.select([id]), note);
    await press('r');
    expect(await tab.page.evaluate(() => window.canvasPage.view?.tool)).toBe('rectangle');
    expect(await texts()).toEqual(['pen', 'label']);
  });

  it('a double click on its name, or Enter, names a frame, unless it is locked; one beside the name does not', async () => {
    const id = await put({ kind: 'frame', position: [100, 100], size: [300, 200], title: 'Frame' });
    const title = () =>
      tab.page.evaluate((id) => (window.canvasPage.board.get(id) as { title?: string }).title, id);
    const field = tab.page.getByLabel('Name of the frame');
    await tab.page.mouse.dblclick(110, 90);
    await type('Plan');
    await press('Enter');
    expect(await title()).toBe('Plan');
    expect(await focused()).toBe('inkwire-board');
    await press('Enter');
    await type('Road map');
    await tab.page.mouse.click(600, 500);
    expect(await title()).toBe('Road map');
    await tab.page.mouse.dblclick(100, 200);
    expect(await field.count()).toBe(0);
    await tab.page.evaluate((id) => {
      const { board, core } = window.canvasPage;
      board.commit(core.writeRegisters(board, [{ id, register: 'locked', value: true }]));
    }, id);
    await tab.page.mouse.dblclick(110, 90);
    expect(await field.count()).toBe(0);
  });

  it('begins with a double click or Enter in a kind of an app that has a text, and in none without', async () => {
    await tab.page.evaluate(() => {
      const { board: before, core, labelOfCustom, mount, paintLayout, textLayoutOf } = window.canvasPage;
      const badge = core.defineKind({ name: 'acme.badge', text: true });
      const dial = core.defineKind({ name: 'acme.dial' });
      const board = core.createBoard({ user: before.user, kinds: [badge, dial] });
      window.canvasPage.board = board;
      const painters: NonNullable<Parameters<typeof mount>[0]>['painters'] = {
        'acme.badge': (surface, element, context) =>
          paintLayout(
            surface,
            textLayoutOf(labelOfCustom(element)),
            { color: context.theme.ink, opacity: context.fade, blend: 'normal' },
            context,
          ),
        'acme.dial': () => {},
      };
      mount({ tool: 'select', painters }).focus();
      const place = { kind: 'custom', size: [200, 100] } as const;
      board.commit(
        core.addElement(board, { ...place, definition: badge, position: [100, 100], text: 'tea' }),
      );
      board.commit(core.addElement(board, { ...place, definition: dial, position: [100, 300] }));
    });
    await tab.page.mouse.dblclick(200, 150);
    expect(await isWriting()).toBe(1);
    const caret = (await caretBox())!;
    expect(Math.abs(caret.x - 200)).toBeLessThan(20);
    expect(Math.abs(caret.y + caret.height / 2 - 150)).toBeLessThan(2);
    await press('End');
    await type(' for two');
    await press('Escape');
    expect(await texts()).toEqual(['tea for two', '']);
    expect(inkedPixels(await committedPixels(tab))).toBeGreaterThan(100);
    await press('Enter');
    expect(await isWriting()).toBe(1);
    await press('Escape');
    await tab.page.mouse.dblclick(200, 350);
    expect(await isWriting()).toBe(0);
    await press('Enter');
    expect(await isWriting()).toBe(0);
  });

  it('begins with a double click or Enter on an arrow, in the middle of it, and the line makes room', async () => {
    const points = [
      [100, 300],
      [500, 300],
    ] as const;
    const id = await put({ kind: 'arrow', points, font: 'sans', color: '#1971c2' });
    const arrow = () =>
      tab.page.evaluate((id) => {
        const { board } = window.canvasPage;
        const element = board.get(id);
        return element?.kind === 'arrow' ? { text: element.text, labelSize: element.labelSize } : null;
      }, id);
    /** How many pixels are inked: above the line in its middle, and on the line at `x`. */
    const inked = async (x: number) => {
      await tab.page.evaluate(() => window.canvasPage.view?.select([]));
      await tab.page.mouse.move(5, 5);
      await tab.page.evaluate(() => window.canvasPage.frame());
      const count = async (x: number, y: number, width: number, height: number) =>
        inkedPixels(PNG.sync.read(await tab.page.screenshot({ clip: { x, y, width, height } })));
      return { letters: await count(280, 284, 40, 13), line: await count(x, 290, 3, 20) };
    };
    expect(await inked(260)).toEqual({ letters: 0, line: expect.toSatisfy((count: number) => count > 0) });
    await tab.page.mouse.dblclick(150, 300);
    expect(await isWriting()).toBe(1);
    expect(await tab.page.locator('.inkwire-board textarea').getAttribute('aria-label')).toBe(
      'Label of the arrow',
    );
    expect((await caretBox())?.x).toBeCloseTo(300, 0);
    await type('depends on');
    expect(await arrow()).toMatchObject({ text: [{ insert: 'depends on' }] });
    expect((await arrow())?.labelSize[0]).toBeGreaterThan(70);
    await press('Escape');
    const left = 300 - ((await arrow())?.labelSize[0] ?? 0) / 2;
    expect((await inked(200)).line).toBeGreaterThan(0);
    expect(await inked(Math.floor(left) - 4)).toEqual({
      letters: expect.toSatisfy((count: number) => count > 20),
      line: 0,
    });

    // The label belongs to the arrow: it is hit, and takes the arrow along.
    await tab.page.mouse.move(300, 292);
    await tab.page.mouse.down();
    await tab.page.mouse.move(300, 392, { steps: 4 });
    await tab.page.mouse.up();
    const moved = await tab.page.evaluate((id) => window.canvasPage.board.get(id)?.position, id);
    expect(moved).toEqual([100, 400]);
    // A long one breaks, and all that was written goes in one step.
    await press('Enter');
    await type(' a good deal of what was said before');
    const size = (await arrow())?.labelSize ?? [0, 0];
    expect(size[0]).toBeLessThanOrEqual(241);
    expect(size[1]).toBeGreaterThan(50);
    await press('Escape');
    await press('Control+z');
    expect(await arrow()).toMatchObject({ text: [{ insert: 'depends on' }] });
    expect((await arrow())?.labelSize[1]).toBe(26);
    await press('Control+z');
    await press('Control+z');
    expect(await arrow()).toMatchObject({ text: [], labelSize: [0, 0] });
  });

  it('what is written larger gets a larger box', async () => {
    const text = await put({ kind: 'text', position: [50, 50], size: [60, 26], text: 'words', font: 'sans' });
    const arrow = await put({
      kind: 'arrow',
      points: [
        [100, 300],
        [500, 300],
      ],
      text: 'words',
      labelSize: [60, 26],
      font: 'sans',
    });
    const boxes = () =>
      tab.page.evaluate(
        ([text, arrow]) => {
          const { board } = window.canvasPage;
          const line = board.get(arrow);
          return [board.get(text)?.size, line?.kind === 'arrow' ? line.labelSize : null];
        },
        [text, arrow] as const,
      );
    await tab.page.evaluate((ids) => window.canvasPage.view?.select(ids), [text, arrow]);
    await tab.page.evaluate(() => window.canvasPage.view?.setStyle({ fontSize: 52 }));
    const [own, label] = await boxes();
    expect(own?.[1]).toBeCloseTo(67.6, 1);
    expect(label).toEqual(own);
    await press('Control+z');
    expect(await boxes()).toEqual([
      [60, 26],
      [60, 26],
    ]);
  });

  it('a new text is written at once, grows with its words, and is gone if it says nothing', async () => {
    await tab.page.evaluate(() => window.canvasPage.view?.setTool('text'));
    await tab.page.mouse.click(300, 300);
    await type('a few words');
    const [element] = await tab.page.evaluate(() => [...window.canvasPage.board.elements()]);
    expect(element).toMatchObject({ kind: 'text', fit: 'content' });
    expect(element?.size[0]).toBeGreaterThan(60);
    await press('Escape');
    await tab.page.evaluate(() => window.canvasPage.view?.setTool('text'));
    await tab.page.mouse.click(300, 450);
    expect(await isWriting()).toBe(1);
    await press('Escape');
    expect(await texts()).toEqual(['a few words']);
  });

  it('the caret stands in the painted text, turned and zoomed as it is', async () => {
    const id = await put({ ...NOTE, text: 'll', rotation: Math.PI / 2 });
    await tab.page.evaluate((note) => {
      const { view } = window.canvasPage;
      view?.setCamera({ x: 50, y: 50, zoom: 2 });
      view?.select([note]);
      view?.run('write');
    }, id);
    const end = await caretBox();
    await press('Home');
    const start = await caretBox();
    // A quarter turn clockwise: the line runs down the right side, from the top.
    expect(start?.x).toBeCloseTo(end?.x ?? 0, 0);
    expect((end?.y ?? 0) - (start?.y ?? 0)).toBeGreaterThan(10);
    // What is right beside the caret is ink: the letters are painted there.
    const clip = {
      x: (end?.x ?? 0) - 30,
      y: (start?.y ?? 0) - 4,
      width: 60,
      height: (end?.y ?? 0) - (start?.y ?? 0) + 8,
    };
    await tab.page.evaluate(() => window.canvasPage.view?.idle());
    expect(inkedPixels(PNG.sync.read(await tab.page.screenshot({ clip })))).toBeGreaterThan(20);
  });

  it('caret and selection are seen where the device forces its colours', async () => {
    await tab.page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await put({ kind: 'text', position: [100, 100], size: [300, 40], fontSize: 32, text: 'iiiii' });
    await tab.page.mouse.dblclick(104, 120);
    await press('Control+a');
    await expect.poll(async () => (await caretBox())?.x).toBeGreaterThan(130);
    const { x, y, height } = (await caretBox()) ?? { x: 0, y: 0, height: 0 };
    const shot = PNG.sync.read(await tab.page.screenshot());
    const shade = (x: number, y: number) => {
      const at = (Math.round(y) * shot.width + Math.round(x)) * 4;
      return (shot.data[at] ?? 0) + (shot.data[at + 1] ?? 0) + (shot.data[at + 2] ?? 0);
    };
    const paper = shade(700, 500);
    expect(Math.min(shade(x - 1, y + height / 2), shade(x, y + height / 2))).toBeLessThan(paper - 300);
    // Above the letters, in front of the caret.
    expect(shade(x - 4, y + 3)).toBeLessThan(paper - 20);
    await tab.page.emulateMedia({ forcedColors: 'none', reducedMotion: 'no-preference' });
  });

  it('up, down, Home and End go by the lines that are painted; the mouse selects letters, words and paragraphs', async () => {
    const id = await put({ ...NOTE, text: 'first line\nsecond line that is long and breaks\nlast' });
    await tab.page.evaluate((note) => {
      window.canvasPage.view?.select([note]);
      window.canvasPage.view?.run('write');
    }, id);
    const [end] = [await caretBox()];
    await press('ArrowUp');
    const above = await caretBox();
    expect(above?.y).toBeLessThan(end?.y ?? 0);
    await press('ArrowUp');
    await press('ArrowUp');
    await press('ArrowUp');
    await press('Home');
    await type('>');
    expect((await texts())[0]?.startsWith('>first')).toBe(true);
    await press('Shift+End');
    await type('one');
    expect((await texts())[0]?.startsWith('>one\nsecond')).toBe(true);
    // Twice for the word, three times for the paragraph.
    const line = { x: 125, y: 100 + 14 + 13 };
    await tab.page.mouse.click(line.x, line.y, { clickCount: 2 });
    await type('1');
    expect((await texts())[0]).toMatch(/^(>1|1one|1)\n/);
    await tab.page.mouse.click(line.x, line.y, { clickCount: 3 });
    await type('line');
    expect((await texts())[0]?.startsWith('line\nsecond')).toBe(true);
  });

  it('the mouse selects until its button is let go, whatever the other one does', async () => {
    await put(NOTE);
    const { mouse } = tab.page;
    await mouse.dblclick(200, 200);
    await tab.page.evaluate(() => {
      window.canvasPage.element.style.setProperty('width', '400px');
    });
    await mouse.move(105, 125);
    await mouse.down();
    await mouse.move(150, 125);
    await mouse.down({ button: 'right' });
    await mouse.up({ button: 'right' });
    await mouse.move(700, 125, { steps: 3 });
    await mouse.move(290, 125, { steps: 3 });
    await mouse.down({ button: 'right' });
    await mouse.up({ button: 'left' });
    await mouse.move(120, 125, { steps: 3 });
    await mouse.up({ button: 'right' });
    await type('x');
    expect(await texts()).toEqual(['x']);
    await tab.page.evaluate(() => void window.canvasPage.element.style.removeProperty('width'));
  });

  it('formats with keys, links what is selected to a pasted address, and pastes text with its looks', async () => {
    const id = await put({ ...NOTE, text: 'bold' });
    await tab.page.evaluate((note) => {
      window.canvasPage.view?.select([note]);
      window.canvasPage.view?.run('write');
    }, id);
    await press('Control+a');
    await press('Control+b');
    await press('End');
    await press('Control+b');
    await type(' link');
    for (let i = 0; i < 4; i++) await press('Shift+ArrowLeft');
    await tab.page.evaluate(() => navigator.clipboard.writeText('https://example.com/'));
    await press('Control+v');
    expect(await runs()).toEqual([
      { insert: 'bold', attributes: { bold: true } },
      { insert: ' ' },
      { insert: 'link', attributes: { link: 'https://example.com/' } },
    ]);
    await press('End');
    await tab.page.evaluate(() =>
      navigator.clipboard.write([
        new ClipboardItem({
          'text/html': new Blob(['<p>two <i>lines</i></p><p>here</p>'], { type: 'text/html' }),
        }),
      ]),
    );
    await press('Control+v');
    expect((await texts())[0]).toBe('bold linktwo lines\nhere');
    expect((await runs()).at(-2)).toEqual({ insert: 'lines', attributes: { italic: true } });
  });

  it('undo and redo are those of the board, in steps', async () => {
    await put(NOTE);
    await tab.page.mouse.dblclick(200, 200);
    await press('Control+End');
    await type(' again');
    await press('Enter');
    await type('more');
    await press('Control+z');
    expect(await texts()).toEqual(['hello there again\n']);
    await press('Control+z');
    await press('Control+z');
    expect(await texts()).toEqual(['hello there']);
    await press('Control+Shift+z');
    expect(await texts()).toEqual(['hello there again']);
    expect(await isWriting()).toBe(1);
  });
});

describe('input methods', () => {
  it('compose in place; what another person writes meanwhile does not break the word', async () => {
    const id = await put({ ...NOTE, text: '' });
    await tab.page.evaluate((note) => {
      window.canvasPage.view?.select([note]);
      window.canvasPage.view?.run('write');
    }, id);
    const compose = (text: string) =>
      tab.devtools.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
    await compose('n');
    await compose('ni');
    await tab.page.evaluate((note) => {
      const { board, core } = window.canvasPage;
      const ben = core.createBoard({ user: 'ben' });
      core.applyUpdate(ben, core.encodeUpdate(board));
      ben.commit(core.writeText(ben, note, [{ insert: 'Ben: ' }]));
      core.applyUpdate(board, core.encodeUpdate(ben));
    }, id);
    expect(await texts()).toEqual(['Ben: ni']);
    const before = await caretBox();
    await compose('nih');
    expect((await caretBox())?.x).toBeGreaterThan(before?.x ?? 0);
    await tab.devtools.send('Input.insertText', { text: '你好' });
    expect(await texts()).toEqual(['Ben: 你好']);
    await type('!');
    expect(await texts()).toEqual(['Ben: 你好!']);
    await press('Control+z');
    await press('Control+z');
    expect(await texts()).toEqual(['Ben: ']);
  });

  it('find the field where the caret is', async () => {
    const id = await put(NOTE);
    await tab.page.evaluate((note) => {
      window.canvasPage.view?.select([note]);
      window.canvasPage.view?.run('write');
    }, id);
    const caret = await caretBox();
    const field = await tab.page.locator('.inkwire-board textarea').boundingBox();
    expect(Math.abs((field?.x ?? 0) - (caret?.x ?? 99))).toBeLessThan(3);
    expect(Math.abs((field?.y ?? 0) - (caret?.y ?? 99))).toBeLessThan(3);
  });
});

describe('links', () => {
  const LINK = 'https://example.com/page';
  const address = () => tab.page.getByRole('textbox', { name: 'Address of the link' });
  const addressHasKeys = () => address().evaluate((field) => field === document.activeElement);
  const write = async (text: NewElement = NOTE) => {
    const id = await put(text);
    await tab.page.evaluate((id) => {
      window.canvasPage.view?.select([id]);
      window.canvasPage.view?.run('write');
    }, id);
    return id;
  };

  it('lead where the address says that Ctrl+K asks for: from what is selected, in one step', async () => {
    await write();
    await press('Home');
    for (let i = 0; i < 5; i++) await press('Shift+ArrowRight');
    await press('Control+k');
    expect(await addressHasKeys()).toBe(true);
    await type('example.com/page');
    await press('Enter');
    expect(await address().count()).toBe(0);
    expect(await runs()).toEqual([{ insert: 'hello', attributes: { link: LINK } }, { insert: ' there' }]);
    // The words have the keyboard again, as they were selected.
    await type('bye');
    expect(await texts()).toEqual(['bye there']);
    await press('Control+z');
    await press('Control+z');
    expect(await runs()).toEqual([{ insert: 'hello there' }]);
  });

  it('are found by the caret, shown, changed, and taken away by an empty address', async () => {
    await write({ ...NOTE, text: [{ insert: 'see ' }, { insert: 'this page', attributes: { link: LINK } }] });
    await press('End');
    await press('ArrowLeft');
    await press('Control+k');
    expect(await address().inputValue()).toBe(LINK);
    await type('mailto:ana@example.com');
    await press('Enter');
    expect((await runs())[1]).toEqual({
      insert: 'this page',
      attributes: { link: 'mailto:ana@example.com' },
    });
    await press('Control+k');
    await press('Delete');
    await press('Enter');
    expect(await runs()).toEqual([{ insert: 'see this page' }]);
  });

  it('take the word at the caret, and where there is none the address is written', async () => {
    await write({ ...NOTE, text: 'go there ' });
    await press('Home');
    await press('Control+k');
    await type(LINK);
    await press('Enter');
    expect((await runs())[0]).toEqual({ insert: 'go', attributes: { link: LINK } });
    await press('Control+End');
    await press('Control+k');
    await type('example.com');
    await press('Enter');
    expect((await runs()).at(-1)).toEqual({
      insert: 'example.com',
      attributes: { link: 'https://example.com' },
    });
  });

  it('say when an address leads nowhere, and leave all as it was with Escape', async () => {
    await write();
    await press('Control+a');
    await press('Control+k');
    await type('javascript:alert(1)');
    await press('Enter');
    expect(await address().getAttribute('aria-invalid')).toBe('true');
    expect(await tab.page.getByRole('group', { name: 'Link' }).getByRole('status').textContent()).toMatch(
      /leads nowhere/,
    );
    await press('Escape');
    expect([await address().count(), await isWriting()]).toEqual([0, 1]);
    expect(await runs()).toEqual([{ insert: 'hello there' }]);
    await press('Control+k');
    await tab.page.mouse.click(600, 500);
    expect([await address().count(), await isWriting()]).toEqual([0, 0]);
  });

  it('open in a window of their own with Ctrl and a click, or by key; never what is not safe', async () => {
    const context = tab.page.context();
    await context.route(/example\.com/, (route) =>
      route.fulfill({ contentType: 'text/html', body: 'a page' }),
    );
    const opened: string[] = [];
    const opens = (page: { url(): string }) => opened.push(page.url());
    context.on('page', opens);
    const evil = [{ insert: 'evil evil', attributes: { link: 'javascript:document.title="evil"' } }];
    await put({ ...NOTE, position: [400, 100], text: evil });
    const id = await put({ ...NOTE, text: [{ insert: 'this page', attributes: { link: LINK } }] });
    const window_ = context.waitForEvent('page');
    await tab.page.keyboard.down('Control');
    await tab.page.mouse.click(430, 126);
    await tab.page.mouse.click(250, 280);
    await tab.page.mouse.click(140, 126);
    await tab.page.keyboard.up('Control');
    const first = await window_;
    await first.waitForURL(LINK);
    expect(await first.evaluate(() => window.opener)).toBeNull();
    await first.close();
    await tab.page.bringToFront();
    const again = context.waitForEvent('page');
    await tab.page.evaluate((id) => window.canvasPage.view?.select([id]), id);
    await press('Alt+Enter');
    await (await again).close();
    await tab.page.bringToFront();
    context.off('page', opens);
    expect(opened).toHaveLength(2);
    expect(await tab.page.title()).not.toBe('evil');
  });
});

describe('together', () => {
  it('C7: what somebody removes under my words comes back with the next letter', async () => {
    const id = await put(NOTE);
    await tab.page.mouse.dblclick(200, 200);
    await press('Control+End');
    await tab.page.evaluate((note) => {
      const { board, core } = window.canvasPage;
      const ben = core.createBoard({ user: 'ben' });
      core.applyUpdate(ben, core.encodeUpdate(board));
      ben.commit(core.removeElements(ben, [note]));
      core.applyUpdate(board, core.encodeUpdate(ben));
    }, id);
    expect(await texts()).toEqual([]);
    expect(await isWriting()).toBe(1);
    await type('!');
    expect(await texts()).toEqual(['hello there!']);
  });

  it('a board that becomes read only ends it; what is locked says so', async () => {
    const id = await put(NOTE);
    await tab.page.mouse.dblclick(200, 200);
    await tab.page.evaluate(() => window.canvasPage.view?.setReadOnly(true));
    expect(await isWriting()).toBe(0);
    await tab.page.evaluate((note) => {
      const { board, core, view } = window.canvasPage;
      view?.setReadOnly(false);
      board.commit(core.writeRegisters(board, [{ id: note, register: 'locked', value: true }]));
      view?.select([note]);
      view?.run('write');
    }, id);
    expect(await isWriting()).toBe(0);
    expect(await tab.page.evaluate(() => window.canvasPage.view?.notice?.text)).toMatch(/locked/);
  });

  it('ends with a file that is dropped beside it, and no ring of the keyboard’s is around the board', async () => {
    await put(NOTE);
    await tab.page.mouse.dblclick(200, 200);
    await type('!');
    const files = [new URL('../../README.md', import.meta.url).pathname];
    const data = { items: [], files, dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await tab.devtools.send('Input.dispatchDragEvent', { type, x: 500, y: 300, data });
    await expect.poll(texts).toHaveLength(2);
    expect([await isWriting(), await focused()]).toEqual([0, 'inkwire-board']);
    expect(
      await tab.page.evaluate(
        () => document.activeElement && getComputedStyle(document.activeElement).outlineStyle,
      ),
    ).toBe('none');
  });

  it('a view that is destroyed leaves no field, and keeps the words', async () => {
    await put(NOTE);
    await tab.page.mouse.dblclick(200, 200);
    await press('Control+End');
    await type(' kept');
    await tab.page.evaluate(() => window.canvasPage.view?.destroy());
    expect(await tab.page.locator('textarea').count()).toBe(0);
    expect(await texts()).toEqual(['hello there kept']);
  });

  it('a view that is destroyed while it says something begins no new writing', async () => {
    const id = await put(NOTE);
    const begun = await tab.page.evaluate((note) => {
      const { board, core, view } = window.canvasPage;
      const lock = (value: boolean) =>
        board.commit(core.writeRegisters(board, [{ id: note, register: 'locked', value }]));
      view?.select([note]);
      lock(true);
      view?.run('write');
      lock(false);
      view?.run('write');
      if (view?.notice === null) throw new Error('It must say something.');
      const { createElement } = document;
      const made: string[] = [];
      document.createElement = (name: string) => {
        made.push(name);
        return createElement.call(document, name);
      };
      view?.destroy();
      document.createElement = createElement;
      return made;
    }, id);
    expect(begun).toEqual([]);
  });
});

describe('the others', () => {
  it('see where I write; I see where they do, in their colour and with their name', async () => {
    const id = await put(NOTE);
    await tab.page.evaluate((note) => {
      const { presence, mount } = window.canvasPage;
      const view = mount({ tool: 'select', presence });
      view.select([note]);
      view.run('write');
    }, id);
    await press('Control+Home');
    await press('Shift+ArrowRight');
    await tab.page.waitForFunction(() => {
      const { writing } = window.canvasPage.presence.told as {
        writing: { anchor: number; caret: number } | null;
      };
      return writing?.anchor === 0 && writing.caret === 1;
    });
    await tab.page.evaluate((note) => {
      const user = { id: 'ben', name: 'Ben', color: '#0a7f5a' };
      window.canvasPage.presence.show([
        {
          session: 'b',
          user,
          cursor: null,
          tool: null,
          selection: [],
          viewport: null,
          liveInk: [],
          writing: { element: note, anchor: 4, caret: 6 },
        },
      ]);
    }, id);
    const name = tab.page.locator('.inkwire-writer');
    await name.waitFor();
    expect(await name.textContent()).toBe('Ben');
    expect(await name.evaluate((label) => getComputedStyle(label).backgroundColor)).toBe('rgb(10, 127, 90)');
    // Mine and theirs: what Ben has selected, and two carets.
    expect(await tab.page.locator('.inkwire-caret').count()).toBe(2);
    // Letters before theirs take them along, before Ben tells of it.
    const before = await name.boundingBox();
    await press('Control+Home');
    await type('Oh, ');
    await expect.poll(async () => (await name.boundingBox())?.x ?? 0).toBeGreaterThan((before?.x ?? 0) + 20);
    await press('Escape');
    expect(await tab.page.evaluate(() => window.canvasPage.presence.told.writing)).toBe(null);
    await tab.page.evaluate(() => window.canvasPage.presence.show([]));
    await name.waitFor({ state: 'detached' });
    expect(await tab.page.locator('.inkwire-caret').count()).toBe(0);
  });
});
