import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PRESSURE_STEPS } from './ink-axes.js';
import { createModel, encodeStream, SCALE, type Series } from './ink-stream.js';
import { POSITION_TABLE } from './ink-tables.js';
import {
  LARGEST_SHARE,
  type TrainingStroke,
  tablesSource,
  trainPositions,
  trainPressures,
} from './ink-training.js';

// The sample drawings are not part of the project.
const FILE = new URL('../../../../../shared/data/ink/drawings.json', import.meta.url);
const drawings: { points: [x: number, y: number, pressure: number][] }[] = existsSync(FILE)
  ? JSON.parse(readFileSync(FILE, 'utf8')).strokes
  : [];
const strokes: TrainingStroke[] = drawings.map(({ points }) => ({
  x: points.map(([x]) => x),
  y: points.map(([, y]) => y),
  pressure: points.map(([, , pressure]) => pressure),
}));

describe.skipIf(drawings.length === 0)(`ink training (needs ${FILE.pathname})`, () => {
  it('finds the tables that ink-tables.ts holds', async () => {
    const source = tablesSource(trainPositions(strokes), trainPressures(strokes, PRESSURE_STEPS));
    await expect(source).toMatchFileSnapshot('./ink-tables.ts');
  });

  it('codes strokes it has not seen as well: two halves, each coded by what the other taught, ≤ 2.1 bytes per point', () => {
    let bytes = 0;
    let points = 0;
    for (const half of [0, 1]) {
      const seen = strokes.filter((_, index) => index % 2 === half);
      const model = createModel(trainPositions(seen));
      const position: Series = { order: 2, origin: 0, model };
      const pressure: Series = {
        order: 1,
        origin: PRESSURE_STEPS / 2,
        model: createModel(trainPressures(seen, PRESSURE_STEPS)),
      };
      for (const stroke of strokes.filter((_, index) => index % 2 !== half)) {
        const integers = (values: readonly number[], steps: number): Int32Array =>
          Int32Array.from(values, (value) => Math.round(value * steps));
        const values = [
          integers(stroke.x, 16),
          integers(stroke.y, 16),
          integers(stroke.pressure, PRESSURE_STEPS),
        ];
        const header = stroke.x.length < 128 ? 3 : 4;
        bytes += header + encodeStream([position, position, pressure], values).length;
        points += stroke.x.length;
      }
    }
    expect(bytes / points).toBeLessThanOrEqual(2.1);
  });
});

describe('ink tables', () => {
  it('give no symbol of a position more than 5/8, so that the bytes of a stroke bound its points', () => {
    const largest = Math.max(...POSITION_TABLE.flatMap((row) => row.split(' ').map(Number)));
    expect(largest).toBeLessThanOrEqual(SCALE * LARGEST_SHARE);
  });
});
