import { type NewElement, newElementId, type RandomBytes } from '@inkwire/core';
import { boundsOfNew, movedNew } from '../imported.js';

/** Units between library items. */
const GAP = 48;
/** How much wider than high the whole becomes, about. */
const FORMAT = 1.6;

/** Puts the items of a library side by side in rows, in their order; what an item consists of becomes one group. */
export function arrangeItems(
  items: readonly (readonly NewElement[])[],
  random: RandomBytes | undefined,
): NewElement[] {
  const boxes = items.map((elements) => ({
    elements,
    box: boundsOfNew(elements) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 },
  }));
  const area = boxes.reduce(
    (sum, { box }) => sum + (box.maxX - box.minX + GAP) * (box.maxY - box.minY + GAP),
    0,
  );
  const rowWidth = Math.sqrt(area * FORMAT);
  let [x, y, rowHeight] = [0, 0, 0];
  return boxes.flatMap(({ elements, box }) => {
    const width = box.maxX - box.minX;
    if (x > 0 && x + width > rowWidth) [x, y, rowHeight] = [0, y + rowHeight + GAP, 0];
    const moved = movedNew(elements, x - box.minX, y - box.minY);
    x += width + GAP;
    rowHeight = Math.max(rowHeight, box.maxY - box.minY);
    return asGroup(moved, random);
  });
}

function asGroup(elements: readonly NewElement[], random: RandomBytes | undefined): readonly NewElement[] {
  const outermost = elements.filter(({ parent }) => (parent ?? null) === null);
  if (outermost.length < 2) return elements;
  const id = newElementId(random);
  return [
    { kind: 'group', id },
    ...elements.map((element) => ((element.parent ?? null) === null ? { ...element, parent: id } : element)),
  ];
}
