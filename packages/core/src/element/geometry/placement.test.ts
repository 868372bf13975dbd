import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../geometry.js';
import { invertMatrix, mapPoint, type Placement, toPage, turnAround } from './placement.js';

const number = fc.integer({ min: -400, max: 400 }).map((steps) => steps / 4);
const length = fc.integer({ min: 1, max: 400 }).map((steps) => steps / 4);
const placements: fc.Arbitrary<Placement> = fc.record({
  position: fc.tuple(number, number),
  size: fc
    .tuple(length, length, fc.boolean(), fc.boolean())
    .map(([w, h, x, y]): Point => [x ? -w : w, y ? -h : h]),
  rotation: fc.double({ min: 0, max: 6.28, noNaN: true }),
  natural: fc.option(fc.tuple(length, length), { nil: undefined }),
});

const near = (actual: Point, expected: Point): void => {
  expect(actual[0]).toBeCloseTo(expected[0], 6);
  expect(actual[1]).toBeCloseTo(expected[1], 6);
};

describe('a placement', () => {
  it('puts content at its position, scales it to its size, mirrors it in its box and turns it around the centre', () => {
    const content: Placement = { position: [100, 50], size: [40, 20], rotation: 0, natural: [20, 20] };
    near(mapPoint(toPage(content), [0, 0]), [100, 50]);
    near(mapPoint(toPage(content), [20, 20]), [140, 70]);
    near(mapPoint(toPage({ ...content, size: [-40, 20] }), [0, 0]), [140, 50]);
    near(mapPoint(toPage({ ...content, rotation: Math.PI / 2 }), [0, 0]), [130, 40]);
    near(mapPoint(toPage({ ...content, rotation: Math.PI / 2 }), [20, 0]), [130, 80]);
  });

  it('does not stretch content that has no extent', () => {
    const upright: Placement = { position: [5, 5], size: [0, 30], rotation: 0, natural: [0, 10] };
    near(mapPoint(toPage(upright), [0, 10]), [5, 35]);
    expect(toPage(upright).every(Number.isFinite)).toBe(true);
  });

  it('maps the corners of the content to the corners of its box, turned around the middle', () => {
    fc.assert(
      fc.property(placements, (placement) => {
        const { position, size, rotation, natural } = placement;
        const [width, height] = [Math.abs(size[0]), Math.abs(size[1])];
        const [ownWidth, ownHeight] = natural ?? [width, height];
        const centre: Point = [position[0] + width / 2, position[1] + height / 2];
        for (const [across, down] of [
          [0, 0],
          [1, 0],
          [0, 1],
          [0.25, 0.75],
        ] as const) {
          const x = position[0] + (size[0] < 0 ? 1 - across : across) * width;
          const y = position[1] + (size[1] < 0 ? 1 - down : down) * height;
          const mapped = mapPoint(toPage(placement), [across * ownWidth, down * ownHeight]);
          near(mapped, turnAround([x, y], centre, rotation));
        }
      }),
    );
  });

  it('can be undone', () => {
    fc.assert(
      fc.property(placements, fc.tuple(number, number), (placement, point) => {
        const matrix = toPage(placement);
        near(mapPoint(invertMatrix(matrix)!, mapPoint(matrix, point)), point);
      }),
    );
    expect(invertMatrix([1, 2, 2, 4, 0, 0])).toBeNull();
  });
});
