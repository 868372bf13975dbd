import { type Entry, encodeFrame, SEAL_LENGTH, type Sequence, type SessionId } from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEntryQueue } from './entry-queue.js';

const session = 'aaaaaaaaaaaa' as SessionId;
const entry = (n: number, bytes: number): Entry => ({
  session,
  n,
  update: new Uint8Array(bytes),
  seal: new Uint8Array(SEAL_LENGTH),
});

describe('entry queue', () => {
  it('gives entries in order, as many as fit', () => {
    const queue = createEntryQueue(1_000);
    for (const n of [1, 2, 3]) queue.add(entry(n, 300));
    expect(queue.take(700).map(({ n }) => n)).toEqual([1, 2]);
    expect(queue.take(700).map(({ n }) => n)).toEqual([3]);
    expect(queue.take(700)).toEqual([]);
  });

  it('W2: leaves what fits in no frame to the log, and a backlog of more than two frames', () => {
    const queue = createEntryQueue(1_000);
    queue.add(entry(1, 1_001));
    expect(queue.size).toBe(0);
    for (let n = 2; n < 8; n += 1) queue.add(entry(n, 400));
    expect(queue.size).toBeLessThan(5);
  });

  it('W1: what it takes for a room of bytes fits in it when encoded', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 2_000 }),
        (sizes, room) => {
          const queue = createEntryQueue(2_000);
          for (const [index, bytes] of sizes.entries()) queue.add(entry(2 ** 31 + index, bytes));
          const frame = { session, epoch: '', synced: 0 as Sequence, awareness: new Uint8Array(0) };
          const presence = new Uint8Array(0);
          const empty = encodeFrame({ ...frame, presence, entries: [] }).length;
          const full = encodeFrame({ ...frame, presence, entries: queue.take(room) }).length;
          expect(full - empty).toBeLessThanOrEqual(room);
        },
      ),
      { numRuns: 300 },
    );
  });
});
