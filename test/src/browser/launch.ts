import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { type BrowserProgram, hasPackagedChromium, packagedChromium } from './packaged-chromium.js';

/** How long anything may take in a browser before it is said to hang, ms: a busy machine is slow, not wrong. */
export const PATIENCE_MS = 120_000;

export const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser that crashes while it starts is started again: one in some hundred does on a busy machine. */
const MOST_STARTS = 3;

/** Starts a Chromium with an empty profile of its own; `browser.close()` ends it and removes the profile. */
export async function startChromium(args: readonly string[]): Promise<Browser> {
  const program = await findBrowser();
  for (let starts = 1; ; starts++) {
    try {
      return await chromium.launch({
        executablePath: program.path,
        args: [...args],
        env: { ...(process.env as Record<string, string>), ...program.env },
        timeout: PATIENCE_MS,
      });
    } catch (error) {
      if (starts === MOST_STARTS || !/process did exit: .*signal=SIG/.test(String(error))) throw error;
    }
  }
}

/** One per test file is enough: people who must not share storage get a context each. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await startChromium(flags);
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE_MS));
  return browser;
}

/** `CHROMIUM_PATH`, else a browser that is installed, else the one that comes with the npm package. */
export async function findBrowser(): Promise<BrowserProgram> {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (await isExecutable(chosen)) return { path: chosen, env: {} };
    throw new Error(`CHROMIUM_PATH is ${chosen}, which is no program that can be run.`);
  }
  for (const path of installedPaths()) if (await isExecutable(path)) return { path, env: {} };
  if (hasPackagedChromium()) return packagedChromium();
  throw new Error(
    `No Chromium was found for ${process.platform} on ${process.arch}. Install Chrome or Chromium, or say where one is with CHROMIUM_PATH.`,
  );
}

function installedPaths(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return roots.flatMap((root) => (root ? programs.map((program) => join(root, program)) : []));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
