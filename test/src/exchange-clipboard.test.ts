import { readFileSync } from 'node:fs';
import type { Element } from '@inkwire/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CanvasTab, useCanvasPages } from './canvas-browser.js';

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
    window.canvasPage.board = core.createBoard({ user: 'ana' });
    window.canvasPage.violations.length = 0;
    const view = window.canvasPage.mount({ tool: 'select' });
    view.focus();
    return navigator.clipboard.writeText('');
  });
  await tab.page.mouse.move(400, 300);
  return () => {
    expect(tab.errors).toEqual([]);
  };
});

const elements = () => tab.page.evaluate(() => [...window.canvasPage.board.elements()]) as Promise<Element[]>;
const texts = async () =>
  (await elements()).map((element) =>
    'text' in element ? element.text.map(({ insert }) => insert).join('') : '',
  );
const notice = () => tab.page.evaluate(() => window.canvasPage.view?.notice?.text ?? null);
const selected = () => tab.page.evaluate(() => window.canvasPage.view?.selection ?? []);
const violations = () => tab.page.evaluate(() => window.canvasPage.violations);
/** Waits for what a paste puts on the board, which may take a picture's time to decode. */
const untilCount = (count: number) =>
  tab.page.waitForFunction((wanted) => window.canvasPage.board.size === wanted, count);
const untilNotice = () => tab.page.waitForFunction(() => window.canvasPage.view?.notice !== null);

/** Puts data of several types on the clipboard, as another program would. */
const offer = (types: Record<string, string>) =>
  tab.page.evaluate(
    (all) =>
      navigator.clipboard.write([
        new ClipboardItem(
          Object.fromEntries(Object.entries(all).map(([type, data]) => [type, new Blob([data], { type })])),
        ),
      ]),
    types,
  );

/** Pastes HTML as another program wrote it: what a script puts on the clipboard, the browser writes anew. */
const pasteHtml = (html: string) =>
  tab.page.evaluate((markup) => {
    const transfer = new DataTransfer();
    transfer.setData('text/html', markup);
    const event = new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true });
    document.querySelector('.inkwire-board')?.dispatchEvent(event);
  }, html);

/** Pastes files, which no script may put on the clipboard. */
const pasteFiles = (files: readonly { name: string; type: string; data: string }[]) =>
  tab.page.evaluate((all) => {
    const transfer = new DataTransfer();
    for (const { name, type, data } of all) transfer.items.add(new File([data], name, { type }));
    const event = new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true });
    document.querySelector('.inkwire-board')?.dispatchEvent(event);
  }, files);

/** A picture of one colour as a file: `width` by `height` pixels. */
const drawPicture = (width: number, height: number, noise = false) =>
  tab.page.evaluate(
    async ([w, h, noisy]) => {
      const canvas = new OffscreenCanvas(w, h);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('There is no canvas.');
      context.fillStyle = '#c03030';
      context.fillRect(0, 0, w, h);
      if (noisy) {
        const data = context.getImageData(0, 0, w, h);
        for (let at = 0; at < data.data.length; at += 65_536)
          crypto.getRandomValues(data.data.subarray(at, Math.min(at + 65_536, data.data.length)));
        context.putImageData(data, 0, 0);
      }
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192)
        text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return btoa(text);
    },
    [width, height, noise] as const,
  );

const putBoxes = () =>
  tab.page.evaluate(() => {
    const { board, core, view } = window.canvasPage;
    const ids = [core.newElementId(), core.newElementId(), core.newElementId()] as const;
    board.commit(
      core.addElements(board, [
        { kind: 'shape', id: ids[0], position: [100, 100], size: [80, 40], text: 'one', color: '#e03131' },
        { kind: 'sticky', id: ids[1], position: [300, 200], size: [90, 90], text: 'two\nlines' },
        {
          kind: 'arrow',
          id: ids[2],
          points: [
            [180, 120],
            [300, 240],
          ],
          startBinding: { element: ids[0], anchor: [0.5, 0.5] },
          endBinding: { element: ids[1], anchor: [0.5, 0.5] },
        },
      ]),
    );
    view?.select(ids);
    return ids;
  });

