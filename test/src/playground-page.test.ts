import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type System, startSystem } from './browser/system.js';

describe('the page with two people', () => {
  let system: System;
  let page: Page;
  let boards = 0;
  const errors: string[] = [];

  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system?.stop());
  beforeEach(async () => {
    boards += 1;
    page = await system.browser.newPage({ viewport: { width: 1200, height: 800 } });
    page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
    await page.goto(new URL(`/?board=pair-${boards}`, system.playground.url).href);
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
    await expect.poll(() => size('ben'), { timeout: 20_000 }).toBeGreaterThan(3);
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
