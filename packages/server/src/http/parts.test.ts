import { describe, expect, it } from 'vitest';
import type { Timer } from '../publish/timer.js';
import { streamParts } from './parts.js';
import { createStalledReaders } from './stalled-readers.js';

/** Timers that a test moves on by hand. */
const createTime = (): { readonly timer: Timer; pass(ms: number): void } => {
  const due = new Map<object, { at: number; work: () => void }>();
  let now = 0;
  return {
    timer(ms, work) {
      const key = {};
      due.set(key, { at: now + ms, work });
      return () => due.delete(key);
    },
    pass(ms) {
      now += ms;
      for (const [key, { at, work }] of due)
        if (at <= now) {
          due.delete(key);
          work();
        }
    },
  };
};

/** Parts without end, and whether somebody still wants them. */
const createParts = () => {
  let isOpen = false;
  async function* parts(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
    isOpen = true;
    try {
      for (let part = 0; ; part += 1) yield new Uint8Array([part]);
    } finally {
      isOpen = false;
    }
  }
  return { parts: parts(), isOpen: () => isOpen };
};

describe('an answer in parts', () => {
  const start = async () => {
    const time = createTime();
    let cut = 0;
    const readers = createStalledReaders(time.timer, () => {
      cut += 1;
    });
    const { parts, isOpen } = createParts();
    const response = await streamParts(parts, { readers, onReadBroken: () => {} });
    const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    /** Takes a part, and lets the next one be made. */
    const take = async (): Promise<Uint8Array | undefined> => {
      const { value } = await reader.read();
      await new Promise((resolve) => setImmediate(resolve));
      return value;
    };
    return { time, readers, reader, take, isOpen, cut: () => cut };
  };

  it('L4: goes on for as long as it is taken, however slowly', async () => {
    const { time, reader, take, isOpen, cut } = await start();
    for (let part = 0; part < 10; part += 1) {
      expect(await take()).toEqual(new Uint8Array([part]));
      time.pass(59_000);
    }
    expect([isOpen(), cut()]).toEqual([true, 0]);
    await reader.cancel();
    expect(isOpen()).toBe(false);
    time.pass(120_000);
    expect(cut()).toBe(0);
  });

  it('L4: that nobody takes for a minute breaks off and lets go of what it reads', async () => {
    const { time, take, isOpen, cut } = await start();
    await take();
    time.pass(60_000);
    await expect(take()).rejects.toThrow('not taken');
    await expect.poll(isOpen).toBe(false);
    expect(cut()).toBe(1);
  });

  it('that cannot be ended says so to who reads, and why to who operates', async () => {
    const reasons: unknown[] = [];
    const disk = new Error('The disk is gone, and with it what Ana wrote.');
    async function* parts(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
      yield new Uint8Array([1]);
      throw disk;
    }
    const readers = createStalledReaders(createTime().timer, () => {});
    const response = await streamParts(parts(), { readers, onReadBroken: (reason) => reasons.push(reason) });
    await expect(response.arrayBuffer()).rejects.toThrow('cannot be read now');
    expect(reasons).toEqual([disk]);
  });

  it('is given a second when the server closes, from then on or from its next part on', async () => {
    const { time, readers, take, isOpen } = await start();
    await take();
    time.pass(30_000);
    readers.hurry();
    time.pass(900);
    await take();
    time.pass(900);
    await take();
    expect(isOpen()).toBe(true);
    time.pass(1_000);
    await expect(take()).rejects.toThrow('not taken');
    await expect.poll(isOpen).toBe(false);
  });
});
