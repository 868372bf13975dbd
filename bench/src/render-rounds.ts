import type { BuiltPage } from '@inkwire/test/browser/built-page';
import { median } from './measure.js';
import { openTab, PageCrash, type RenderTab, VIEWPORT } from './render-browser.js';
import type { Frames, Name, Place } from './render-page/main.js';
import { PAGE, type Page } from './render-strokes.js';

export const NAMES = ['inkwire', 'excalidraw'] as const satisfies readonly Name[];

/** What is measured of each contender, in the units of the table. */
export type Figures = Record<Name, Map<string, number[]>>;

/** Counted as a figure: that a page of a contender crashed, and what it should have measured is missing. */
export const CRASHES = 'crashes';

/** A viewport of the page's middle at full size. */
const middleOf = ({ width, height }: Page): Place => ({
  x: (width - VIEWPORT.width) / 2,
  y: (height - VIEWPORT.height) / 2,
  zoom: 1,
});

/** All of the page, and a viewport of it at full size. */
export const PLACES = {
  whole: { x: 0, y: 0, zoom: 0.1 },
  near: middleOf(PAGE),
} as const satisfies Record<string, Place>;

/** How much is measured. */
export interface Effort {
  readonly rounds: number;
  readonly frames: number;
  /** A run of frames ends after this (ms) when a contender is slow. */
  readonly limit: number;
}

const note = (figures: Figures, name: Name, key: string, value: number | null): void => {
  if (value === null) return;
  const list = figures[name].get(key) ?? [];
  list.push(value);
  figures[name].set(key, list);
};

const mean = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0) / times.length;

const meanOf = ({ times }: Frames): number => mean(times);

/** A machine that is busy with something else copies a canvas slower than this (ms), */
const SLOWEST_BLIT = 3;
/** and one that changes its speed by the second, slower than the fastest copies of a run by this factor. */
const MOST_TIMES_LEAST = 1.5;
/** A browser that held gigabytes was closed before: giving them back takes the system a while (ms). */
const REST = 1_000;
/** Then a turn begins, however slow the machine is: what a copy took is in the table. */
const MOST_RESTS = 6;

/** Opens tabs for what is measured with the frame limiter off, at moments when the machine is as fast as it can be. */
export interface QuietTabs {
  open(): Promise<RenderTab>;
  /** What bare copies took (ms), each just before something else was measured. */
  readonly blits: readonly number[];
}

export const quietTabs = (server: BuiltPage): QuietTabs => {
  const blits: number[] = [];
  let least = Number.POSITIVE_INFINITY;

  /** Whoever is measured, they begin after the same rest, and wait as long for a bare copy that is fast enough. */
  const settle = async (tab: RenderTab): Promise<void> => {
    for (let rests = 1; ; rests += 1) {
      await new Promise((resolve) => setTimeout(resolve, REST));
      const time = meanOf(await tab.ask('blit', 60));
      least = Math.min(least, time);
      if (time > Math.min(SLOWEST_BLIT, MOST_TIMES_LEAST * least) && rests < MOST_RESTS) continue;
      blits.push(time);
      return;
    }
  };

  return {
    blits,
    async open() {
      const tab = await openTab(server.url, { limited: false });
      try {
        await settle(tab);
        return tab;
      } catch (error) {
        await tab.close();
        throw error;
      }
    },
  };
};

/** The others' figures are worth having without those of a page that crashed. Ours may not. */
const unlessItCrashes = async (figures: Figures, name: Name, turn: () => Promise<void>): Promise<void> => {
  try {
    await turn();
  } catch (error) {
    if (name === 'inkwire' || !(error instanceof PageCrash)) throw error;
    note(figures, name, CRASHES, 1);
  }
};

/** Frames of one kind, by wall and by processor time. */
const measure = async (
  figures: Figures,
  name: Name,
  key: string,
  tab: RenderTab,
  frames: () => Promise<Frames>,
): Promise<void> => {
  const before = await tab.processorTime();
  const run = await frames();
  const processor = (await tab.processorTime()) - before;
  note(figures, name, key, meanOf(run));
  note(figures, name, `${key}, CPU`, (processor * 1_000) / run.times.length);
};

/** Opens the board anew, so that nothing is known of it. */
const openAt = async (
  tabs: QuietTabs,
  figures: Figures,
  name: Name,
  place: keyof typeof PLACES,
): Promise<RenderTab> => {
  const tab = await tabs.open();
  try {
    await openBoard(figures, name, tab, place);
    return tab;
  } catch (error) {
    await tab.close();
    throw error;
  }
};

const openBoard = async (
  figures: Figures,
  name: Name,
  tab: RenderTab,
  place: keyof typeof PLACES,
): Promise<void> => {
  note(figures, name, `open ${place}`, await tab.ask('open', name, `${name}-board`, PLACES[place]));
  note(figures, name, `memory ${place}`, await tab.memory());
  if (!(await tab.ask('showsInk'))) throw new Error(`${name} shows nothing.`);
};

const nearTurn = async (tabs: QuietTabs, effort: Effort, figures: Figures, name: Name): Promise<void> => {
  const { frames, limit } = effort;
  const tab = await openAt(tabs, figures, name, 'near');
  try {
    await tab.ask('look', PLACES.near);
    // The first lap shows everything once.
    await tab.ask('pan', 130, limit);
    await measure(figures, name, 'pan near', tab, () => tab.ask('pan', frames, limit));
    await measure(figures, name, 'zoom', tab, () => tab.ask('zoom', frames, limit));
    await tab.ask('look', PLACES.near);
    note(figures, name, 'hover', median(await tab.ask('hover', 100, limit)));
    await measure(figures, name, 'remote', tab, () => tab.ask('remote', `${name}-moves`, 60, limit));
    const { times } = await tab.ask('draw', 1_500, 10 * limit);
    // Means: React leaves out the painting of some frames and does it in the next one.
    note(figures, name, 'live first', mean(times.slice(0, 100)));
    note(figures, name, 'live last', mean(times.slice(-100)));
  } finally {
    await tab.close();
  }
};

