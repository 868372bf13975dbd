import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drawing, handwrittenPage } from './browser/ink.js';
import { drawWithPen } from './browser/pen.js';
import { openPerson, type Person } from './browser/person.js';
import { difference } from './browser/pixels.js';
import { type System, startSystem } from './browser/system.js';

const sheet = { width: 880, height: 480 };
const origin = { x: 40, y: 70 };

let system: System;
/** Every test has a board of its own. */
let boards = 0;

beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system?.stop());

describe('two people at one board, in two browsers', () => {
  let ana: Person;
  let ben: Person;

  beforeEach(async () => {
    boards += 1;
    [ana, ben] = (await Promise.all(
      ['ana', 'ben'].map((id) =>
        openPerson(system.browser, system.playground.url, { id, board: `two-${boards}` }),
      ),
    )) as [Person, Person];
  });
  afterEach(async () => {
    await Promise.all([ana?.close(), ben?.close()]);
    expect([...ana.incidents.errors, ...ben.incidents.errors]).toEqual([]);
  });

  it('shows a page that Ana writes to Ben with the same pixels, also after Ben reloads', async () => {
    const { strokes, source } = await handwrittenPage(sheet);
    console.log(`Ana draws ${source}.`);
    await drawWithPen(ana.page, strokes, origin);

    await ana.reaches({ saving: 'saved', elements: String(strokes.length) });
    await ben.reaches({ elements: String(strokes.length) });
    expect(await ben.elements()).toEqual(await ana.elements());
    const drawn = await ana.ink();
    const seen = await difference(drawn, await ben.ink());
    console.log(`${seen.inked} inked pixels`);
    expect(seen.inked).toBeGreaterThan(5_000);
    expect(seen.count).toBe(0);

    await ben.page.reload();
    await ben.reaches({ connection: 'live', elements: String(strokes.length) });
    expect(await ben.elements()).toEqual(await ana.elements());
    expect(await difference(drawn, await ben.ink())).toEqual(seen);
  });

  it('makes both equal after Ana drew offline while Ben drew too', async () => {
    const mine = await drawing('despair/2', { width: 400, height: 480 });
    const theirs = await drawing('line-drawings/8', { width: 400, height: 480 });
    console.log(`Ana draws ${mine.source}; Ben draws ${theirs.source}.`);
    await ana.context.setOffline(true);
    await ana.reaches({ connection: 'offline' });

    await Promise.all([
      drawWithPen(ana.page, mine.strokes, origin),
      drawWithPen(ben.page, theirs.strokes, { x: 480, y: 70 }),
    ]);
    await ana.reaches({
      saving: 'offline',
      waiting: String(mine.strokes.length),
      elements: String(mine.strokes.length),
    });
    await ben.reaches({ saving: 'saved', elements: String(theirs.strokes.length) });

    await ana.context.setOffline(false);
    const together = String(mine.strokes.length + theirs.strokes.length);
    for (const person of [ana, ben])
      await person.reaches({ connection: 'live', saving: 'saved', waiting: '0', elements: together });
    expect(await ben.elements()).toEqual(await ana.elements());
    expect((await difference(await ana.ink(), await ben.ink())).count).toBe(0);
  });
});

describe('two people at one board, on one page', () => {
  let page: Page;
  const errors: string[] = [];

  beforeEach(async () => {
    boards += 1;
    page = await system.browser.newPage({ viewport: { width: 1200, height: 800 } });
    page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
    await page.goto(new URL(`/?board=two-${boards}`, system.playground.url).href);
    for (const name of ['ana', 'ben']) await page.waitForSelector(`${pane(name)}[data-connection="live"]`);
  });
  afterEach(async () => {
    await page.close();
    expect(errors).toEqual([]);
  });

  const pane = (name: string) => `.pane[data-person="${name}"]`;
  const size = (name: string) => page.evaluate((id) => window.inkwire[id]!.board.size, name);
  const cursorOf = (name: string) =>
    page.evaluate(
      (id) => window.inkwire[id]!.connection.presence.others(Date.now())[0]?.cursor ?? null,
      name,
    );

  it('lets Ana write a page by pen until she is stopped, and Ben watches pen and strokes', async () => {
    const button = page.locator(`${pane('ana')} [data-action="write"]`);
    await expect.poll(() => page.locator(`${pane('ben')} .welcome`).isVisible()).toBe(true);
    await button.click();
    await expect.poll(() => cursorOf('ben')).not.toBeNull();
    await expect.poll(() => size('ben')).toBeGreaterThan(3);
    expect(await button.textContent()).toBe('Stop');

    await button.click();
    await expect.poll(() => button.textContent()).toBe('Write a page');
    const written = await size('ana');
    await expect.poll(() => size('ben')).toBe(written);
    expect(
      await page.evaluate(() =>
        [...window.inkwire.ben!.board.elements()].every(({ author }) => author === 'ana'),
      ),
    ).toBe(true);
    await expect.poll(() => page.locator('.delay').textContent()).toMatch(/^pen to pen in \d+ ms$/);
  });

  it('takes the network from one of the two, and only from that one', async () => {
    const network = page.locator(`${pane('ana')} [data-action="network"]`);
    await network.setChecked(false, { force: true });
    await page.waitForSelector(`${pane('ana')}[data-connection="offline"]`);
    expect(await page.getAttribute(pane('ben'), 'data-connection')).toBe('live');
    await expect.poll(() => page.evaluate(() => window.inkwire.ben!.connection.status.participants)).toBe(1);

    await network.setChecked(true, { force: true });
    await page.waitForSelector(`${pane('ana')}[data-connection="live"]`);
    await expect.poll(() => page.evaluate(() => window.inkwire.ben!.connection.status.participants)).toBe(2);
  });

  it('opens the board of the name that is typed, and copies its link', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator('#board-name').fill('Plans for Thursday');
    await page.keyboard.press('Enter');
    await page.waitForURL(/board=Plans-for-Thursday$/);
    await page.waitForSelector(`${pane('ana')}[data-connection="live"]`);
    await page.locator('[data-action="copy"]').click();
    await expect.poll(() => page.locator('[data-action="copy"]').textContent()).toBe('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  });
});
