import fc from 'fast-check';
import { getStroke } from 'perfect-freehand';
import { describe, expect, it } from 'vitest';
import { createInkEdges, type InkEdges, type InkTool } from './ink-edges.js';
import { type InkCurve, inkPolygon, wholePolygon } from './ink-outline.js';
import type { RawPoint } from './ink-smoothing.js';

/** Points on the grid of ink, as hands draw them and as they never would. */
const coordinate = fc.oneof(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -4000, max: 4000 }));
const rawPoint = fc.record({
  x: coordinate,
  y: coordinate,
  pressure: fc.double({ min: 0, max: 1, noNaN: true }),
});
const rawPoints = fc
  .array(rawPoint, { minLength: 1, maxLength: 40 })
  .map((points) => points.map(({ x, y, pressure }) => ({ x: x / 16, y: y / 16, pressure })));
const tools = fc.constantFrom<InkTool>('pen', 'highlighter');
const widths = fc.constantFrom(0.5, 3.5, 24);

function curveOf(points: readonly Required<RawPoint>[], measured: boolean): InkCurve {
  return {
    length: points.length,
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    pressure: measured ? points.map(({ pressure }) => pressure ?? 0.5) : null,
  };
}

describe('createInkEdges', () => {
  it('makes the line that perfect-freehand makes, corner by corner', () => {
    const styles = {
      pen: { thinning: 0.55, smoothing: 0.5, streamline: 0.35 },
      highlighter: { thinning: 0, smoothing: 0.5, streamline: 0.45 },
    };
    fc.assert(
      fc.property(rawPoints, tools, fc.boolean(), (points, tool, measured) => {
        const [{ x: originX, y: originY } = { x: 0, y: 0 }] = points;
        const relative = points.map(({ x, y, pressure }) =>
          measured ? [x - originX, y - originY, pressure] : [x - originX, y - originY],
        );
        const options = { ...styles[tool], size: 8, simulatePressure: !measured, last: true };
        const theirs = getStroke(relative, options).flat();
        const ours = inkPolygon(curveOf(points, measured), tool, 8);
        expect(ours.length).toBe(theirs.length);
        for (const [i, value] of ours.entries())
          expect(Math.abs(value - (theirs[i] ?? Number.NaN))).toBeLessThan(1e-6);
      }),
      { numRuns: 250 },
    );
  });

  it('is the same line to the last bit when it grew, with guesses that did not come true; what was settled stays', () => {
    const step = fc.record({ count: fc.integer({ min: 1, max: 6 }), guess: rawPoints });
    fc.assert(
      fc.property(
        rawPoints,
        tools,
        widths,
        fc.boolean(),
        fc.array(step, { maxLength: 12 }),
        (points, tool, width, measured, steps) => {
          const [{ x: originX, y: originY } = { x: 0, y: 0 }] = points;
          const relative = points.map(({ x, y, pressure }) => ({
            x: x - originX,
            y: y - originY,
            pressure: measured ? pressure : undefined,
          }));
          const edges = createInkEdges({ tool, width, measured });
          let taken = 0;
          let settled: readonly number[] = [];
          for (const { count, guess } of steps) {
            const until = Math.min(taken + count, relative.length - 1);
            for (; taken < until; taken++) add(edges, relative[taken]);
            edges.end([...relative.slice(taken, taken + 1), ...guess]);
            expect(edges.left.slice(0, settled.length)).toEqual(settled);
            settled = edges.left.slice(0, 2 * edges.settled.left);
          }
          for (; taken < relative.length - 1; taken++) add(edges, relative[taken]);
          const grown = wholePolygon(edges, edges.end(relative.slice(-1)));
          expect(edges.left.slice(0, settled.length)).toEqual(settled);
          expect(grown).toEqual(inkPolygon(curveOf(points, measured), tool, width));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('leaves only the very end of a line unsettled, however long it is', () => {
    const edges = createInkEdges({ tool: 'pen', width: 3.5, measured: false });
    const at = (i: number) => ({
      x: 300 * Math.sin(i / 97),
      y: 200 * Math.cos(i / 61) - 200,
      pressure: undefined,
    });
    for (let i = 0; i < 2_000; i++) {
      add(edges, at(i));
      edges.end([at(i + 1)]);
      if (i < 20) continue;
      expect(edges.left.length / 2 - edges.settled.left).toBeLessThanOrEqual(20);
      expect(edges.right.length / 2 - edges.settled.right).toBeLessThanOrEqual(20);
    }
    const last = edges.seams.at(-1);
    expect(edges.settled.left + edges.settled.right - (last?.left ?? 0) - (last?.right ?? 0)).toBeLessThan(
      30,
    );
  });
});

function add(edges: InkEdges, { x, y, pressure }: RawPoint = { x: 0, y: 0, pressure: undefined }): void {
  edges.add(x, y, pressure);
}
