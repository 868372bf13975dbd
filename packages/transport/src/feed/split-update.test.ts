import { MAX_UPDATE_BYTES } from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { hasCauses } from './causes.js';
import { splitUpdate } from './split-update.js';
import { deletionOf } from './update-parts.js';

const random = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(bytes % 251);

/** Applies what a log would take: each update whole, none too early, none too large. */
const log = (updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc();
  for (const update of updates) {
    expect(update.length).toBeLessThanOrEqual(MAX_UPDATE_BYTES);
    expect(hasCauses(doc, update)).toBe(true);
    Y.applyUpdate(doc, update);
  }
  return doc;
};

const snapshot = (doc: Y.Doc): Uint8Array => Y.encodeSnapshot(Y.snapshot(doc));

describe('splitting an update', () => {
  it('F3: leaves one alone that the log takes', () => {
    const doc = new Y.Doc();
    doc.getMap('m').set('a', random(300_000));
    const update = Y.encodeStateAsUpdate(doc);
    expect(splitUpdate(update).updates[0]).toBe(update);
  });

  it('F3: makes of one large change several that the log takes one after the other', () => {
    const doc = new Y.Doc();
    const map = doc.getMap('m');
    map.set('old', 1);
    let update: Uint8Array = new Uint8Array(0);
    doc.once('update', (bytes: Uint8Array) => {
      update = bytes;
    });
    const before = Y.encodeStateAsUpdate(doc);
    doc.transact(() => {
      for (let index = 0; index < 40; index += 1) map.set(`k${index}`, random(90_000));
      map.set('old', 2);
      map.delete('k3');
    });
    const { updates, tooLarge } = splitUpdate(update);
    expect(tooLarge).toEqual([]);
    expect(updates.length).toBeGreaterThan(8);
    const copy = log([before, ...updates]);
    expect(snapshot(copy)).toEqual(snapshot(doc));
    expect([...copy.getMap('m').keys()].sort()).toEqual([...map.keys()].sort());
  });

  it('F3: keeps the order of causes between the clients of a document that is handed in whole', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(30)), { minLength: 30, maxLength: 60 }), (turns) => {
        const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
        for (const [who, at] of turns) {
          const doc = docs[who] as Y.Doc;
          const list = doc.getArray('list');
          list.insert(Math.min(at, list.length), [random(40_000 + at)]);
          for (const other of docs)
            Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)));
        }
        const doc = docs[0] as Y.Doc;
        const copy = log(splitUpdate(Y.encodeStateAsUpdate(doc)).updates);
        expect(snapshot(copy)).toEqual(snapshot(doc));
      }),
      { numRuns: 20 },
    );
  });

  it('F3: what no log takes is named, and when it is deleted, page and log are equal', () => {
    const doc = new Y.Doc();
    const map = doc.getMap('m');
    doc.transact(() => {
      map.set('small', 1);
      map.set('large', random(2 * MAX_UPDATE_BYTES));
      map.set('after', 2);
    });
    const { updates, tooLarge } = splitUpdate(Y.encodeStateAsUpdate(doc));
    expect(tooLarge).toEqual([{ client: doc.clientID, clock: 1, length: 1 }]);
    Y.applyUpdate(doc, deletionOf(tooLarge));
    const copy = log([...updates, deletionOf(tooLarge)]);
    expect(map.toJSON()).toEqual({ small: 1, after: 2 });
    expect(copy.getMap('m').toJSON()).toEqual({ small: 1, after: 2 });
    expect(snapshot(copy)).toEqual(snapshot(doc));
  });
});
