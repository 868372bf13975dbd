import { readFile } from 'node:fs/promises';
import { flags, startChromium } from '@inkwire/test/browser/launch';
import type { CDPSession } from 'playwright-core';
import type { RenderPage } from './render-page/main.js';

/** The viewport of every page, in CSS pixels. */
export const VIEWPORT = { width: 1_280, height: 800 };

/** Frames follow each other as fast as they are ready. */
const NO_LIMIT = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];
/** A page may hold gigabytes. */
const ROOM = ['--js-flags=--max-old-space-size=8192'];

/** A page ended by itself: for want of memory, most likely. */
export class PageCrash extends Error {}

/** A page in a browser of its own: pages of one browser wait for each other's frames. */
export interface RenderTab {
  /** Calls the page's `name`. Rejects with {@link PageCrash} if the page crashes, and waits as long as it takes. */
  ask<Name extends keyof RenderPage>(
    name: Name,
    ...parameters: Parameters<RenderPage[Name]>
  ): Promise<Awaited<ReturnType<RenderPage[Name]>>>;
  /** Lets the page collect its garbage. */
  collect(): Promise<void>;
  /** What the page holds after a collection, in MB (proportional set size); null where the system does not tell. */
  memory(): Promise<number | null>;
  /** Seconds of processor time that the browser has used so far, all its processes together. */
  processorTime(): Promise<number>;
  close(): Promise<void>;
}

/** @param limited whether frames keep to the screen's rate. */
export const openTab = async (
  url: string,
  { limited }: { readonly limited: boolean },
): Promise<RenderTab> => {
  const browser = await startChromium([...flags, ...ROOM, ...(limited ? [] : NO_LIMIT)]);
  const page = await browser.newPage({ viewport: VIEWPORT });
  let crashed = false;
  page.on('crash', () => {
    crashed = true;
  });
  /** Whatever cannot be done on a page that crashed fails because of that. */
  const unlessCrashed = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw crashed ? new PageCrash('The page crashed.', { cause: error }) : error;
    });
  await page.goto(url);
  await page.waitForFunction(() => 'renderPage' in window);
  const system = await browser.newBrowserCDPSession();
  const devtools = await page.context().newCDPSession(page);
  const processes = async () => (await system.send('SystemInfo.getProcessInfo')).processInfo;
  return {
    ask: (name, ...parameters) =>
      unlessCrashed(
        page.evaluate(
          ([method, list]) =>
            (window.renderPage[method as typeof name] as (...all: unknown[]) => unknown)(
              ...(list as unknown[]),
            ),
          [name, parameters] as const,
        ) as Promise<Awaited<ReturnType<RenderPage[typeof name]>>>,
      ),
    collect: () => unlessCrashed(collect(devtools)),
    async memory() {
      const renderers = (await processes()).filter(({ type }) => type === 'renderer');
      const ids = renderers.map(({ id }) => id);
      return unlessCrashed(memoryOf(devtools, ids));
    },
    processorTime: async () => (await processes()).reduce((sum, { cpuTime }) => sum + cpuTime, 0),
    close: () => browser.close(),
  };
};

const collect = async (devtools: CDPSession): Promise<void> => {
  await devtools.send('HeapProfiler.enable');
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
};

/** Linux alone tells how much of what processes share each of them answers for. */
const memoryOf = async (devtools: CDPSession, processes: readonly number[]): Promise<number | null> => {
  await collect(devtools);
  let kilobytes = 0;
  for (const id of processes) {
    const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => null);
    const found = text === null ? null : /^Pss:\s+(\d+) kB/m.exec(text);
    if (!found) return null;
    kilobytes += Number(found[1]);
  }
  return kilobytes / 1_000;
};
