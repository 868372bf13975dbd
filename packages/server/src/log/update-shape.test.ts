import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { InkwireRefusal } from '../refusal.js';
import { readUpdateShape } from './update-shape.js';

const UNDECODABLE = expect.objectContaining({ code: 'undecodable' });

/** An update of garbage-collected structs, `[client, clock, length]` in sections as given. */
const updateOf = (...sections: (readonly [client: number, clock: number, length: number])[]): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, sections.length);
    for (const [client, clock, length] of sections) {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      encoding.writeUint8(encoder, 0);
      encoding.writeVarUint(encoder, length);
    }
    encoding.writeVarUint(encoder, 0);
  });

describe('the shape of an update', () => {
  it('L10: names the clocks that it fills, what these build on, and what it deletes', () => {
    const doc = new Y.Doc();
    doc.clientID = 7;
    const text = doc.getText('t');
    text.insert(0, 'abc');
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    doc.transact(() => {
      text.insert(3, 'd');
      text.delete(0, 2);
    });
    const shape = readUpdateShape(updates[0] as Uint8Array);
    expect([...shape.structs]).toEqual([[7, [{ start: 3, end: 4, causes: [new Y.ID(7, 2)] }]]]);
    expect(shape.deletes).toEqual([{ client: 7, clock: 1 }]);
  });

  it('L3: refuses structs without length, clocks beyond counting, and two sections of one client', () => {
    expect(readUpdateShape(updateOf([1, 0, 5])).structs.get(1)).toHaveLength(1);
    expect(() => readUpdateShape(updateOf([1, 0, 0]))).toThrow(UNDECODABLE);
    expect(() => readUpdateShape(updateOf([1, Number.MAX_SAFE_INTEGER, 5]))).toThrow(UNDECODABLE);
    // Yjs would keep the second section only, and wait for ever for what the first one held.
    expect(() => readUpdateShape(updateOf([1, 0, 5], [1, 5, 5]))).toThrow(UNDECODABLE);
  });

  it('L3: refuses an empty deleted range, which every document that takes it would fail on', () => {
    // No structs; deleted by one client, 5, in one range: clock 7, length 0.
    const update = Uint8Array.of(0, 1, 5, 1, 7, 0);
    expect(() => Y.applyUpdate(new Y.Doc(), update)).toThrow();
    expect(() => readUpdateShape(update)).toThrow(UNDECODABLE);
  });

  it('L3: any bytes have a shape or are refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readUpdateShape(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(InkwireRefusal);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('L10: reads on behind bytes that an update holds', () => {
    const doc = new Y.Doc();
    doc.clientID = 7;
    doc.getArray('a').insert(0, [new Uint8Array([1, 2, 3]), 'x', new Uint8Array(0), 'y']);
    const shape = readUpdateShape(Y.encodeStateAsUpdate(doc));
    expect(shape.structs.get(7)?.map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
  });
});
