import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { hasCauses } from './causes.js';

const recorded = () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  return { doc, updates };
};

describe('causes', () => {
  it('F8: an update has its causes when its origins, its parents and what it deletes are here', () => {
    const { doc, updates } = recorded();
    doc.getText('text').insert(0, 'a');
    doc.getText('text').insert(1, 'b');
    doc.getMap('map').set('inner', new Y.Map());
    (doc.getMap('map').get('inner') as Y.Map<number>).set('key', 1);
    doc.getMap('map').delete('inner');
    const replica = new Y.Doc();
    for (const [index, update] of updates.entries()) {
      for (const later of updates.slice(index + 1)) expect(hasCauses(replica, later)).toBe(false);
      expect(hasCauses(replica, update)).toBe(true);
      Y.applyUpdate(replica, update);
    }
    for (const update of updates) expect(hasCauses(replica, update)).toBe(true);
  });

  it('an update may refer to what it brings itself, from several clients', () => {
    const { doc } = recorded();
    const other = new Y.Doc();
    doc.getText('text').insert(0, 'ab');
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    other.getText('text').insert(1, 'x');
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    doc.getText('text').insert(2, 'y');
    expect(hasCauses(new Y.Doc(), Y.encodeStateAsUpdate(doc))).toBe(true);
  });

  it('a deletion alone, whose target is missing, has not', () => {
    const { doc, updates } = recorded();
    doc.getText('text').insert(0, 'abc');
    doc.getText('text').delete(0, 3);
    expect(hasCauses(new Y.Doc(), updates[1] as Uint8Array)).toBe(false);
  });
});
