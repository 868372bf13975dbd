import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createYjsReplica } from './yjs-replica.js';

/** Well-formed updates of three clients, found by chance; after the last one, Yjs fails while it cleans up. */
const POISON = [
  'AQkBAAQBAXQBaIQBAAJlbIQBAgJsbygBAWICazABfQEnAQFiAm4wAgQAAQYDYWJjCAEBbAN9AX0CfQPGAQABAQRib2xkBHRydWXGAQIBAwRib2xkBG51bGwA',
  'AQEDAMIBCgEEAgExCXVuZGVmaW5lZAEBAQUB',
  'AQECACIAAQYCazACATEJdW5kZWZpbmVkAA==',
  'AQEDAqkCAAVndWlkMHYAAA==',
  'AQEDAyUAAQ0CazEHeyJhIjoxfQEBAQYC',
].map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));

describe('the replica', () => {
  it('F1: an update that Yjs fails on spoils neither what comes with it nor what comes after it', () => {
    const doc = new Y.Doc();
    const replica = createYjsReplica(doc, 'log');
    for (const update of POISON.slice(0, -1)) replica.apply([update]);
    expect(() => replica.apply(POISON.slice(-1))).toThrow('Unexpected case');
    // Handed in again, as after any failed read, it changes nothing more.
    replica.apply(POISON);

    const other = new Y.Doc();
    other.getMap('b').set('later', 1);
    const told: unknown[] = [];
    doc.on('update', (_update, origin) => told.push(origin));
    replica.apply([new Uint8Array([1, 2, 3]), Y.encodeStateAsUpdate(other)]);
    doc.getMap('b').set('mine', 2);
    expect(doc.getMap('b').toJSON()).toMatchObject({ later: 1, mine: 2 });
    expect(told).toEqual(['log', null]);
  });
});
