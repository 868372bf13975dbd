import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser, launchBrowser } from './launch.js';

describe('launchBrowser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  it('is a real Chromium that paints and measures text', async () => {
    const page = await browser.newPage({ viewport: { width: 300, height: 200 }, deviceScaleFactor: 2 });
    await page.setContent(
      '<body style="margin:0;background:#fff"><span style="font:40px sans-serif">Ink</span></body>',
    );
    const width = await page.locator('span').evaluate((span) => span.getBoundingClientRect().width);
    expect(width).toBeGreaterThan(30);
    expect(await page.evaluate(() => navigator.userAgent)).toMatch(/Chrome\/\d+/);
    expect((await page.screenshot()).subarray(1, 4).toString()).toBe('PNG');
    await page.close();
  });

  it('gives people in two contexts storage of their own', async () => {
    const [ana, ben] = [await browser.newContext(), await browser.newContext()];
    await ana.addCookies([{ name: 'person', value: 'ana', url: 'http://127.0.0.1' }]);
    expect(await ana.cookies()).toHaveLength(1);
    expect(await ben.cookies()).toHaveLength(0);
    await Promise.all([ana.close(), ben.close()]);
  });
});

describe('findBrowser', () => {
  it('refuses a CHROMIUM_PATH that is no program, and names it', async () => {
    const before = process.env.CHROMIUM_PATH;
    process.env.CHROMIUM_PATH = '/nowhere/chromium';
    try {
      await expect(findBrowser()).rejects.toThrow(/CHROMIUM_PATH is \/nowhere\/chromium/);
    } finally {
      if (before === undefined) delete process.env.CHROMIUM_PATH;
      else process.env.CHROMIUM_PATH = before;
    }
  });
});