const wholeTurn = async (tabs: QuietTabs, effort: Effort, figures: Figures, name: Name): Promise<void> => {
  const { frames, limit } = effort;
  const tab = await openAt(tabs, figures, name, 'whole');
  try {
    await tab.ask('pan', 10, limit);
    await measure(figures, name, 'pan whole', tab, () => tab.ask('pan', frames, limit));
  } finally {
    await tab.close();
  }
};

/** Openings of the whole board in a round: each happens only once to a page. */
const OPENINGS = 2;

/**
 * Every row that is measured with the frame limiter off. Contenders take turns, and who is first changes; only one
 * browser is open at a time, since without the limiter none is ever quite idle.
 */
export const unlimited = async (tabs: QuietTabs, effort: Effort): Promise<Figures> => {
  const figures: Figures = { inkwire: new Map(), excalidraw: new Map() };
  const before = tabs.blits.length;
  for (let round = 0; round < effort.rounds; round += 1) {
    const inTurn = round % 2 === 0 ? NAMES : [...NAMES].reverse();
    // The last one is that of the page on which frames are measured.
    for (let opening = 1; opening < OPENINGS; opening += 1)
      for (const name of inTurn)
        await unlessItCrashes(figures, name, async () =>
          (await openAt(tabs, figures, name, 'whole')).close(),
        );
    for (const name of inTurn) {
      await unlessItCrashes(figures, name, () => nearTurn(tabs, effort, figures, name));
      await unlessItCrashes(figures, name, () => wholeTurn(tabs, effort, figures, name));
    }
  }
  figures.inkwire.set('blit', tabs.blits.slice(before));
  return figures;
};

/** Points of a stroke that is drawn before: a page that just opened has not compiled its scripts yet. */
const WARM_UP = 600;

/** One page says little, and so does one stroke: what else the machine does meets a hundred events of it, or does not. */
const LONG_STROKE_PAGES = 3;
const LONG_STROKES = 40;
/** Events that are timed, and those of a stroke before them. */
const TIMED = 100;
const LONG = 4_900;
const SHORT = 50;

/**
 * How many times what a hundredth event costs, the last event of a stroke of 5,000 points does. What an event costs
 * depends on where it is (on how many tiles meet there, say), and a machine is faster now and slower then for some
 * tenths of a second: so each long stroke is compared with a short one that follows the last of its way, right after it.
 */
export const longStroke = async (tabs: QuietTabs, figures: Figures): Promise<void> => {
  for (let page = 0; page < LONG_STROKE_PAGES; page += 1) {
    const tab = await tabs.open();
    try {
      await tab.ask('open', 'inkwire', 'inkwire-board', PLACES.near);
      await tab.ask('look', PLACES.near);
      await tab.ask('draw', WARM_UP, 60_000);
      for (let stroke = 0; stroke < LONG_STROKES; stroke += 1)
        note(figures, 'inkwire', 'long stroke', (await endOf(tab, LONG)) / (await endOf(tab, SHORT)));
    } finally {
      await tab.close();
    }
  }
};

/** What events cost after so many of the same stroke. */
const endOf = async (tab: RenderTab, before: number): Promise<number> => {
  await tab.ask('beginStroke', before);
  // What so many events at once leave behind is not for those to clear away that follow.
  await tab.collect();
  return meanOf(await tab.ask('endStroke', TIMED));
};

/** What a frame costs in which somebody else moved an element (ms), on our board as it is stored, a page of that size. */
export const remoteMove = async (tabs: QuietTabs, page: Page): Promise<number> => {
  const tab = await tabs.open();
  try {
    await tab.ask('open', 'inkwire', 'inkwire-board', middleOf(page));
    await tab.ask('look', middleOf(page));
    const { times } = await tab.ask('remote', 'inkwire-moves', 120, 5_000);
    // The first half is for the page to have compiled its scripts.
    return mean(times.slice(60));
  } finally {
    await tab.close();
  }
};

/** Pixels a frame. */
const FRESH_STEP = 24;
const FRESH_FRAMES = 300;
/** Milliseconds from frame to frame of the screen. */
const INTERVAL = 1_000 / 60;

/** Scrolling over what was never seen, at the screen's rate. */
export const limited = async (server: BuiltPage, figures: Figures): Promise<void> => {
  for (const name of NAMES)
    await unlessItCrashes(figures, name, async () => {
      const tab = await openTab(server.url, { limited: true });
      try {
        await scrollAndRest(figures, name, tab);
      } finally {
        await tab.close();
      }
    });
};

const scrollAndRest = async (figures: Figures, name: Name, tab: RenderTab): Promise<void> => {
  const place = { ...PLACES.near, x: 200 };
  await tab.ask('open', name, `${name}-board`, place);
  await tab.ask('look', place);
  const { intervals, incomplete } = await tab.ask('fresh', FRESH_FRAMES, FRESH_STEP);
  const sorted = [...intervals].sort((a, b) => a - b);
  note(figures, name, 'fresh p95', (sorted[Math.floor(sorted.length * 0.95)] ?? 0) / INTERVAL);
  note(figures, name, 'fresh incomplete', incomplete);
  if (name === 'inkwire') note(figures, name, 'idle', await tab.ask('idle', 5_000));
};
