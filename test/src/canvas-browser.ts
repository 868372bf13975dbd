import type { Browser, CDPSession, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll } from 'vitest';
import { type BuiltPage, serveBuiltPage } from './browser/built-page.js';
import { launchBrowser } from './browser/launch.js';
import type {} from './canvas-page/main.js';

/** No inline style, no inline script, nothing from elsewhere: what strict apps send. */
const STRICT_POLICY = "default-src 'self'; img-src 'self' data:";

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly pixelRatio?: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** One browser and one server for the tests of a file; every page is fresh. */
export function useCanvasPages(): { open(options?: PageOptions): Promise<CanvasTab> } {
  let browser: Browser;
  let server: BuiltPage;
  beforeAll(async () => {
    const page = serveBuiltPage(new URL('./canvas-page/', import.meta.url), {
      headers: { 'Content-Security-Policy': STRICT_POLICY },
    });
    [browser, server] = await Promise.all([launchBrowser(), page]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  return {
    async open({ width = 640, height = 480, pixelRatio = 1, colorScheme = 'light' } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        deviceScaleFactor: pixelRatio,
        colorScheme,
        hasTouch: true,
      });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      // The first listener has Chromium hand out its windows for choosing files, and that may come after a key
      // pressed at once: so it is there from the start.
      page.on('filechooser', () => undefined);
      await page.goto(server.url);
      await page.waitForFunction(() => 'canvasPage' in window);
      return { page, errors, devtools: await context.newCDPSession(page), close: () => context.close() };
    },
  };
}

export interface CanvasTab {
  readonly page: Page;
  /** What was thrown in the page. */
  readonly errors: string[];
  readonly devtools: CDPSession;
  close(): Promise<void>;
}

export type Path = readonly (readonly [x: number, y: number])[];

/** A line with bends, as a hand draws it: `count` points, wide and high as given. */
export function waveFrom(x: number, y: number, width = 240, height = 80, count = 40): Path {
  return Array.from({ length: count }, (_, i) => {
    const t = i / (count - 1);
    return [x + t * width, y + (height / 2) * (1 + Math.sin(t * 9) * (1 - t / 2))] as const;
  });
}

/** Moves the mouse along `path` with the primary button down, and lifts it unless told otherwise. */
export async function drawWithMouse({ page }: CanvasTab, path: Path, lift = true): Promise<void> {
  const [first, ...rest] = path;
  if (first === undefined) return;
  await page.mouse.move(...first);
  await page.mouse.down();
  // As fast as they can be sent: the browser gathers them into frames, as it does with a quick hand.
  await Promise.all(rest.map((point) => page.mouse.move(...point)));
  if (lift) await page.mouse.up();
}

/** What a pen measures besides where it is: pressure 0..1, tilt in degrees. */
export interface PenSample {
  readonly force: number;
  readonly tiltX?: number;
  readonly tiltY?: number;
}

const PEN = { button: 'left', clickCount: 1, pointerType: 'pen' } as const;

/** Moves a pen that touches along `path`, and lifts it unless told otherwise. */
export async function drawWithPen(
  tab: CanvasTab,
  path: Path,
  sample: (i: number) => PenSample,
  lift = true,
): Promise<void> {
  const moves = path.map(([x, y], i) => {
    const type = i === 0 ? 'mousePressed' : 'mouseMoved';
    return tab.devtools.send('Input.dispatchMouseEvent', { ...PEN, ...sample(i), type, x, y, buttons: 1 });
  });
  await Promise.all(moves);
  if (lift) await liftPen(tab, path.at(-1));
}

export async function liftPen({ devtools }: CanvasTab, [x, y]: Path[number] = [0, 0]): Promise<void> {
  await devtools.send('Input.dispatchMouseEvent', { ...PEN, type: 'mouseReleased', x, y, buttons: 0 });
}

/** The board's pixels once everything committed is painted. */
export async function committedPixels({ page }: CanvasTab): Promise<PNG> {
  await page.evaluate(() => window.canvasPage.view?.idle());
  return PNG.sync.read(await page.screenshot());
}

/** As `committedPixels`, in the density that devtools emulate, of which Playwright's own pictures know nothing. */
export async function emulatedPixels({ page, devtools }: CanvasTab): Promise<PNG> {
  await page.evaluate(() => window.canvasPage.view?.idle());
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'png' });
  return PNG.sync.read(Buffer.from(data, 'base64'));
}

/** The pixels on the screen once they stay as they are (live ink waits for its prediction to be withdrawn). */
export async function restingPixels({ page }: CanvasTab): Promise<PNG> {
  let last = await page.screenshot();
  for (;;) {
    await page.evaluate(() => window.canvasPage.frame());
    const next = await page.screenshot();
    if (next.equals(last)) return PNG.sync.read(next);
    last = next;
  }
}

/** Makes the screen compose everything anew: it looks elsewhere for a frame. */
export async function repaintAll({ page }: CanvasTab): Promise<void> {
  await page.evaluate(async () => {
    const { view, frame } = window.canvasPage;
    if (view === null) return;
    const { camera } = view;
    view.setCamera({ ...camera, x: camera.x + 100 });
    await frame();
    view.setCamera(camera);
    await frame();
  });
}

/** How far two pictures are apart: the largest difference of a channel, and how many pixels differ by more than `shade`. */
export function difference(a: PNG, b: PNG, shade = 0): { readonly largest: number; readonly pixels: number } {
  if (a.width !== b.width || a.height !== b.height) {
    return { largest: 255, pixels: Math.max(a.width * a.height, b.width * b.height) };
  }
  let largest = 0;
  let pixels = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    let distance = 0;
    for (let channel = 0; channel < 3; channel++) {
      distance = Math.max(distance, Math.abs((a.data[i + channel] ?? 0) - (b.data[i + channel] ?? 0)));
    }
    if (distance > shade) pixels++;
    largest = Math.max(largest, distance);
  }
  return { largest, pixels };
}

/** A part of a picture, as far as it has one there. */
export function cutOut(picture: PNG, left: number, top: number, width: number, height: number): PNG {
  const [x, y] = [Math.max(left, 0), Math.max(top, 0)];
  const part = new PNG({
    width: Math.min(left + width, picture.width) - x,
    height: Math.min(top + height, picture.height) - y,
  });
  PNG.bitblt(picture, part, x, y, part.width, part.height, 0, 0);
  return part;
}

/** How many pixels are clearly not paper (the top left pixel counts as paper). */
export function inkedPixels(picture: PNG): number {
  let inked = 0;
  for (let i = 0; i < picture.data.length; i += 4) {
    let distance = 0;
    for (let channel = 0; channel < 3; channel++) {
      distance += Math.abs((picture.data[i + channel] ?? 0) - (picture.data[channel] ?? 0));
    }
    if (distance > 90) inked++;
  }
  return inked;
}
