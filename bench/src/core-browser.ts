import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeSnapshot } from '@inkwire/core';
import { serveBuiltPage } from '@inkwire/test/browser/built-page';
import { launchBrowser } from '@inkwire/test/browser/launch';
import type { Browser } from 'playwright-core';
import * as Y from 'yjs';
import { boards, NESTED, SUITE } from './core-boards.js';
import type { Layout, Load } from './load-page/main.js';
import { median } from './measure.js';
import type { Report } from './report.js';

const ROUNDS = 5;

/** In a page of its own, so that no load finds the memory or the compiled code of another. */
const load = async (browser: Browser, url: string, layout: Layout): Promise<Load> => {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    await page.waitForFunction(() => 'loadPage' in window);
    const loaded = await page.evaluate((which) => window.loadPage.load(which), layout);
    if (loaded.found === 0) throw new Error('The board did not load.');
    return loaded;
  } finally {
    await page.close();
  }
};

const loadAll = async (snapshots: Readonly<Record<Layout, Uint8Array>>): Promise<Record<Layout, Load[]>> => {
  const server = await serveBuiltPage(new URL('../src/load-page/', import.meta.url));
  try {
    for (const [layout, snapshot] of Object.entries(snapshots)) {
      await writeFile(join(server.folder, `${layout}.bin`), snapshot);
    }
    const browser = await launchBrowser();
    try {
      const loads: Record<Layout, Load[]> = { board: [], nested: [] };
      for (let round = 0; round < ROUNDS; round += 1) {
        loads.board.push(await load(browser, server.url, 'board'));
        loads.nested.push(await load(browser, server.url, 'nested'));
      }
      return loads;
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
};

/** What loading a large board in a real browser takes, and for how long the page cannot do anything else. */
export const run = async (report: Report): Promise<void> => {
  const { ours, theirs } = boards(100_000, 60);
  const snapshots = { board: encodeSnapshot(ours), nested: Y.encodeStateAsUpdateV2(theirs) };
  const loads = await loadAll(snapshots);
  const name = 'load 100,000 strokes of 60 points in Chromium';
  const row = (metric: string, figure: (load: Load) => number): void => {
    const [mine, other] = [median(loads.board.map(figure)), median(loads.nested.map(figure))];
    const ratio = other / mine;
    report({ suite: SUITE, case: name, metric, unit: 'ms', ours: mine, peer: NESTED, theirs: other, ratio });
  };
  row('time, in pieces', ({ total }) => total);
  row('longest task', ({ longestTask, longTasks }) => Math.max(longestTask, ...longTasks));
  report({
    suite: SUITE,
    case: name,
    metric: 'tasks over 50 ms, in all rounds',
    unit: 'tasks',
    ours: loads.board.flatMap(({ longTasks }) => longTasks).length,
    peer: NESTED,
    theirs: loads.nested.flatMap(({ longTasks }) => longTasks).length,
  });
};
