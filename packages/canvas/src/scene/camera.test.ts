import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaBox,
  type Camera,
  createCamera,
  fitBox,
  MAX_ZOOM,
  MIN_ZOOM,
  moveAnchor,
  PAGE_REACH,
  panBy,
  toPage,
  toViewport,
  viewportBox,
  zoomTo,
} from './camera.js';

const camera: fc.Arbitrary<Camera> = fc
  .tuple(
    fc.double({ min: -1e5, max: 1e5, noNaN: true }),
    fc.double({ min: -1e5, max: 1e5, noNaN: true }),
    fc.double({ min: MIN_ZOOM, max: MAX_ZOOM, noNaN: true }),
  )
  .map(([x, y, zoom]) => createCamera(x, y, zoom));
const point = fc.tuple(
  fc.double({ min: 0, max: 4000, noNaN: true }),
  fc.double({ min: 0, max: 4000, noNaN: true }),
);

describe('camera', () => {
  it('maps to the page and back', () => {
    fc.assert(
      fc.property(camera, point, (at, [x, y]) => {
        const [backX, backY] = toViewport(at, toPage(at, [x, y]));
        expect(backX).toBeCloseTo(x, 4);
        expect(backY).toBeCloseTo(y, 4);
      }),
    );
  });

  it('zooms around the anchor, which keeps its page point', () => {
    fc.assert(
      fc.property(camera, point, fc.double({ min: 0.001, max: 1000, noNaN: true }), (at, anchor, zoom) => {
        const zoomed = zoomTo(at, zoom, anchor);
        expect(zoomed.zoom).toBe(Math.min(Math.max(zoom, MIN_ZOOM), MAX_ZOOM));
        const before = toPage(at, anchor);
        const after = toPage(zoomed, anchor);
        expect(after[0]).toBeCloseTo(before[0], 4);
        expect(after[1]).toBeCloseTo(before[1], 4);
      }),
    );
  });

  it('moves the page point under the fingers along with them, also where the zoom ends', () => {
    fc.assert(
      fc.property(
        camera,
        point,
        point,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (at, from, to, factor) => {
          const moved = moveAnchor(at, from, to, factor);
          expect(toPage(moved, to)[0]).toBeCloseTo(toPage(at, from)[0], 4);
          expect(toPage(moved, to)[1]).toBeCloseTo(toPage(at, from)[1], 4);
        },
      ),
    );
  });

  it('pans by pixels whatever the zoom', () => {
    const at = createCamera(10, 20, 4);
    expect(panBy(at, 8, -40)).toEqual({ x: 12, y: 10, zoom: 4 });
  });

  it('shows the viewport’s part of the page', () => {
    expect(viewportBox(createCamera(-5, 5, 2), { width: 100, height: 50 })).toEqual({
      minX: -5,
      minY: 5,
      maxX: 45,
      maxY: 30,
    });
  });

  it('takes nothing that is not a place', () => {
    expect(createCamera(Number.NaN, Number.POSITIVE_INFINITY, Number.NaN)).toEqual({ x: 0, y: 0, zoom: 1 });
    expect(createCamera(1e300, -1e300, 0)).toEqual({ x: PAGE_REACH, y: -PAGE_REACH, zoom: MIN_ZOOM });
  });

  it('fits a box into the middle of an area, never larger than life', () => {
    const area = { left: 20, top: 100, width: 800, height: 600 };
    const small = fitBox({ minX: 100, minY: 100, maxX: 110, maxY: 120 }, area);
    expect(small.zoom).toBe(1);
    expect(toViewport(small, [105, 110])).toEqual([420, 400]);
    const large = fitBox({ minX: 0, minY: 0, maxX: 7040, maxY: 100 }, area, 48);
    expect(large.zoom).toBeCloseTo(0.1);
    expect(areaBox(large, area).minX).toBeCloseTo(-480);
    // Between the bars of a phone that lies on its side.
    const low = fitBox({ minX: 0, minY: 0, maxX: 400, maxY: 400 }, { ...area, height: 160 }, 48);
    expect(low.zoom).toBeCloseTo(128 / 400);
  });
});
