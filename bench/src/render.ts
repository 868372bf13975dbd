import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuiltPage, serveBuiltPage } from '@inkwire/test/browser/built-page';
import { median } from './measure.js';
import type { Name } from './render-page/main.js';
import {
  CRASHES,
  type Effort,
  type Figures,
  limited,
  longStroke,
  NAMES,
  type QuietTabs,
  quietTabs,
  remoteMove,
  unlimited,
} from './render-rounds.js';
import { PAGE, type StoredBoards, storedBoards } from './render-strokes.js';
import type { Report } from './report.js';

const SUITE = 'render';
const PEER = 'Excalidraw 0.18';

/** What is asked of `npm run bench -- render`. */
export interface RenderOptions {
  /** Strokes on the board; default 1,000, 10,000 and 50,000. */
  readonly sizes?: readonly number[];
  readonly quick?: boolean;
}

interface Row {
  readonly key: string;
  readonly metric: string;
  readonly unit: string;
  /** The least ratio that is good enough, by the number of strokes. */
  readonly ratios?: Readonly<Record<number, number>>;
  /** The most that ours may be, in `unit`. */
  readonly most?: number;
}

const ROWS: readonly Row[] = [
  { key: 'blit', metric: 'bare copy of the canvas', unit: 'ms' },
  { key: 'open near', metric: 'open, near', unit: 'ms' },
  { key: 'open whole', metric: 'open, whole board', unit: 'ms', ratios: { 10000: 20, 50000: 35 } },
  { key: 'pan near', metric: 'pan a frame, near', unit: 'ms', ratios: { 10000: 3.3, 50000: 8 } },
  { key: 'pan near, CPU', metric: 'pan a frame, near: processor', unit: 'ms' },
  { key: 'pan whole', metric: 'pan a frame, whole board', unit: 'ms', ratios: { 10000: 40, 50000: 250 } },
  { key: 'pan whole, CPU', metric: 'pan a frame, whole board: processor', unit: 'ms' },
  { key: 'zoom', metric: 'zoom a frame', unit: 'ms', ratios: { 10000: 3.5, 50000: 3.5 } },
  { key: 'hover', metric: 'hover, an event', unit: 'ms', ratios: { 10000: 40, 50000: 40 } },
  { key: 'remote', metric: 'a remote element moves, a frame', unit: 'ms', ratios: { 10000: 7, 50000: 7 } },
  { key: 'live first', metric: 'live stroke, an event: first 100 points', unit: 'ms' },
  {
    key: 'live last',
    metric: 'live stroke, an event: points 1,400 to 1,500',
    unit: 'ms',
    ratios: { 10000: 3.5, 50000: 3.5 },
  },
  { key: 'memory near', metric: 'memory, near', unit: 'MB' },
  {
    key: 'memory whole',
    metric: 'memory, whole board',
    unit: 'MB',
    ratios: { 10000: 1 / 0.3, 50000: 1 / 0.2 },
  },
  { key: 'fresh p95', metric: 'fresh content, 24 px a frame: p95', unit: 'intervals', most: 1.05 },
  { key: 'fresh incomplete', metric: 'fresh content: incomplete of 300 frames', unit: 'frames', most: 0 },
  {
    key: 'long stroke',
    metric: 'a stroke of 5,000 points: its last event, in 100th events',
    unit: 'events',
    most: 1.2,
  },
  { key: 'idle', metric: 'frames asked for in 5 idle seconds', unit: 'frames', most: 0 },
];

const effortFor = (size: number, quick: boolean): Effort => {
  if (quick) return { rounds: 1, frames: 60, limit: 1_500 };
  return { rounds: size > 20_000 ? 3 : 5, frames: 120, limit: 3_000 };
};

const tell = (report: Report, size: number, figures: Figures): void => {
  const name = `${size.toLocaleString('en')} strokes`;
  const figure = (contender: keyof Figures, key: string): number | undefined => {
    const values = figures[contender].get(key);
    return values === undefined ? undefined : median(values);
  };
  const crashed = figures.excalidraw.has(CRASHES);
  for (const { key, metric, unit, ratios, most } of ROWS) {
    const [ours, theirs] = [figure('inkwire', key), figure('excalidraw', key)];
    if (ours === undefined) continue;
    const least = ratios?.[size];
    report({
      suite: SUITE,
      case: name,
      metric,
      unit,
      ours,
      ...(theirs !== undefined && { peer: PEER, theirs, ...(theirs + ours > 0 && { ratio: theirs / ours }) }),
      ...(theirs === undefined && ratios !== undefined && crashed && { peer: `${PEER}: its page crashed` }),
      ...(least !== undefined && { needed: { ratio: least } }),
      ...(most !== undefined && { needed: { ours: most } }),
    });
  }
};

const store = async (server: BuiltPage, name: Name, stored: StoredBoards): Promise<void> => {
  await writeFile(join(server.folder, `${name}-board`), stored[name].board);
  await writeFile(join(server.folder, `${name}-moves`), stored[name].moves);
};

const GROWTH_ROUNDS = 3;

/**
 * How much more a change by somebody else costs on the largest board than on the smallest: where as many strokes lie
 * beneath it, which is what the board's size alone costs, and where all of them share the page of the smallest.
 */
const tellGrowth = async (
  report: Report,
  server: BuiltPage,
  tabs: QuietTabs,
  sizes: readonly number[],
): Promise<void> => {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (least === most) return;
  const stretch = Math.sqrt(most / least);
  const wide = { width: PAGE.width * stretch, height: PAGE.height * stretch };
  const boards = [
    { page: PAGE, stored: storedBoards(least), times: [] as number[] },
    { page: wide, stored: storedBoards(most, wide), times: [] as number[] },
    { page: PAGE, stored: storedBoards(most), times: [] as number[] },
  ] as const;
  for (let round = 0; round < GROWTH_ROUNDS; round += 1)
    for (const { page, stored, times } of boards) {
      await store(server, 'inkwire', stored);
      times.push(await remoteMove(tabs, page));
    }
  const [small, sparse, dense] = boards.map(({ times }) => median(times)) as [number, number, number];
  const tellOne = (metric: string, ours: number, needed?: number): void =>
    report({
      suite: SUITE,
      case: `${least.toLocaleString('en')} → ${most.toLocaleString('en')} strokes`,
      metric: `a remote element moves: growth, ${metric}`,
      unit: 'times',
      ours,
      ...(needed !== undefined && { needed: { ours: needed } }),
    });
  tellOne('as many beneath it', sparse / small, 1.3);
  tellOne(`${most / least} times as many beneath it`, dense / small);
};

/** Drawing beside Excalidraw, in one Chromium, on the same strokes. */
export const run = async (report: Report, options: RenderOptions = {}): Promise<void> => {
  const { sizes = [1_000, 10_000, 50_000], quick = false } = options;
  const server = await serveBuiltPage(new URL('../src/render-page/', import.meta.url));
  const tabs = quietTabs(server);
  try {
    for (const size of sizes) {
      const stored = storedBoards(size);
      for (const name of NAMES) await store(server, name, stored);
      const figures = await unlimited(tabs, effortFor(size, quick));
      await limited(server, figures);
      await longStroke(tabs, figures);
      tell(report, size, figures);
    }
    await tellGrowth(report, server, tabs, sizes);
  } finally {
    await server.close();
  }
};
