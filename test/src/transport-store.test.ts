import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser/launch.js';
import { launchProfile } from './browser/profile.js';
import { startTransportSystem, type TransportSystem } from './transport-system.js';
import { openTab } from './transport-tab.js';

let system: TransportSystem;
let browser: Browser;
let context: BrowserContext;
let count = 0;
let board = '';

beforeAll(async () => {
  [system, browser] = await Promise.all([startTransportSystem(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});
beforeEach(async () => {
  count += 1;
  board = `stored-${count}`;
  context = await browser.newContext();
});
afterEach(() => context.close());

const SAVED = { saving: 'saved', waiting: 0, level: true } as const;

/** Whoever was never here before sees what the server has. */
const stored = async (): Promise<string[]> => {
  const fresh = await browser.newContext();
  const ben = await openTab(fresh, system, 'ben', [board]);
  await ben.reaches(board, SAVED);
  const elements = await ben.elements(board);
  await fresh.close();
  return elements.sort();
};

describe('the store in a browser', () => {
  it('F3, F7: a reload while offline keeps the board and unsaved work, and saves it on return', async () => {
    const ana = await openTab(context, system, 'ana', [board]);
    await ana.reaches(board, { ...SAVED, connection: 'live', durable: true });
    const saved = await ana.draw(board);
    await ana.reaches(board, SAVED);
    await system.goOffline();
    try {
      const unsaved = [await ana.draw(board), await ana.draw(board)];
      await ana.page.reload();
      await ana.page.waitForFunction(() => 'transportPage' in window);
      for (const element of [saved, ...unsaved]) await ana.has(board, element);
      await ana.reaches(board, { waiting: 2 });
      unsaved.push(await ana.draw(board));
      await system.goOnline();
      await ana.reaches(board, SAVED);
      expect(await stored()).toEqual([saved, ...unsaved].sort());
      expect(await ana.errors()).toEqual([]);
    } finally {
      await system.goOnline().catch(() => {});
    }
  });

  it('F5: the next tab hands in what a crashed one could not', async () => {
    const ana = await openTab(context, system, 'ana', [board]);
    await ana.reaches(board, { ...SAVED, connection: 'live' });
    await system.goOffline();
    const unsaved = [await ana.draw(board), await ana.draw(board)];
    await ana.reaches(board, { waiting: 2 });
    await ana.keeps(unsaved.length);
    const crashed = new Promise((resolve) => ana.page.once('crash', resolve));
    void ana.page.goto('chrome://crash').catch(() => {});
    await crashed;
    await system.goOnline();
    const heir = await openTab(context, system, 'ana', [board]);
    for (const element of unsaved) await heir.has(board, element);
    await heir.reaches(board, { ...SAVED, connection: 'live' });
    expect((await heir.elements(board)).sort()).toEqual(unsaved.sort());
    // Adopting takes the dead tab's lock first, so the server may hear of it a moment later.
    await expect.poll(stored).toEqual(unsaved.sort());
  });

  it('F5: what was drawn before the whole browser was killed is saved when it is opened again', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'inkwire-profile-'));
    try {
      const first = await launchProfile(profile);
      const ana = await openTab(first.context, system, 'ana', [board]);
      await ana.reaches(board, { ...SAVED, connection: 'live' });
      await system.goOffline();
      const unsaved = [await ana.draw(board), await ana.draw(board), await ana.draw(board)];
      await ana.keeps(unsaved.length);
      await first.kill();
      await system.goOnline();
      const second = await launchProfile(profile);
      const again = await openTab(second.context, system, 'ana', [board]);
      await again.reaches(board, { ...SAVED, connection: 'live' });
      expect(await stored()).toEqual(unsaved.sort());
      await second.kill();
    } finally {
      await rm(profile, { recursive: true, force: true });
    }
  });

  it('a full storage: drawing and saving go on, and the status says that nothing is kept', async () => {
    const ana = await openTab(context, system, 'ana', [board]);
    await ana.reaches(board, { ...SAVED, connection: 'live', durable: true });
    const session = await context.newCDPSession(ana.page);
    await session.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(ana.page.url()).origin,
      quotaSize: 1,
    });
    const drawn = [await ana.draw(board), await ana.draw(board)];
    await ana.reaches(board, { ...SAVED, durable: false });
    expect(await ana.errors()).toEqual(['storage_full']);
    expect(await stored()).toEqual(drawn.sort());
  });

  it('storage that the browser takes away: drawing and saving go on, and the status says that nothing is kept', async () => {
    const ana = await openTab(context, system, 'ana', [board]);
    await ana.reaches(board, { ...SAVED, connection: 'live', durable: true });
    const drawn = [await ana.draw(board)];
    await ana.reaches(board, SAVED);
    const session = await context.newCDPSession(ana.page);
    const { origin } = new URL(ana.page.url());
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    await ana.reaches(board, { durable: false });
    drawn.push(await ana.draw(board));
    await ana.reaches(board, { ...SAVED, durable: false });
    expect(await ana.errors()).toEqual(['storage_lost']);
    expect(await stored()).toEqual(drawn.sort());
  });

  it('destroy() leaves no lock behind, and no database open', async () => {
    const ana = await openTab(context, system, 'ana', [board]);
    await ana.reaches(board, { ...SAVED, connection: 'live' });
    await ana.draw(board);
    const left = await ana.page.evaluate(async (id) => {
      await window.transportPage.boards[id]!.connection.destroy();
      const { held = [], pending = [] } = await navigator.locks.query();
      const blocked: string[] = [];
      for (const { name = '' } of await indexedDB.databases())
        await new Promise<void>((resolve) => {
          const deleting = indexedDB.deleteDatabase(name);
          deleting.onblocked = () => blocked.push(name);
          deleting.onsuccess = () => resolve();
        });
      return { locks: [...held, ...pending].map(({ name }) => name), blocked };
    }, board);
    expect(left).toEqual({ locks: [], blocked: [] });
  });
});
