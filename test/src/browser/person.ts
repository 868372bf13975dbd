import { setTimeout as delay } from 'node:timers/promises';
import type {} from '@inkwire/playground/window';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PATIENCE_MS } from './launch.js';

export interface PersonOptions {
  readonly id: string;
  readonly board: string;
  readonly width?: number;
  readonly height?: number;
  readonly pixelRatio?: number;
  /** The status to wait for; default: live. */
  readonly reaches?: Readonly<Record<string, string>>;
  /** Called before the page is opened. */
  readonly prepare?: (context: BrowserContext) => Promise<void>;
}

/** How often a status is looked at. */
const LOOK_MS = 50;

/** Somebody in a browser of their own, alone at one board of the playground. */
export interface Person {
  readonly id: string;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors that nobody caught, and how often the page was loaded. */
  readonly incidents: { readonly errors: readonly string[]; readonly loads: number };
  /** A status of the pane, such as `connection` or `waiting`. */
  status(name: string): Promise<string | null>;
  /** Waits until the status is what it should be; throws after two minutes, and says what it is instead. */
  reaches(expected: Readonly<Record<string, string>>): Promise<void>;
  /** How many elements are on the board. */
  size(): Promise<number>;
  /** Every element with all that it is made of, in paint order. */
  elements(): Promise<string[]>;
  /** The board as it is painted, once everything committed is painted and nobody's stroke is under way. */
  ink(): Promise<Buffer>;
  close(): Promise<void>;
}

/** Opens the page and resolves when it is as it should be. */
export async function openPerson(browser: Browser, url: string, options: PersonOptions): Promise<Person> {
  const { id, board, width = 1000, height = 720, pixelRatio = 1 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: pixelRatio,
    colorScheme: 'light',
  });
  await options.prepare?.(context);
  const page = await context.newPage();
  const incidents = { errors: [] as string[], loads: 0 };
  page.on('pageerror', (error) => incidents.errors.push(String(error.stack ?? error)));
  page.on('load', () => {
    incidents.loads += 1;
  });
  await page.goto(new URL(`/?person=${id}&board=${board}`, url).href);
  await page.waitForFunction(() => 'inkwire' in window);
  const pane = page.locator(`.pane[data-person="${id}"]`);
  const status = (name: string) => pane.getAttribute(`data-${name}`);

  const person: Person = {
    id,
    page,
    context,
    incidents,
    status,
    async reaches(expected) {
      const deadline = performance.now() + PATIENCE_MS;
      const names = Object.keys(expected);
      for (;;) {
        const found = await Promise.all(names.map(status));
        if (names.every((name, i) => found[i] === expected[name])) return;
        if (performance.now() > deadline) {
          const is = names.map((name, i) => `${name}: ${found[i]}, not ${expected[name]}`);
          throw new Error(`${id}'s status is still ${is.join('; ')}.`);
        }
        await delay(LOOK_MS);
      }
    },
    size: () => page.evaluate((name) => window.inkwire[name]!.board.size, id),
    elements: () =>
      page.evaluate((name) => {
        const readable = (_: string, value: unknown) =>
          value instanceof Uint8Array ? [...value].join() : value;
        return [...window.inkwire[name]!.board.elements()].map((element) =>
          JSON.stringify(element, readable),
        );
      }, id),
    async ink() {
      const picture = await page.evaluate(async (name) => {
        const { connection, view } = window.inkwire[name]!;
        const drawing = () =>
          connection.presence.others(Date.now()).some((other) => other.liveInk.length > 0);
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        while (drawing()) await frame();
        await view.idle();
        return view.element.querySelector('canvas')!.toDataURL('image/png');
      }, id);
      return Buffer.from(picture.slice(picture.indexOf(',') + 1), 'base64');
    },
    close: () => context.close(),
  };
  await person.reaches(options.reaches ?? { connection: 'live' });
  return person;
}
