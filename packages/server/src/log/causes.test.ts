import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { InkwireRefusal } from '../refusal.js';
import { checkCauses } from './causes.js';
import { readUpdateShape, type Struct, type UpdateShape } from './update-shape.js';

const shapeOf = (structs: Record<number, Struct[]>, deletes: UpdateShape['deletes'] = []): UpdateShape => ({
  structs: new Map(Object.entries(structs).map(([client, list]) => [Number(client), list])),
  deletes,
  clients: new Set(),
});
const at = (start: number, end: number, ...causes: [client: number, clock: number][]): Struct => ({
  start,
  end,
  causes: causes.map(([client, clock]) => ({ client, clock })),
});
const clocks =
  (known: Record<number, number>) =>
  (client: number): number =>
    known[client] ?? 0;

describe('causes', () => {
  it('L10: are there when every id is in the log, or earlier in the update', () => {
    const update = shapeOf({ 1: [at(3, 4, [2, 1]), at(4, 6, [1, 3])], 2: [at(1, 2, [3, 0])] }, [
      { client: 1, clock: 5 },
    ]);
    expect(new Map(checkCauses(update, clocks({ 1: 3, 2: 1, 3: 1 })))).toEqual(
      new Map([
        [1, 6],
        [2, 2],
      ]),
    );
  });

  it('L10: that are missing are named: own clocks, origins of others, deleted ones', () => {
    const missing = (update: UpdateShape, known: Record<number, number>): unknown => {
      try {
        checkCauses(update, clocks(known));
        return [];
      } catch (error) {
        return (error as InkwireRefusal).details.missing;
      }
    };
    expect(missing(shapeOf({ 1: [at(5, 6)] }), { 1: 3 })).toEqual([[1, 4]]);
    expect(missing(shapeOf({ 1: [at(0, 1, [9, 4])] }), { 9: 4 })).toEqual([[9, 4]]);
    expect(missing(shapeOf({}, [{ client: 2, clock: 7 }]), { 2: 7 })).toEqual([[2, 7]]);
    expect(missing(shapeOf({ 1: [at(0, 1), at(2, 3)] }), {})).toEqual([[1, 1]]);
    // A struct that is in the log already, repeated with another cause: Yjs would wait for that.
    expect(missing(shapeOf({ 1: [at(0, 1, [9, 4])] }), { 1: 3 })).toEqual([[9, 4]]);
  });

  it('L10: that form a circle are refused for good', () => {
    const circle = shapeOf({ 1: [at(0, 1, [2, 0])], 2: [at(0, 1, [1, 0])] });
    expect(() => checkCauses(circle, clocks({}))).toThrow(expect.objectContaining({ code: 'undecodable' }));
    const selfish = shapeOf({ 1: [at(0, 1, [1, 0])] });
    expect(() => checkCauses(selfish, clocks({}))).toThrow(expect.objectContaining({ code: 'undecodable' }));
    // One after the other, the same two clients may build on each other.
    const braid = shapeOf({ 1: [at(0, 1), at(1, 2, [2, 0])], 2: [at(0, 1, [1, 0]), at(1, 2, [1, 1])] });
    expect([...checkCauses(braid, clocks({}))]).toHaveLength(2);
  });

  it('L10: an update is taken exactly when Yjs leaves nothing of it pending', () => {
    const step = fc.record({
      client: fc.nat(2),
      key: fc.nat(2),
      kind: fc.constantFrom('set', 'delete', 'text', 'erase', 'sync'),
      other: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.infiniteStream(fc.nat(1_000)), (steps, order) => {
        const docs = [1, 2, 3].map((client) => {
          const doc = new Y.Doc();
          doc.clientID = client;
          return doc;
        });
        const updates: Uint8Array[] = [];
        for (const doc of docs)
          doc.on('update', (update: Uint8Array, origin: unknown) => {
            if (origin !== 'sync') updates.push(update);
          });
        for (const { client, key, kind, other } of steps) {
          const doc = docs[client] as Y.Doc;
          const text = doc.getText('t');
          if (kind === 'set') doc.getMap('b').set(`k${key}`, key);
          else if (kind === 'delete') doc.getMap('b').delete(`k${key}`);
          else if (kind === 'text') text.insert(Math.min(key, text.length), 'ab');
          else if (kind === 'erase' && text.length > 0) text.delete(0, 1);
          else if (kind === 'sync') Y.applyUpdate(doc, Y.encodeStateAsUpdate(docs[other] as Y.Doc), 'sync');
        }
        const log = new Y.Doc();
        const vector = new Map<number, number>();
        const waiting = [...updates];
        for (let tries = updates.length * 3; tries > 0 && waiting.length > 0; tries -= 1) {
          const [update] = waiting.splice((order.next().value as number) % waiting.length, 1) as [Uint8Array];
          let taken = true;
          try {
            const after = checkCauses(readUpdateShape(update), (client) => vector.get(client) ?? 0);
            for (const [client, clock] of after) vector.set(client, clock);
          } catch (error) {
            expect((error as InkwireRefusal).code).toBe('causes_missing');
            taken = false;
          }
          const trial = new Y.Doc();
          Y.applyUpdate(trial, Y.encodeStateAsUpdate(log));
          Y.applyUpdate(trial, update);
          expect(trial.store.pendingStructs === null && trial.store.pendingDs === null).toBe(taken);
          if (taken) Y.applyUpdate(log, update);
          else waiting.push(update);
        }
      }),
      { numRuns: 300 },
    );
  });
});
