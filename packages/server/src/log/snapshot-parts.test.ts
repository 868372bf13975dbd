import type { Sequence } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import type { SnapshotInfo } from './snapshot.js';
import { keepParts, type ReadPart } from './snapshot-parts.js';

const MEGABYTE = 1 << 20;

const snapshot = (seq: number, length: number, madeAt = 1): SnapshotInfo => ({
  seq: seq as Sequence,
  length,
  madeAt,
  sessions: [],
});

/** A reader of parts that counts how often it is asked, and each time gives bytes of their own. */
const createCounted = (): { read: ReadPart; asked(): number } => {
  let asked = 0;
  return {
    async read(_channel, { length }) {
      asked += 1;
      return new Uint8Array(length).fill(asked);
    },
    asked: () => asked,
  };
};

describe('parts of snapshots', () => {
  it('L4: are read once, however many want them, now or later', async () => {
    const { read, asked } = createCounted();
    const kept = keepParts(read);
    const [one, other] = await Promise.all([kept(1, snapshot(5, 10), 0), kept(1, snapshot(5, 10), 0)]);
    expect(await kept(1, snapshot(5, 10), 0)).toBe(one);
    expect([other, asked()]).toEqual([one, 1]);
  });

  it('L7: are others on another channel, of another snapshot, and of one made at another time', async () => {
    const { read, asked } = createCounted();
    const kept = keepParts(read);
    await kept(1, snapshot(5, 10), 0);
    await kept(2, snapshot(5, 10), 0);
    await kept(1, snapshot(6, 10), 0);
    await kept(1, snapshot(5, 10, 2), 0);
    await kept(1, snapshot(5, 10), 1);
    expect(asked()).toBe(5);
  });

  it('L4: take 16 MB at most: the ones read last stay, and a long snapshot pushes out none', async () => {
    const { read, asked } = createCounted();
    const kept = keepParts(read);
    for (let seq = 1; seq <= 16; seq += 1) await kept(1, snapshot(seq, MEGABYTE), 0);
    await kept(1, snapshot(99, 9 * MEGABYTE), 0);
    await kept(1, snapshot(99, 9 * MEGABYTE), 0);
    expect(asked()).toBe(18);
    await kept(1, snapshot(1, MEGABYTE), 0);
    expect(asked()).toBe(18);
    await kept(1, snapshot(17, MEGABYTE), 0);
    await kept(1, snapshot(1, MEGABYTE), 0);
    expect(asked()).toBe(19);
    await kept(1, snapshot(2, MEGABYTE), 0);
    expect(asked()).toBe(20);
  });

  it('L12: one that could not be read, or is gone, is asked for again', async () => {
    const answers = [Promise.reject(new Error('down')), Promise.resolve(undefined)];
    const kept = keepParts(() => answers.shift() ?? Promise.resolve(new Uint8Array(1)));
    await expect(kept(1, snapshot(5, 1), 0)).rejects.toThrow('down');
    expect(await kept(1, snapshot(5, 1), 0)).toBeUndefined();
    expect(await kept(1, snapshot(5, 1), 0)).toEqual(new Uint8Array(1));
  });
});
