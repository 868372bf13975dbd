import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serveBuiltPage } from '@inkwire/test/browser/built-page';
import { launchBrowser } from '@inkwire/test/browser/launch';
import type { Browser, Page } from 'playwright-core';
import { WebSocketServer } from 'ws';
import type { BoardRoom } from './board-room.js';
import type { Report } from './report.js';
import { pause } from './transport-drawing.js';
import type {} from './transport-page/main.js';
import type { PointerMoment } from './transport-page/screen.js';

const STROKES = 40;
/** A hand that writes makes two or three strokes a second. */
const STROKE_REST_MS = 200;
const LONG_STROKES = 3;
const POINTER_MS = 16;

/** How old what a pointer did is, ms: of all of them, the middle and the slowest twentieth. */
interface Ages {
  readonly p50: number;
  readonly p95: number;
}

interface Latencies {
  /** From the pointer being lifted to the stroke's end on the other screen. */
  readonly committed: Ages;
  /** From each place of a moving pointer to having it in the other page, ready to be painted. */
  readonly streamed: Ages;
  /** The same to the picture that shows it: with playback. */
  readonly played: Ages;
}

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

const agesOf = (values: readonly number[]): Ages => ({
  p50: quantile(values, 0.5),
  p95: quantile(values, 0.95),
});

/** What one client sends goes to the others as it is. */
const startRelay = async (): Promise<{ port: number; close(): void }> => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) =>
    socket.on('message', (data, binary) => {
      for (const other of server.clients) if (other !== socket) other.send(data, { binary });
    }),
  );
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
};

/** Ana's page and Ben's, each in a browser of their own as far as the pages can tell. */
const openPages = async (
  browser: Browser,
  url: string,
  settings: Readonly<Record<string, string>>,
): Promise<[Page, Page]> => {
  const open = async (user: string): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width: 1_000, height: 600 } })).newPage();
    await page.goto(`${url}?${new URLSearchParams({ ...settings, user })}`);
    return page;
  };
  const pages = await Promise.all([open('ana'), open('ben')]);
  await Promise.all(pages.map((page) => page.waitForFunction(() => 'transportPage' in window)));
  return pages;
};

/** Short strokes, each at a place of its own; how old the end of each is when it is on the other screen. */
const measureCommits = async (ana: Page, ben: Page): Promise<number[]> => {
  const ages: number[] = [];
  for (let count = 0; count < STROKES; count += 1) {
    const [x, y] = [40 + (count % 10) * 90, 40 + Math.floor(count / 10) * 100];
    const seen = ben.evaluate(([atX, atY]) => window.transportPage.seenAt(atX, atY), [x + 60, y] as const);
    await ana.mouse.move(x, y);
    await ana.mouse.down();
    for (let step = 1; step <= 3; step += 1) {
      await ana.mouse.move(x + step * 20, y);
      await pause(POINTER_MS);
    }
    // The end of the way belongs to the moment in which the pointer is lifted: nothing has told of it before.
    await Promise.all([ana.mouse.move(x + 90, y), ana.mouse.up()]);
    const seenAt = await seen;
    const up = await ana.evaluate(() => window.transportPage.ups.at(-1)?.at ?? Number.NaN);
    ages.push(seenAt - up);
    await pause(STROKE_REST_MS + Math.random() * STROKE_REST_MS);
  }
  return ages;
};

/** When each place of the pointer was first reached, by those who looked; unreached ones are left out. */
const agesAt = (moves: readonly PointerMoment[], looks: readonly PointerMoment[]): number[] =>
  moves.flatMap(({ x, at }) => {
    // A stroke's points are sent in sixteenths of a unit.
    const look = looks.find((moment) => moment.at >= at && moment.x >= x - 0.1);
    return look === undefined ? [] : [look.at - at];
  });

const measureStream = async (ana: Page, ben: Page): Promise<{ streamed: number[]; played: number[] }> => {
  const watching = await ben.evaluateHandle(() => window.transportPage.watch());
  const [streamed, played]: [number[], number[]] = [[], []];
  for (let stroke = 0; stroke < LONG_STROKES; stroke += 1) {
    const y = 560 + stroke * 10;
    await ana.mouse.move(20, y);
    await ana.mouse.down();
    await ana.evaluate(() => void window.transportPage.moves.splice(0));
    await watching.evaluate(({ arrivals, pictures }) => {
      arrivals.splice(0);
      pictures.splice(0);
    });
    let next = performance.now();
    for (let x = 24; x < 980; x += 4) {
      await ana.mouse.move(x, y);
      next += POINTER_MS;
      await pause(next - performance.now());
    }
    await pause(600);
    const moves = await ana.evaluate(() => window.transportPage.moves);
    const { arrivals, pictures } = await watching.jsonValue();
    await ana.mouse.up();
    await pause(300);
    streamed.push(...agesAt(moves, arrivals));
    played.push(...agesAt(moves, pictures));
  }
  return { streamed, played };
};

const measure = async (
  browser: Browser,
  url: string,
  settings: Readonly<Record<string, string>>,
): Promise<Latencies> => {
  const onPages = async <Found>(
    moves: string,
    work: (ana: Page, ben: Page) => Promise<Found>,
  ): Promise<Found> => {
    const [ana, ben] = await openPages(browser, url, { ...settings, moves });
    const found = await work(ana, ben);
    await Promise.all([ana.context().close(), ben.context().close()]);
    return found;
  };
  const committed = await onPages('kept', measureCommits);
  const { streamed, played } = await onPages('sent', measureStream);
  return { committed: agesOf(committed), streamed: agesOf(streamed), played: agesOf(played) };
};

/**
 * How old what one person's pointer does is when it is on another's screen, beside the floor of this machine in the same
 * run: a bare WebSocket that sends everything at once, painted by the next frame.
 */
export const measurePixels = async (report: Report, suite: string, room: BoardRoom): Promise<void> => {
  const relay = await startRelay();
  const server = await serveBuiltPage(new URL('../src/transport-page/', import.meta.url), {
    inkwire: room.address,
  });
  const browser = await launchBrowser();
  try {
    const floor = await measure(browser, server.url, { kind: 'bare', port: String(relay.port) });
    const ours = await measure(browser, server.url, {
      kind: 'inkwire',
      board: 'pixels',
      key: room.pusher.key,
      port: String(room.pusher.port),
    });
    for (const [name, which] of [
      ['a stroke committed, until painted', 'committed'],
      ['a pen moving, until it can be painted', 'streamed'],
      ['a pen moving, until painted', 'played'],
    ] as const)
      for (const metric of ['p50', 'p95'] as const)
        report({
          suite,
          case: name,
          metric,
          unit: 'ms',
          ours: ours[which][metric],
          peer: 'bare WebSocket',
          theirs: floor[which][metric],
          ratio: floor[which][metric] / ours[which][metric],
        });
  } finally {
    await browser.close();
    await server.close();
    relay.close();
  }
};
