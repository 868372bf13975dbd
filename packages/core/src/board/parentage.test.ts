import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ElementId } from '../element/id.js';
import { createParentage } from './parentage.js';

const IDS = [...'abcdefgh'] as ElementId[];

/** The rule, word for word: all ancestors, and the smallest of a cycle that comes back to where it began. */
const expected = (parents: ReadonlyMap<ElementId, ElementId>, id: ElementId): ElementId | null => {
  const above: ElementId[] = [];
  for (let at = parents.get(id); at !== undefined && !above.includes(at); at = parents.get(at))
    above.push(at);
  const isSmallestOfCycle = above.includes(id) && above.every((member) => member >= id);
  return isSmallestOfCycle ? null : (parents.get(id) ?? null);
};

describe('parents', () => {
  it('D9: are those that were written, but for the edge of the smallest id of each cycle, whoever is asked about first', () => {
    const id = fc.constantFrom(...IDS);
    const edges = fc.array(fc.tuple(id, id), { maxLength: 10 });
    fc.assert(
      fc.property(edges, fc.shuffledSubarray(IDS, { minLength: 8 }), (list, order) => {
        const parents = new Map(list);
        const parentage = createParentage((one) => parents.get(one) ?? null);
        for (const one of order) expect(parentage.of(one)).toBe(expected(parents, one));
        parents.clear();
        parentage.forget();
        for (const one of order) expect(parentage.of(one)).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  it('are found in as many steps as there are elements, however deep they lie', () => {
    const count = 10_000;
    let steps = 0;
    const parentage = createParentage((id) => {
      steps += 1;
      return Number(id) + 1 < count ? (String(Number(id) + 1) as ElementId) : null;
    });
    for (let at = count - 1; at >= 0; at -= 1) parentage.of(String(at) as ElementId);
    expect(steps).toBeLessThanOrEqual(3 * count);
  });
});