describe('copy and paste of elements', () => {
  it('brings them around the pointer with their bindings, selects them, and is one step to undo', async () => {
    const ids = await putBoxes();
    await tab.page.keyboard.press('Control+c');
    await tab.page.mouse.move(600, 400);
    await tab.page.keyboard.press('Control+v');
    await untilCount(6);
    const copies = (await elements()).slice(3);
    const [box, note, arrow] = copies;
    // Their box went from (100, 100) to (390, 290): its middle is under the pointer now.
    expect(box?.position).toEqual([455, 305]);
    expect(note?.position).toEqual([655, 405]);
    expect(arrow).toMatchObject({ startBinding: { element: box?.id }, endBinding: { element: note?.id } });
    expect(await selected()).toEqual(copies.map(({ id }) => id));
    expect(ids).not.toContain(box?.id);
    await tab.page.keyboard.press('Control+z');
    expect(await elements()).toHaveLength(3);
  });

  it('brings them around the pointer where the page shows the board scaled', async () => {
    await putBoxes();
    await tab.page.evaluate(() => {
      const host = window.canvasPage.view?.element;
      if (host) Object.assign(host.style, { transform: 'scale(0.5)', transformOrigin: '0 0' });
    });
    await tab.page.keyboard.press('Control+c');
    await tab.page.mouse.move(300, 200);
    await tab.page.keyboard.press('Control+v');
    await untilCount(6);
    expect((await elements())[3]?.position).toEqual([455, 305]);
  });

  it('pasted again at the same place, they do not hide what was pasted before', async () => {
    await putBoxes();
    await tab.page.keyboard.press('Control+c');
    await tab.page.keyboard.press('Control+v');
    await untilCount(6);
    await tab.page.keyboard.press('Control+v');
    await untilCount(9);
    const positions = (await elements())
      .filter(({ kind }) => kind === 'sticky')
      .map(({ position }) => position);
    expect(new Set(positions.map(String)).size).toBe(3);
  });

  it('cut removes them, but not what is locked; other programs get the words in the order of reading', async () => {
    const [first] = await putBoxes();
    await tab.page.evaluate((id) => {
      const { board, core } = window.canvasPage;
      board.commit(core.writeRegisters(board, [{ id, register: 'locked', value: true }]));
    }, first);
    await tab.page.keyboard.press('Control+x');
    expect((await elements()).map(({ id }) => id)).toEqual([first]);
    expect(await notice()).toMatch(/locked/);
    expect(await tab.page.evaluate(() => navigator.clipboard.readText())).toBe('one\ntwo\nlines');
  });

  it('goes to another board through the HTML alone, and back where it was by command', async () => {
    await putBoxes();
    await tab.page.keyboard.press('Control+c');
    const html = await tab.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return (await item?.getType('text/html'))?.text() ?? '';
    });
    expect(html).toContain('two<br>lines');
    await tab.page.evaluate(() => {
      const { core } = window.canvasPage;
      window.canvasPage.board = core.createBoard({ user: 'ben' });
      window.canvasPage.mount({ tool: 'select' }).focus();
    });
    await offer({ 'text/html': html, 'text/plain': 'one two lines' });
    await tab.page.keyboard.press('Control+Alt+v');
    await untilCount(3);
    const [box] = await elements();
    expect(box).toMatchObject({ kind: 'shape', position: [100, 100], author: 'ben', color: '#e03131' });
  });

  it('by command of a menu works too', async () => {
    await putBoxes();
    // One right behind the other: the paste takes what the copy is still putting there.
    await tab.page.evaluate(() => {
      window.canvasPage.view?.run('copy');
      window.canvasPage.view?.run('paste');
    });
    await untilCount(6);
  });

  it('nothing selected leaves the clipboard alone; where nothing may be changed, nothing comes in', async () => {
    await offer({ 'text/plain': 'before' });
    await tab.page.keyboard.press('Control+c');
    expect(await tab.page.evaluate(() => navigator.clipboard.readText())).toBe('before');
    await tab.page.evaluate(() => window.canvasPage.view?.setReadOnly(true));
    await tab.page.keyboard.press('Control+v');
    await untilNotice();
    expect(await notice()).toMatch(/read only/);
    expect(await elements()).toEqual([]);
  });
});

