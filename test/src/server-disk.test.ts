import fs from 'node:fs';
import type { Entry } from '@inkwire/core';
import { createInkwireServer } from '@inkwire/server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startFolders, type TestDatabases } from './server/databases.js';
import { serverOptions } from './server/options.js';
import { createPage, put, sendTo } from './server/page.js';
import { startPostgres, type TestPostgres } from './server/postgres.js';

type Call = (...parameters: unknown[]) => unknown;
const calls = fs as unknown as Record<'writeSync' | 'fsyncSync', Call>;
const real = { writeSync: calls.writeSync, fsyncSync: calls.fsyncSync };

/** Lets `writes` more calls through, then refuses them all, as a full or broken disk does. */
const fail = (name: 'writeSync' | 'fsyncSync', code: string, writes: number): void => {
  let left = writes;
  calls[name] = (...parameters) => {
    left -= 1;
    if (left < 0) throw Object.assign(new Error(code), { code });
    return real[name](...parameters);
  };
};
const heal = (): void => {
  Object.assign(calls, real);
};

describe('a disk that refuses', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startFolders({ fsync: true });
  });
  afterEach(heal);
  afterAll(() => databases.stop());

  it('L12: appends are answered with 503 while the disk is full, and go on without repair afterwards', async () => {
    const server = await createInkwireServer(serverOptions({ database: await databases.create() }));
    const ana = createPage(sendTo(server), 'ana', 'presence-board-full');
    await ana.join();
    const answered = new Map<number, number>();
    const failures = [
      ['writeSync', 'ENOSPC', 3, 10],
      ['fsyncSync', 'EIO', 1, 20_000],
    ] as const;
    for (const [name, code, writes, bytes] of failures) {
      fail(name, code, writes);
      let entry = ana.draw(put(`k${answered.size}`, new Uint8Array(bytes)));
      let refused: { status: number } | undefined;
      for (let step = 0; step < 20 && !refused; step += 1) {
        const { status, answer } = await ana.append([entry]);
        if (status !== 200) refused = { status };
        else {
          for (const [, n, seq] of answer.entries) answered.set(n, seq);
          entry = ana.draw(put(`k${answered.size}`, new Uint8Array(bytes)));
        }
      }
      expect(refused).toEqual({ status: 503 });
      const reading = await ana.send('/readyz');
      expect(reading.status).toBe(503);
      expect(reading.headers.get('retry-after')).toMatch(/^\d+$/);
      const counted = await ana.send('/metrics');
      expect(counted.status).toBe(200);
      expect(await counted.text()).not.toMatch(/^inkwire_log_rows /m);

      heal();
      const { status, answer } = await ana.append([entry]);
      expect(status).toBe(200);
      for (const [, n, seq] of answer.entries) answered.set(n, seq);
      const { rows } = await ana.pull();
      expect(rows.map((row) => [row.n, row.seq])).toEqual([...answered]);
    }
    await server.close();
  });
});

describe('a disk that refuses PostgreSQL', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    // Without spare segments of its log, it needs a new one soon.
    postgres = await startPostgres(['-c', 'wal_recycle=off', '-c', 'min_wal_size=32MB']);
  });
  afterAll(() => postgres.stop());

  /** A page that hands in large entries, one after another, and what it was answered. */
  const startPage = async (name: string) => {
    const database = await postgres.createDatabase(name);
    const server = await createInkwireServer(serverOptions({ database, limits: { bytesPerSecond: 1e9 } }));
    const ana = createPage(sendTo(server), 'ana', 'presence-board-full');
    await ana.join();
    const answered: [n: number, seq: number][] = [];
    const block = new Uint8Array((1 << 20) - 200);
    const drawn = (): Entry => ana.draw(put(`k${answered.length}`, block));
    let entry = drawn();
    /** Hands in the next entry; one that is not taken stays the next. */
    const hand = async (): Promise<number> => {
      const { status, answer } = await ana.append([entry]);
      if (status !== 200) return status;
      for (const [, n, seq] of answer.entries) answered.push([n, seq]);
      entry = drawn();
      return status;
    };
    const handUntilRefused = async (): Promise<number> => {
      let status = await hand();
      for (let step = 0; step < 60 && status === 200; step += 1) status = await hand();
      return status;
    };
    return { server, ana, answered, hand, handUntilRefused };
  };

  it('L12: appends are answered with 503 while files cannot grow, reading goes on, and nothing answered is lost (skipped where the system has no prlimit)', async ({
    skip,
  }) => {
    if (!postgres.limitFiles('unlimited')) return skip();
    const { server, ana, answered, hand, handUntilRefused } = await startPage('full');
    // A segment of its log, which PostgreSQL makes whole beforehand, still fits.
    postgres.limitFiles(17 << 20);
    expect([await handUntilRefused(), await hand()]).toEqual([503, 503]);
    expect((await ana.pull(answered.length - 1)).header.head).toBe(answered.length);

    postgres.limitFiles('unlimited');
    expect(await hand()).toBe(200);
    const { rows } = await ana.pull();
    expect(rows.map((row) => [row.n, row.seq])).toEqual(answered);
    await server.close();
  });

  it('L12: where it cannot write its own log either, it goes down: 503 until it is back, and then everything answered is there (skipped where the system has no prlimit)', async ({
    skip,
  }) => {
    if (!postgres.limitFiles('unlimited')) return skip();
    const { server, ana, answered, hand, handUntilRefused } = await startPage('down');
    expect([await hand(), await hand()]).toEqual([200, 200]);
    // Less than a segment of that log, so it panics, and cannot recover either while that lasts.
    postgres.limitFiles(15 << 20);
    expect(await handUntilRefused()).toBe(503);
    await expect.poll(async () => (await ana.send('/readyz')).status).toBe(503);
    expect((await ana.send(`/channels/presence-board-full/entries?after=0`)).status).toBe(503);

    await postgres.kill();
    await postgres.start();
    await expect.poll(hand, { timeout: 10_000 }).toBe(200);
    const { rows } = await ana.pull();
    expect(rows.map((row) => [row.n, row.seq])).toEqual(answered);
    await server.close();
  });
});
