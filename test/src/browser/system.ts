import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Playground, startPlayground } from '@inkwire/playground';
import type { Browser } from 'playwright-core';
import { putEmptyDatabase } from '../server/empty-database.js';
import { launchBrowser } from './launch.js';

/** The whole of it: the three processes of `npm start` with a data folder of their own, and a browser. */
export interface System {
  readonly playground: Playground;
  readonly browser: Browser;
  stop(): Promise<void>;
}

export async function startSystem(): Promise<System> {
  const data = await mkdtemp(join(tmpdir(), 'inkwire-system-'));
  putEmptyDatabase(join(data, 'database'));
  const [playground, browser] = await Promise.all([
    startPlayground({
      data,
      onDeath: (name, reason) => console.error(`The ${name} ended ${reason}.`),
      onLine: (name, line) => console.error(`${name}: ${line}`),
    }),
    launchBrowser(),
  ]);
  return {
    playground,
    browser,
    async stop() {
      await browser.close();
      await playground.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
