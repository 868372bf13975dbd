import { distance, type PathPoint } from './curve.js';
import { jitter, type Random } from './random.js';

/** Where the pen was, how hard it pressed (0..1), and when (ms). */
export type Sample = readonly [x: number, y: number, pressure: number, ms: number];

export interface Motion {
  /** How often the tablet looks, in ms. */
  readonly intervalMs: number;
  /** Speed where the line bends with a radius of `bendRadius`, in units per second. */
  readonly speed: number;
  readonly bendRadius: number;
}

/**
 * Moves a pen along `path`, starting at `startMs`.
 *
 * A hand slows down in bends by the two-thirds power law: its speed grows with the cube root of the radius (Lacquaniti,
 * Terzuolo and Viviani, 1983). It starts and ends at rest, presses harder downwards and when it is slow, and never
 * presses quite evenly.
 */
export function moveAlong(
  path: readonly PathPoint[],
  startMs: number,
  motion: Motion,
  random: Random,
): Sample[] {
  const times = timesAlong(path, motion);
  const duration = times[times.length - 1] ?? 0;
  const firmness = 0.55 + jitter(random) * 0.05;
  const sway = random() * 2 * Math.PI;
  const samples: Sample[] = [];
  let segment = 0;
  for (let ms = 0; ; ms += motion.intervalMs) {
    const time = Math.min(ms, duration);
    while (segment + 2 < path.length && times[segment + 1]! < time) segment += 1;
    const from = path[segment]!;
    const to = path[Math.min(segment + 1, path.length - 1)]!;
    const span = times[Math.min(segment + 1, path.length - 1)]! - times[segment]!;
    const share = span > 0 ? (time - times[segment]!) / span : 0;
    const length = distance(from, to);
    const downwards = length > 0 ? (to.y - from.y) / length : 0;
    const slowness = span > 0 ? 1 - Math.min(1, length / span / (motion.speed / 400)) : 0;
    const edge = Math.min(1, 0.35 + time / 45, 0.2 + (duration - time) / 60);
    const pressure =
      (firmness + 0.12 * downwards + 0.1 * slowness + 0.04 * Math.sin(sway + time / 90)) * edge;
    samples.push([
      from.x + (to.x - from.x) * share,
      from.y + (to.y - from.y) * share,
      Math.min(1, Math.max(0.05, pressure)),
      startMs + time,
    ]);
    if (time >= duration) return samples;
  }
}

/** When the pen passes each point of `path`, in ms. */
function timesAlong(path: readonly PathPoint[], motion: Motion): number[] {
  const lengths = [0];
  for (let index = 1; index < path.length; index += 1) {
    lengths.push(lengths[index - 1]! + distance(path[index - 1]!, path[index]!));
  }
  const total = lengths[lengths.length - 1]!;
  const times = [0];
  for (let index = 1; index < path.length; index += 1) {
    const radius = radiusAt(path, index - 1);
    const byBend = Math.cbrt(Math.min(8, Math.max(0.05, radius / motion.bendRadius)));
    const middle = (lengths[index - 1]! + lengths[index]!) / 2;
    // Evenly faster from rest at one end, evenly slower to rest at the other.
    const byRest = Math.sqrt(0.03 + Math.min(middle, total - middle) / (2 * motion.bendRadius));
    const speed = motion.speed * Math.min(byBend, byRest);
    times.push(times[index - 1]! + ((lengths[index]! - lengths[index - 1]!) / speed) * 1000);
  }
  return times;
}

/** Radius of the circle through a point and its neighbours; infinite where the path is straight. */
function radiusAt(path: readonly PathPoint[], index: number): number {
  const a = path[Math.max(0, index - 1)]!;
  const b = path[index]!;
  const c = path[Math.min(path.length - 1, index + 1)]!;
  const doubleArea = Math.abs((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
  return doubleArea === 0
    ? Number.POSITIVE_INFINITY
    : (distance(a, b) * distance(b, c) * distance(c, a)) / (2 * doubleArea);
}