describe('text', () => {
  it('becomes a text, lines and all; an address is a link', async () => {
    await offer({ 'text/plain': 'first\r\nsecond\n\n' });
    await tab.page.keyboard.press('Control+v');
    await untilCount(1);
    expect(await texts()).toEqual(['first\nsecond']);
    const [text] = await elements();
    expect(text).toMatchObject({ kind: 'text', fit: 'content' });
    expect(text?.size[1]).toBe(52);
    await offer({ 'text/plain': 'https://example.com/a?b=c' });
    await tab.page.keyboard.press('Control+v');
    await untilCount(2);
    expect((await elements())[1]).toMatchObject({
      text: [{ insert: 'https://example.com/a?b=c', attributes: { link: 'https://example.com/a?b=c' } }],
    });
  });

  it('that is too long for a line breaks', async () => {
    await offer({ 'text/plain': 'word '.repeat(200) });
    await tab.page.keyboard.press('Control+v');
    await untilCount(1);
    expect((await elements())[0]).toMatchObject({ fit: 'width' });
    expect((await elements())[0]?.size[0]).toBe(600);
  });

  it('of a page keeps its looks, its lists and its links', async () => {
    await pasteHtml(`<h1>Plan</h1><p>We <b>must</b> <i>not</i>
        <a href="https://example.com/">wait</a>.</p><ul><li>one</li><li>two <s>three</s></li></ul>
        <ol><li>first</li></ol><b style="font-weight:normal">plain <span style="font-weight:700">bold</span></b>
        <table><tr><td>a</td><td>b</td></tr></table><pre>x  y
z</pre>`);
    await untilCount(1);
    const [text] = await elements();
    expect(await texts()).toEqual([
      'Plan\nWe must not wait.\n• one\n• two three\n1. first\nplain bold\na\tb\nx  y\nz',
    ]);
    const runs = text !== undefined && 'text' in text ? text.text : [];
    const looks = Object.fromEntries(runs.map(({ insert, attributes }) => [insert.trim(), attributes]));
    expect(looks).toMatchObject({
      Plan: { bold: true },
      must: { bold: true },
      not: { italic: true },
      wait: { link: 'https://example.com/' },
      three: { strike: true },
      bold: { bold: true },
    });
    expect(looks['• one']).toBeUndefined();
    expect(await violations()).toEqual([]);
  });

  it('alone, when it is asked for, whatever looks it has', async () => {
    await offer({ 'text/html': '<b>loud</b>', 'text/plain': 'quiet' });
    await tab.page.keyboard.press('Control+Shift+v');
    await untilCount(1);
    expect((await elements())[0]).toMatchObject({ text: [{ insert: 'quiet' }] });
  });

  it('S5: HTML runs nothing, fetches nothing and leads nowhere but to pages', async () => {
    const html = `<script>window.hacked = 1</script><img src="x" onerror="window.hacked = 2">
      <p onclick="window.hacked = 3">safe</p><a href="javascript:window.hacked=4">link</a>
      <iframe srcdoc="<script>top.hacked=5</script>"></iframe><style>@import url(http://127.0.0.1:1/x)</style>
      <svg onload="window.hacked=6"><text>drawn</text></svg>${'<div>'.repeat(3000)}deep${'</div>'.repeat(3000)}`;
    await pasteHtml(html);
    await untilCount(1);
    expect(await texts()).toEqual(['safe\nlink\ndeep']);
    expect(JSON.stringify(await elements())).not.toMatch(/javascript|hacked|http/);
    expect(await tab.page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
    expect(await violations()).toEqual([]);
  });
});

describe('pictures', () => {
  it('come in at their size, and those that are too large are made smaller but say how large they were', async () => {
    await tab.page.evaluate(
      async (png) => {
        const bytes = Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0));
        await navigator.clipboard.write([
          new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) }),
        ]);
      },
      await drawPicture(120, 80),
    );
    await tab.page.keyboard.press('Control+v');
    await untilCount(1);
    expect((await elements())[0]).toMatchObject({
      kind: 'image',
      size: [120, 80],
      naturalSize: [120, 80],
      position: [340, 260],
    });

    const large = await drawPicture(2400, 600, true);
    await tab.page.evaluate((png) => {
      const bytes = Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0));
      return window.canvasPage.view?.takeIn([new File([bytes], 'noise.png', { type: 'image/png' })]);
    }, large);
    const [, noise] = await elements();
    expect(noise).toMatchObject({ kind: 'image', naturalSize: [2400, 600], size: [640, 160] });
    const source = noise?.kind === 'image' ? noise.source : '';
    expect(source.length).toBeLessThan(540_000);
    expect(source).toMatch(/^data:image\/webp;base64,/);
  });

  it('go to the app that wants to store them, and are left out when it refuses', async () => {
    const result = await tab.page.evaluate(
      async (png) => {
        const bytes = Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0));
        const sizes: number[] = [];
        const view = window.canvasPage.mount({
          storeImage: async (picture) => {
            sizes.push(picture.size);
            if (sizes.length > 1) throw new Error('No room.');
            return `/pictures/${sizes.length}.png`;
          },
        });
        const file = () => new File([bytes], 'red.png', { type: 'image/png' });
        const both = await view.takeIn([file(), file()]);
        return {
          sizes,
          ids: both.ids.length,
          errors: both.errors.map(({ code, message }) => `${code}: ${message}`),
        };
      },
      await drawPicture(10, 10),
    );
    expect(result.ids).toBe(1);
    expect(result.errors).toEqual(['refused: red.png: The picture could not be stored: No room.']);
    expect((await elements())[0]).toMatchObject({ source: '/pictures/1.png' });
    expect(await notice()).toMatch(/No room/);
  });

  it('SVG is as large as it says, in whatever unit, and is known behind what programs write before it', async () => {
    const sizes: unknown[] = [];
    for (const attributes of [
      'width="2in" height="72pt"',
      'width="25.4mm" height="2.54cm"',
      'viewBox="0 0 7 9"',
    ]) {
      await offer({
        'text/plain': `<?xml version="1.0"?>\n<!DOCTYPE svg [ <!ENTITY a "b"> ]>\n<!-- Creator -->\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><rect width="1in" height="1in"/></svg>`,
      });
      await tab.page.keyboard.press('Control+v');
      await untilCount(sizes.length + 1);
      const image = (await elements()).at(-1);
      sizes.push(image?.kind === 'image' ? image.naturalSize : image?.kind);
    }
    expect(sizes).toEqual([
      [192, 96],
      [96, 96],
      [7, 9],
    ]);
  });

  it('SVG of old programs looks as they meant it: with styles in entities, and with prefixes', async () => {
    const path = 'd="M0 0h40v20H0z"';
    const files = [
      `<?xml version="1.0" encoding="utf-8"?>
      <!-- Generator: Adobe Illustrator 9.0, SVG Export Plug-In  -->
      <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 20000303 Stylable//EN" "http://www.w3.org/TR/2000/03/WD-SVG-20000303/DTD/svg-20000303-stylable.dtd" [
        <!ENTITY ns_svg "http://www.w3.org/2000/svg">
        <!ENTITY st0 'fill:#c03030;font-family:"Arial";'>
        <!ENTITY st1 "&st0;stroke:none;">
      ]>
      <svg xmlns="&ns_svg;" width="40" height="20"><g><path style="&st1;" ${path}/></g></svg>`,
      `<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink" width="40" height="20">
        <s:defs><s:path id="a" fill="#c03030" ${path}/></s:defs><s:use l:href="#a"/></s:svg>`,
    ];
    for (const [i, file] of files.entries()) {
      await offer({ 'text/plain': file });
      await tab.page.keyboard.press('Control+v');
      await untilCount(i + 1);
      const image = (await elements()).at(-1);
      const shown = await tab.page.evaluate(
        async (source) => {
          const picture = new Image();
          picture.src = source;
          await picture.decode();
          const context = new OffscreenCanvas(40, 20).getContext('2d')!;
          context.drawImage(picture, 0, 0);
          return [...context.getImageData(20, 10, 1, 1).data];
        },
        image?.kind === 'image' ? image.source : '',
      );
      expect(shown).toEqual([0xc0, 0x30, 0x30, 255]);
    }
    expect(await violations()).toEqual([]);
  });

  it('S5: SVG keeps what it draws, at its size, and loses scripts, handlers, pages and what it would fetch', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 60 30" onload="window.hacked = 1">
      <script>window.hacked = 2</script><style>@import url(http://127.0.0.1:1/y);</style><style>.thick { stroke-width: 4 }</style>
      <path class="thick" style="stroke: #3030c0" d="M0 0h9"/><rect width="60" height="30" fill="#c03030" onclick="window.hacked = 3"/>
      <foreignObject width="10" height="10"><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="http://127.0.0.1:1/z"/></body></foreignObject>
      <image href="http://127.0.0.1:1/p.png" width="5" height="5"/><use xlink:href="http://127.0.0.1:1/q.svg#a"/>
      <circle r="3" fill="url(http://127.0.0.1:1/r.svg#g)"/></svg>`;
    await offer({ 'text/plain': svg });
    await tab.page.keyboard.press('Control+v');
    await untilCount(1);
    const [image] = await elements();
    expect(image).toMatchObject({ kind: 'image', size: [60, 30], naturalSize: [60, 30] });
    const source = image?.kind === 'image' ? image.source : '';
    const kept = Buffer.from(source.split(',')[1] ?? '', 'base64').toString();
    expect(kept).toContain('#c03030');
    expect(kept).toContain('style="stroke: #3030c0"');
    expect(kept).toContain('.thick { stroke-width: 4 }');
    expect(kept).not.toMatch(/script|onload|onclick|foreignObject|127\.0\.0\.1|iframe|import/i);
    expect(await tab.page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
    expect(await violations()).toEqual([]);
  });

  it.each([
    [
      'an SVG that is broken',
      'bad.svg',
      'image/svg+xml',
      '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
      /damaged|nothing/,
    ],
    [
      'an SVG whose entities stand for more than anybody can read',
      'bomb.svg',
      'image/svg+xml',
      `<!DOCTYPE svg [<!ENTITY a0 "ha">${Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]><svg xmlns="http://www.w3.org/2000/svg"><text>&a30;</text></svg>`,
      /entities/,
    ],
    ['a picture that is none', 'fake.png', 'image/png', 'no picture', /no picture/],
    ['a program', 'program.exe', 'application/octet-stream', 'MZ\u0000', /Boards take/],
    [
      'a damaged drawing',
      'plan.excalidraw',
      '',
      '{"type":"excalidraw","elements":[{"type":"line"}]}',
      /elements\[0\]/,
    ],
    [
      'a damaged board',
      'plan.inkwire',
      '',
      '{"type":"inkwire","schema":1,"elements":[{"id":1}]}',
      /elements\[0\]/,
    ],
    [
      'a board of a newer program',
      'plan.inkwire',
      '',
      '{"type":"inkwire","schema":999,"elements":[]}',
      /newer/i,
    ],
  ])('%s changes nothing and says why', async (_what, name, type, data, reason) => {
    await pasteFiles([{ name, type, data }]);
    await untilNotice();
    expect(await notice()).toMatch(reason);
    expect(await elements()).toEqual([]);
  });
});

describe('files', () => {
  const sample = readFileSync(
    new URL('../../packages/canvas/src/testing/excalidraw/every-kind.excalidraw', import.meta.url),
    'utf8',
  );

  it('dropped together come in side by side around the pointer; what fails leaves the others be', async () => {
    const drop = {
      items: [],
      files: [
        new URL('../../packages/canvas/src/testing/excalidraw/items.excalidrawlib', import.meta.url).pathname,
        new URL('../package.json', import.meta.url).pathname,
        new URL('../../README.md', import.meta.url).pathname,
      ],
      dragOperationsMask: 1,
    };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await tab.devtools.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data: drop });
    await untilNotice();
    expect(await notice()).toBe('Some of it came in, and some could not.');
    await tab.page.evaluate(() => window.canvasPage.view?.notice?.action?.run());
    expect(await notice()).toMatch(/package\.json: Boards take/);
    const shown = await elements();
    expect(shown.map(({ kind }) => kind)).toEqual(['group', 'shape', 'line', 'shape', 'text']);
    const boxes = shown
      .filter(({ kind }) => kind !== 'group')
      .map(({ position, size }) => [position[0], position[0] + size[0]]);
    const left = Math.min(...boxes.flat());
    const right = Math.max(...boxes.flat());
    expect((left + right) / 2).toBeCloseTo(400, 0);
    expect(boxes.at(-1)?.[0]).toBeGreaterThan(Math.max(...boxes.slice(0, -1).flat()));
  });

  it('are opened by a command: an Excalidraw drawing comes with its pictures and a report', async () => {
    const chooser = tab.page.waitForEvent('filechooser');
    await tab.page.keyboard.press('Control+o');
    await (await chooser).setFiles([{ name: 'plan.excalidraw', mimeType: '', buffer: Buffer.from(sample) }]);
    await untilNotice();
    expect(await notice()).toBe('All of it came in, not quite as it was.');
    // Where no report is shown, all of it is said.
    await tab.page.evaluate(() => window.canvasPage.view?.notice?.action?.run());
    expect(await notice()).toMatch(/drawn clean.*nearest one/);
    const shown = await elements();
    expect(shown.filter(({ kind }) => kind === 'image')).toMatchObject([
      { naturalSize: [4, 2], size: [-40, 20] },
    ]);
    expect(await tab.page.locator('input[type=file]').count()).toBe(0);
    await tab.page.keyboard.press('Control+z');
    expect(await elements()).toEqual([]);
  });

  it('closed without a choice leave nothing behind', async () => {
    const chooser = tab.page.waitForEvent('filechooser');
    await tab.page.keyboard.press('Control+o');
    await chooser;
    await tab.page.evaluate(() =>
      document.querySelector('input[type=file]')?.dispatchEvent(new Event('cancel')),
    );
    expect(await tab.page.locator('input[type=file]').count()).toBe(0);
    expect(await elements()).toEqual([]);
  });

  it('from the clipboard of Excalidraw come in as elements', async () => {
    const { elements: sources } = JSON.parse(sample) as { elements: unknown[] };
    await offer({
      'text/plain': JSON.stringify({ type: 'excalidraw/clipboard', elements: sources.slice(0, 3) }),
    });
    await tab.page.keyboard.press('Control+v');
    await untilCount(2);
    expect(await texts()).toEqual(['A house with a long name', '']);
  });

  it('a large one is committed in pieces that the log takes, as one step, while the page goes on', async () => {
    const result = await tab.page.evaluate(async () => {
      const { board, view } = window.canvasPage;
      const updates: number[] = [];
      const note = (update: Uint8Array) => updates.push(update.length);
      board.doc.on('update', note);
      const long = 'word '.repeat(400);
      const source = Array.from({ length: 1200 }, (_, i) => ({
        type: 'text',
        id: `t${i}`,
        x: i,
        y: 0,
        width: 9,
        height: 9,
        text: `${i} ${long}`,
      }));
      await view?.takeIn([
        new File([JSON.stringify({ type: 'excalidraw', elements: source })], 'long.excalidraw'),
      ]);
      board.doc.off('update', note);
      const size = board.size;
      board.undo();
      return { updates, size, left: board.size };
    });
    expect(result.size).toBe(1200);
    expect(result.left).toBe(0);
    expect(result.updates.length).toBeGreaterThan(2);
    expect(Math.max(...result.updates)).toBeLessThan(1 << 20);
  });
});
