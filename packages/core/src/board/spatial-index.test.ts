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
  const placing = fc.record({ which: fc.nat(5), to: fc.option(fc.oneof(box, fc.constant(NO_BOX))) });
  const looking = fc.array(fc.oneof({ weight: 4, arbitrary: box }, fc.constant(NO_BOX)), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(placing, { maxLength: 30 }), looking, (placings, looks) => {
      const index = createSpatialIndex();
      const records = Array.from({ length: 6 }, (_, at) => createRecord(`record${at}` as ElementId));
      const boxes = new Map<ElementRecord, Box | null>();
      for (const { which, to } of placings) {
        index.place(records[which]!, to);
        boxes.set(records[which]!, to);
      }
      for (const look of looks) {
        const expected = records.filter((record) => boxesMeet(boxes.get(record) ?? NO_BOX, look));
        expect(index.near(look).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(expected);
      }
    }),
    { numRuns: 500 },
  );
});

it('more records than there is room for are found, too', () => {
  const index = createSpatialIndex();
  const records = Array.from({ length: 3_000 }, (_, at) => createRecord(`record${at}` as ElementId));
  index.reserve(1_500);
  for (const [x, record] of records.entries()) index.place(record, { minX: x, minY: 0, maxX: x, maxY: 1 });
  expect(index.near({ minX: 0, minY: 0, maxX: 3_000, maxY: 1 })).toHaveLength(3_000);
  expect(index.near({ minX: 1_700, minY: 0, maxX: 1_701, maxY: 1 })).toEqual(records.slice(1_700, 1_702));
});
