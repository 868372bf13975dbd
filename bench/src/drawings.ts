import { existsSync, readFileSync } from 'node:fs';
import type { InkPoint } from '@inkwire/core';
import * as prng from 'lib0/prng';

/** Strokes to measure with, and where they are from. */
export interface Drawings {
  readonly source: string;
  readonly strokes: readonly (readonly Required<Pick<InkPoint, 'x' | 'y' | 'pressure'>>[])[];
}

/** Drawings that people made, which lie beside the project where it is developed. */
const FILE = new URL('../../../shared/data/ink/drawings.json', import.meta.url);

/** Freehand strokes of people; where there are none, of a generator that always makes the same. */
export const readDrawings = (): Drawings => {
  if (!existsSync(FILE)) return { source: 'generated strokes', strokes: generate(500, 42) };
  const { strokes } = JSON.parse(readFileSync(FILE, 'utf8')) as {
    strokes: { points: [x: number, y: number, pressure: number][] }[];
  };
  return {
    source: 'drawings.json',
    strokes: strokes.map(({ points }) => points.map(([x, y, pressure]) => ({ x, y, pressure }))),
  };
};

/** A pen that is pulled towards points further along the line, trembles a little, and is pressed as hard as it is slow. */
const generate = (count: number, seed: number): Drawings['strokes'] => {
  const source = prng.create(seed);
  const random = (): number => prng.real53(source);
  return Array.from({ length: count }, () => {
    let [x, y] = [random() * 2_000, random() * 1_000];
    let [speedX, speedY] = [0, 0];
    let [targetX, targetY] = [x, y];
    let pressure = 0.1;
    return Array.from({ length: 8 + Math.floor(random() * 80) }, (_, index) => {
      if (index % 12 === 0) [targetX, targetY] = [x + (random() - 0.4) * 120, y + (random() - 0.5) * 120];
      speedX = 0.8 * speedX + 0.03 * (targetX - x) + 0.3 * (random() - 0.5);
      speedY = 0.8 * speedY + 0.03 * (targetY - y) + 0.3 * (random() - 0.5);
      x += speedX;
      y += speedY;
      const pressed = 0.9 - Math.min(0.7, Math.hypot(speedX, speedY) / 12);
      pressure += 0.2 * (pressed - pressure) + 0.01 * (random() - 0.5);
      return { x, y, pressure: Math.min(1, Math.max(0, pressure)) };
    });
  });
};
