import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { hasCauses } from './causes.js';
import { sever } from './sever.js';
import { rangesOf } from './update-parts.js';

const changed = (doc: Y.Doc, change: () => void): Uint8Array => {
  let update: Uint8Array = new Uint8Array(0);
  doc.once('update', (bytes: Uint8Array) => {
    update = bytes;
  });
  doc.transact(change);
  return update;
};

/** A log, somebody whose last change it refuses, and somebody who saw that. */
const scene = () => {
  const [log, ben, ana] = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
  Y.applyUpdate(
    ben,
    changed(log, () => {
      log.getMap('m').set('k', 0);
      log.getText('t').insert(0, 'text');
    }),
  );
  Y.applyUpdate(ana, Y.encodeStateAsUpdate(ben));
  const refused = changed(ben, () => {
    ben.getMap('m').set('k', 1);
    ben.getText('t').insert(4, ' of ben');
  });
  Y.applyUpdate(ana, refused);
  return { log, ana, gone: rangesOf(refused) };
};

describe('severing an update from what the log refuses', () => {
  it('F9: leaves one alone that does not build on it', () => {
    const { ana, gone } = scene();
    expect(
      sever(
        changed(ana, () => ana.getMap('m').set('other', 1)),
        gone,
      ),
    ).toBeNull();
  });

  it('F9: what only deletes it no longer does, and the rest is there', () => {
    const { log, ana, gone } = scene();
    const update = changed(ana, () => {
      ana.getText('t').delete(2, 4);
      ana.getMap('m').set('mine', 1);
    });
    expect(hasCauses(log, update)).toBe(false);
    const severed = sever(update, gone);
    expect(severed?.lost).toEqual([]);
    expect(hasCauses(log, severed?.update as Uint8Array)).toBe(true);
    Y.applyUpdate(log, severed?.update as Uint8Array);
    expect(log.getMap('m').get('mine')).toBe(1);
    expect(log.store.pendingStructs ?? log.store.pendingDs).toBeNull();
  });

  it('F9: what hangs on it is given up, with all that hangs on that, and what comes later is there', () => {
    const { log, ana, gone } = scene();
    const first = changed(ana, () => {
      ana.getText('t').insert(8, 'X');
      ana.getMap('m').set('mine', 1);
    });
    const second = changed(ana, () => ana.getMap('m').set('later', 2));
    const severed = sever(first, gone);
    expect(severed?.lost).toEqual([{ client: ana.clientID, clock: 0, length: 1 }]);
    for (const update of [severed?.update as Uint8Array, second]) {
      expect(hasCauses(log, update)).toBe(true);
      Y.applyUpdate(log, update);
    }
    expect(log.getMap('m').toJSON()).toEqual({ k: 0, mine: 1, later: 2 });
    expect(log.getText('t').toString()).toBe('text');
  });
});
