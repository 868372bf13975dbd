import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from './browser/launch.js';
import type {} from './transport-page/editors.js';
import { startTransportSystem, type TransportSystem } from './transport-system.js';
import { patience } from './transport-tab.js';

let system: TransportSystem;
let browser: Browser;
let contexts: BrowserContext[] = [];
let documents = 0;
let board = '';

beforeAll(async () => {
  [system, browser] = await Promise.all([startTransportSystem(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});
beforeEach(() => {
  documents += 1;
  board = `notes-${documents}`;
});
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

/** Somebody's page with an editor, and what it complained about. */
interface Writer {
  readonly page: Page;
  readonly complaints: string[];
  content(): Promise<unknown>;
  type(text: string): Promise<void>;
}

const open = async (person: string, editor: 'codemirror' | 'quill'): Promise<Writer> => {
  const context = await browser.newContext();
  contexts.push(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The browser itself notes answers such as 409, and sockets that end: that is how the transport works.
    const isNoted = /^Failed to load resource|WebSocket/.test(message.text());
    // Yjs says so here when it is there twice.
    if (!isNoted && (message.type() === 'error' || /yjs/i.test(message.text())))
      complaints.push(message.text());
  });
  const address = new URL(system.address(person, [board]));
  address.pathname = '/editors.html';
  address.searchParams.set('editor', editor);
  await page.goto(address.href);
  await page.waitForFunction(() => 'editorPage' in window);
  return {
    page,
    complaints,
    content: () => page.evaluate(() => window.editorPage.content()),
    type: (text) => page.keyboard.type(text),
  };
};

const live = (writers: readonly Writer[]): Promise<unknown> =>
  vi.waitFor(async () => {
    for (const { page } of writers)
      expect(await page.evaluate(() => window.editorPage.connection.status)).toMatchObject({
        connection: 'live',
        access: 'write',
        level: true,
        participants: writers.length,
      });
  }, patience);

/** Waits until everything is saved and all editors show the same; what that is. */
const converged = (writers: readonly Writer[]): Promise<unknown> =>
  vi.waitFor(async () => {
    const [first, ...others] = await Promise.all(writers.map(({ content }) => content()));
    for (const other of others) expect(other).toEqual(first);
    for (const { page } of writers)
      expect(await page.evaluate(() => window.editorPage.connection.status)).toMatchObject({
        saving: 'saved',
        level: true,
      });
    return first;
  }, patience);

/** The letters of `text` that are in `alphabet`: what one of several who write at once has written. */
const lettersOf = (text: string, alphabet: RegExp): string => text.replaceAll(alphabet, '');

describe('editors of others on the transport', () => {
  it('two CodeMirrors that are written in at once converge, show each other’s carets, and get over a time offline', async () => {
    const ana = await open('ana', 'codemirror');
    const ben = await open('ben', 'codemirror');
    const both = [ana, ben];
    await live(both);
    const [lower, upper] = ['the quick brown fox', 'JUMPS OVER THE LAZY DOG'];
    await Promise.all([ana.type(lower), ben.type(upper)]);
    const text = (await converged(both)) as string;
    expect(text).toHaveLength(lower.length + upper.length);
    expect(lettersOf(text, /[A-Z ]/g)).toBe(lettersOf(lower, / /g));
    expect(lettersOf(text, /[a-z ]/g)).toBe(lettersOf(upper, / /g));

    const caret = (of: Writer) => of.page.locator('.cm-ySelectionInfo').allTextContents();
    await vi.waitFor(
      async () => expect([await caret(ana), await caret(ben)]).toEqual([['ben'], ['ana']]),
      patience,
    );

    await system.goOffline();
    await Promise.all([ana.type(' away'), ben.type(' OFFLINE')]);
    expect(await ana.content()).not.toEqual(await ben.content());
    await system.goOnline();
    for (const { page } of both) await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await live(both);
    const after = (await converged(both)) as string;
    expect(after).toHaveLength(text.length + ' away OFFLINE'.length);
    const cleo = await open('cleo', 'codemirror');
    expect(await converged([...both, cleo])).toBe(after);
    // CodeMirror tells where its caret is when something happens to it.
    await cleo.page.keyboard.press('ArrowRight');

    await ben.page.close();
    await vi.waitFor(async () => expect(await caret(ana)).toEqual(['cleo']), patience);
    for (const { complaints, page } of [ana, cleo]) {
      expect(await page.evaluate(() => window.editorPage.errors)).toEqual([]);
      expect(complaints).toEqual([]);
    }
  });

  it('two Quills converge with their formats, and show each other’s cursors', async () => {
    const ana = await open('ana', 'quill');
    const ben = await open('ben', 'quill');
    const both = [ana, ben];
    await live(both);
    await Promise.all([ana.type('plain '), ben.type('FIRST ')]);
    await converged(both);
    // Quill forgets a format that nothing is written in yet when somebody else writes.
    await ana.page.keyboard.press('Control+b');
    await ana.type('bold');
    const ops = (await converged(both)) as { insert: string; attributes?: object }[];
    expect(ops.map(({ insert }) => insert).join('')).toHaveLength('plain boldFIRST \n'.length);
    const bold = ops.filter(({ attributes }) => attributes !== undefined && 'bold' in attributes);
    expect(lettersOf(bold.map(({ insert }) => insert).join(''), /[A-Z ]/g)).toBe('bold');
    const cursor = (of: Writer) => of.page.locator('.ql-cursor-name').allTextContents();
    await vi.waitFor(
      async () => expect([await cursor(ana), await cursor(ben)]).toEqual([['ben'], ['ana']]),
      patience,
    );
    expect([...ana.complaints, ...ben.complaints]).toEqual([]);
  });
});
