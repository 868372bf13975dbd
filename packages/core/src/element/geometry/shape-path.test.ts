import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHAPE_FORMS } from '../register.js';
import { type Figure, figureBounds, hits } from './figure.js';
import { flattenPath, type Path } from './path.js';
import { type ShapeForm, shapePath } from './shape-path.js';

const CONVEX = SHAPE_FORMS.filter((form) => !['star', 'heart', 'cloud'].includes(form));

const figure = (path: Path): Figure => ({ lines: flattenPath(path), filled: true, reach: 0 });

describe('a shape', () => {
  it.each(SHAPE_FORMS)('%s fills its box, is closed and holds its middle', (form) => {
    const path = shapePath(form, [300, 120]);
    const bounds = figureBounds(figure(path));
    expect(bounds.minX).toBeCloseTo(0, 0);
    expect(bounds.minY).toBeCloseTo(0, 0);
    expect(bounds.maxX).toBeCloseTo(300, 0);
    expect(bounds.maxY).toBeCloseTo(120, 0);
    expect(path.at(-1)!.at(-1)).toEqual(path[0]![1]);
    expect(hits(figure(path), [150, 60], 0, 1)).toBe(true);
  });

  it('leaves out the corners of the box that are not its own', () => {
    const corner = (form: ShapeForm): boolean => hits(figure(shapePath(form, [100, 100])), [2, 2], 0, 1);
    expect(SHAPE_FORMS.filter(corner)).toEqual(['rectangle']);
  });

  it('is round to a fifth of a percent where it is an ellipse', () => {
    for (const line of flattenPath(shapePath('ellipse', [200, 100]), 0.01))
      for (let index = 0; index < line.length; index += 2) {
        const radius = Math.hypot((line[index]! - 100) / 100, (line[index + 1]! - 50) / 50);
        expect(Math.abs(radius - 1)).toBeLessThan(0.002);
      }
  });

  it('rounds corners within a convex shape, and not past the middle of a side', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CONVEX),
        fc.double({ min: 0, max: 500, noNaN: true }),
        (form, radius) => {
          const sharp = figure(shapePath(form, [100, 60]));
          const rounded = flattenPath(shapePath(form, [100, 60], radius));
          expect(rounded).toHaveLength(1);
          for (let index = 0; index < rounded[0]!.length; index += 2)
            expect(hits(sharp, [rounded[0]![index]!, rounded[0]![index + 1]!], 0.2, 1)).toBe(true);
        },
      ),
    );
    const button = figure(shapePath('rectangle', [100, 60], 10));
    expect(hits(button, [2, 2], 0, 1)).toBe(false);
    expect(hits(button, [3.5, 3.5], 0, 1)).toBe(true);
    expect(hits(button, [11, 0.1], 0, 1)).toBe(true);
  });

  it('has no size without breaking', () => {
    for (const form of SHAPE_FORMS)
      for (const line of flattenPath(shapePath(form, [0, 0], 5)))
        expect(line.every((value) => value === 0)).toBe(true);
  });
});
