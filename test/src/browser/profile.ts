import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type BrowserContext, chromium } from 'playwright-core';
import { findBrowser, flags, PATIENCE_MS } from './launch.js';

/** A Chromium whose profile outlives it. */
export interface ProfileBrowser {
  readonly context: BrowserContext;
  /** Ends the whole browser between two instructions, as a crash or a flat battery does. */
  kill(): Promise<void>;
}

/** Starts a Chromium on the profile in `folder`, which no other one may be using. */
export async function launchProfile(folder: string): Promise<ProfileBrowser> {
  const program = await findBrowser();
  const child = spawn(
    program.path,
    [...flags, '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'],
    { env: { ...process.env, ...program.env }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const gone = once(child, 'exit');
  let address = '';
  for await (const line of createInterface({ input: child.stderr })) {
    address = /DevTools listening on (ws:\S+)/.exec(line)?.[1] ?? '';
    if (address !== '') break;
  }
  child.stderr.resume();
  if (address === '') throw new Error(`${program.path} ended before it could be connected to.`);
  const browser = await chromium.connectOverCDP(address, { timeout: PATIENCE_MS });
  const [context] = browser.contexts();
  if (!context) throw new Error('The browser has no context for its profile.');
  context.setDefaultTimeout(PATIENCE_MS);
  return {
    context,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
      await browser.close().catch(() => {});
    },
  };
}
