import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type TimedStroke, writePage } from '@inkwire/playground/handwriting';

/** Ink for a pen to draw, in px from (0, 0). Times (ms) run on from stroke to stroke. */
export interface Ink {
  readonly strokes: readonly TimedStroke[];
  /** Whose hand it is, for the test's output. */
  readonly source: string;
}

export interface Sheet {
  readonly width: number;
  readonly height: number;
}

/** Ink that people drew. It is not part of the project; without it, the playground's generator writes. */
const folder = new URL('../../../../shared/data/ink/', import.meta.url);
export const hasRealInk = existsSync(folder);

/** Between one stroke and the next, where the recording says nothing. */
const pauseMs = 120;
/** Between two points of a drawing that was recorded without times: a tablet that reports 125 times a second. */
const intervalMs = 8;

/** Recordings of handwriting and waves with the time of every sample, 8 s together. */
const recordings = ['he2', 'waves', 'sample'];

/** A page by hand: recordings side by side. They are made smaller to fit the sheet; their time is theirs. */
export async function handwrittenPage(sheet: Sheet): Promise<Ink> {
  if (!hasRealInk) return generated(sheet, 1, 50);
  const { strokes: all } = await read<{ strokes: { name: string; points: TimedStroke }[] }>('timed.json');
  const recorded = all.filter(({ name }) => recordings.includes(name));
  const columns = 2;
  const rows = Math.ceil(recorded.length / columns);
  const cell = { width: sheet.width / columns, height: sheet.height / rows };
  let clock = 0;
  const strokes = recorded.map(({ points }, index) => {
    const fit = fitInto([points], { width: cell.width * 0.9, height: cell.height * 0.8 });
    const [left, top] = [cell.width * (index % columns), cell.height * Math.floor(index / columns)];
    const begin = clock - points[0]![3];
    clock += points.at(-1)![3] - points[0]![3] + pauseMs;
    return points.map(([x, y, pressure, ms]): TimedStroke[number] => {
      const [fitX, fitY] = fit(x, y);
      return [left + fitX, top + fitY, pressure, begin + ms];
    });
  });
  return { strokes, source: `${strokes.length} recordings of people's hands, in their own time` };
}

/** One of the drawings, recorded without times: its points follow each other every 8 ms. */
export async function drawing(name: string, sheet: Sheet): Promise<Ink> {
  if (!hasRealInk) return generated(sheet, name.length, 25);
  const recorded = await read<{ strokes: { drawing: string; points: [number, number, number?][] }[] }>(
    'drawings.json',
  );
  const chosen = recorded.strokes.filter((stroke) => stroke.drawing === name).map(({ points }) => points);
  if (chosen.length === 0) throw new RangeError(`There is no drawing ${name} in ${folder.pathname}.`);
  const fit = fitInto(chosen, sheet);
  let clock = 0;
  const strokes = chosen.map((points) => {
    const begin = clock;
    clock += points.length * intervalMs + pauseMs;
    return points.map(([x, y, pressure = 0.5], index): TimedStroke[number] => [
      ...fit(x, y),
      pressure,
      begin + index * intervalMs,
    ]);
  });
  return {
    strokes,
    source: `the drawing ${name} (${strokes.length} strokes), a point every ${intervalMs} ms`,
  };
}

/** Every drawing and every recording that there is, each by itself; none without them. */
export async function allRealInk(sheet: Sheet): Promise<readonly Ink[]> {
  if (!hasRealInk) return [];
  const { strokes: drawn } = await read<{ strokes: { drawing: string }[] }>('drawings.json');
  const names = new Set(drawn.map((stroke) => stroke.drawing));
  const { strokes: timed } = await read<{ strokes: { name: string; points: TimedStroke }[] }>('timed.json');
  const recorded = timed.map(({ name, points }): Ink => {
    const fit = fitInto([points], sheet);
    const fitted = points.map(([x, y, pressure, ms]): TimedStroke[number] => [...fit(x, y), pressure, ms]);
    return { strokes: [fitted], source: `the recording ${name}` };
  });
  return [...(await Promise.all([...names].map((name) => drawing(name, sheet)))), ...recorded];
}

/** The beginning of a page, in its own time. */
function generated(sheet: Sheet, seed: number, count: number): Ink {
  return {
    strokes: writePage({ seed, ...sheet }).slice(0, count),
    source: `${count} strokes of the seeded generator of handwriting, because ../shared/data/ink is not here`,
  };
}

/** Makes strokes as large as the sheet allows, never larger than they are. */
function fitInto(strokes: readonly (readonly (readonly [number, number, ...unknown[]])[])[], sheet: Sheet) {
  const xs = strokes.flat().map(([x]) => x);
  const ys = strokes.flat().map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const scale = Math.min(1, sheet.width / (Math.max(...xs) - left), sheet.height / (Math.max(...ys) - top));
  return (x: number, y: number): [number, number] => [(x - left) * scale, (y - top) * scale];
}

async function read<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(new URL(file, folder), 'utf8')) as T;
}
