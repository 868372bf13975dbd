import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { deletedForm } from './quarantine.js';
import { readUpdateShape } from './update-shape.js';

/** The updates of a page that writes, overwrites and deletes. */
const updates = (deeds: readonly (readonly [number, number])[]): Uint8Array[] => {
  const doc = new Y.Doc();
  const made: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => made.push(update));
  for (const [deed, place] of deeds) {
    const text = doc.getText('t');
    if (deed === 0) doc.getMap('b').set(`k${place % 3}`, { place });
    else if (deed === 1) text.insert(place % (text.length + 1), 'some text');
    else if (text.length > 0) text.delete(place % text.length, 1);
  }
  return made;
};

describe('quarantine', () => {
  it('L10: whichever rows lose their content, what builds on them stays complete', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2), fc.nat(50)), { minLength: 1, maxLength: 20 }),
        fc.infiniteStream(fc.boolean()),
        (deeds, chosen) => {
          const whole = new Y.Doc();
          const doc = new Y.Doc();
          for (const update of updates(deeds)) {
            Y.applyUpdate(whole, update);
            Y.applyUpdate(doc, chosen.next().value ? deletedForm(readUpdateShape(update)) : update);
            expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
          }
          expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(whole));
        },
      ),
      { numRuns: 300 },
    );
  });
});
