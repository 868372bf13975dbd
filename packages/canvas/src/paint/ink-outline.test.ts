import { addElement, boundsOf, createBoard } from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InkCurve, inkPolygon, tracePolygon } from './ink-outline.js';
import { strokeCurve } from './paint-stroke.js';

function curve(points: readonly (readonly [number, number, number?])[]): InkCurve {
  return {
    length: points.length,
    x: points.map(([x]) => x),
    y: points.map(([, y]) => y),
    pressure: points[0]?.[2] === undefined ? null : points.map(([, , pressure]) => pressure ?? 0.5),
  };
}

const wave = Array.from({ length: 60 }, (_, i) => [i * 4, Math.sin(i / 5) * 30] as const);

describe('inkPolygon', () => {
  it('is the same line at every scale: nothing in it is measured in absolute units', () => {
    const normal = inkPolygon(curve(wave), 'pen', 4);
    const tiny = inkPolygon(curve(wave.map(([x, y]) => [x / 1000, y / 1000])), 'pen', 4 / 1000);
    expect(tiny.length).toBe(normal.length);
    for (const [i, value] of tiny.entries()) expect(value * 1000).toBeCloseTo(normal[i] ?? Number.NaN, 6);
  });

  it('is the same to the last bit wherever its origin is', () => {
    const here = inkPolygon(curve(wave.map(([x, y]) => [x, Math.round(y * 16) / 16])), 'pen', 3.5);
    const there = inkPolygon(
      curve(wave.map(([x, y]) => [x + 1234.5, Math.round(y * 16) / 16 - 99.75])),
      'pen',
      3.5,
    );
    expect(there).toEqual(here);
  });

  it('is as wide as the pen at half pressure', () => {
    const line = curve(Array.from({ length: 20 }, (_, i) => [i * 10, 0, 0.5]));
    const ys = [...inkPolygon(line, 'pen', 6)].filter((_, i) => i % 2 === 1);
    expect(Math.max(...ys)).toBeCloseTo(3, 1);
    expect(Math.min(...ys)).toBeCloseTo(-3, 1);
  });

  it('grows with pressure', () => {
    const height = (pressure: number) => {
      const line = curve(Array.from({ length: 20 }, (_, i) => [i * 10, 0, pressure]));
      return Math.max(...[...inkPolygon(line, 'pen', 6)].filter((_, i) => i % 2 === 1));
    };
    expect(height(0.2)).toBeLessThan(height(0.5));
    expect(height(0.5)).toBeLessThan(height(0.9));
  });

  it('draws a dot for a single point', () => {
    expect(inkPolygon(curve([[5, 5]]), 'pen', 4).length).toBeGreaterThan(10);
  });

  it('is nothing without points or width', () => {
    expect(inkPolygon(curve([]), 'pen', 4)).toHaveLength(0);
    expect(inkPolygon(curve(wave), 'pen', 0)).toHaveLength(0);
    expect(inkPolygon(curve(wave), 'pen', Number.NaN)).toHaveLength(0);
  });

  it('stays inside the bounds of its element, whatever was drawn', () => {
    const coordinate = fc.integer({ min: -4000, max: 4000 }).map((value) => value / 16);
    const point = fc.record({
      x: coordinate,
      y: coordinate,
      pressure: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 400 }).map((value) => value / 8),
        fc.constantFrom('pen', 'highlighter'),
        fc.boolean(),
        (points, width, tool, pressed) => {
          const board = createBoard();
          const drawn = pressed ? points : points.map(({ x, y }) => ({ x, y }));
          board.commit(addElement(board, { kind: 'stroke', tool, width, points: drawn }));
          const [element] = board.elements();
          if (element === undefined || element.kind !== 'stroke') throw new Error('No stroke was added.');
          const { minX, minY, maxX, maxY } = boundsOf(element);
          const ink = strokeCurve(element);
          const outline = inkPolygon(ink, tool, width);
          const start = [
            element.position[0] + (ink.x[0] ?? 0),
            element.position[1] + (ink.y[0] ?? 0),
          ] as const;
          for (let i = 0; i < outline.length; i += 2) {
            const x = start[0] + (outline[i] ?? Number.NaN);
            const y = start[1] + (outline[i + 1] ?? Number.NaN);
            expect(x).toBeGreaterThanOrEqual(minX);
            expect(x).toBeLessThanOrEqual(maxX);
            expect(y).toBeGreaterThanOrEqual(minY);
            expect(y).toBeLessThanOrEqual(maxY);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('tracePolygon', () => {
  it('closes one smooth path through the middles of the edges', () => {
    const commands: (readonly (string | number)[])[] = [];
    tracePolygon(new Float64Array([0, 0, 4, 0, 4, 4, 0, 4]), {
      moveTo: (...at) => commands.push(['M', ...at]),
      quadraticCurveTo: (...at) => commands.push(['Q', ...at]),
      closePath: () => commands.push(['Z']),
    });
    expect(commands).toEqual([
      ['M', 0, 2],
      ['Q', 0, 0, 2, 0],
      ['Q', 4, 0, 4, 2],
      ['Q', 4, 4, 2, 4],
      ['Q', 0, 4, 0, 2],
      ['Z'],
    ]);
  });
});
