import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boxesMeet, NO_BOX } from '../element/geometry/box.js';
import type { Box } from '../element/geometry.js';
import type { ElementId } from '../element/id.js';
import { createRecord, type ElementRecord } from './record.js';
import { createSpatialIndex } from './spatial-index.js';

const far = fc.constantFrom(-(2 ** 33), -4e9, -1e6, 0, 1e6, 4e9, 2 ** 33);
const coordinate = fc.oneof(fc.integer({ min: -3_000, max: 3_000 }), far);
const length = fc.oneof(fc.nat(800), fc.constantFrom(0, 9_000, 2 ** 32));
const box = fc
  .tuple(coordinate, coordinate, length, length)
  .map(([minX, minY, width, height]): Box => ({ minX, minY, maxX: minX + width, maxY: minY + height }));

it('what is near a box are the records whose own box meets it, each once, wherever they have been', () => {
  // Records come into the grid when there were many looks.
  const placing = fc.record({
    looksBefore: fc.constantFrom(0, 0, 100),
    which: fc.nat(5),
    to: fc.option(fc.oneof(box, fc.constant(NO_BOX))),
  });
  const looking = fc.array(fc.oneof({ weight: 4, arbitrary: box }, fc.constant(NO_BOX)), { maxLength: 4 });
  const ids = (records: readonly ElementRecord[]): string[] => records.map(({ id }) => id).sort();
  fc.assert(
    fc.property(fc.array(placing, { maxLength: 30 }), looking, (placings, looks) => {
      const index = createSpatialIndex();
      const boxes = new Map<ElementRecord, Box | null>();
      const place = (record: ElementRecord, to: Box | null): void => {
        index.place(record, to);
        boxes.set(record, to);
      };
      // Elsewhere are so many that a look at a part of the page goes by the cells.
      for (let at = 0; at < 300; at += 1) {
        const [minX, minY] = [20_000 + 600 * at, 20_000];
        place(createRecord(`elsewhere${at}` as ElementId), { minX, minY, maxX: minX + 9, maxY: minY + 9 });
      }
      const records = Array.from({ length: 6 }, (_, at) => createRecord(`record${at}` as ElementId));
      for (const { looksBefore, which, to } of placings) {
        for (let look = 0; look < looksBefore; look += 1) index.near(NO_BOX);
        place(records[which]!, to);
      }
      for (const look of looks) {
        const expected = [...boxes.keys()].filter((record) => boxesMeet(boxes.get(record) ?? NO_BOX, look));
        expect(ids(index.near(look))).toEqual(ids(expected));
      }
    }),
    { numRuns: 500 },
  );
});

it('more records than there is room for are found, too, however often one has looked', () => {
  const index = createSpatialIndex();
  const records = Array.from({ length: 3_000 }, (_, at) => createRecord(`record${at}` as ElementId));
  index.reserve(1_500);
  for (const [x, record] of records.entries()) index.place(record, { minX: x, minY: 0, maxX: x, maxY: 1 });
  for (let look = 0; look < 100; look += 1) {
    expect(index.near({ minX: 0, minY: 0, maxX: 3_000, maxY: 1 })).toHaveLength(3_000);
    expect(index.near({ minX: 1_700, minY: 0, maxX: 1_701, maxY: 1 })).toEqual(records.slice(1_700, 1_702));
  }
});
