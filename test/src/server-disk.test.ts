import fs from 'node:fs';
import type { Entry } from '@inkwire/core';
import { createInkwireServer } from '@inkwire/server';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startFolders, type TestDatabases } from './server/databases.js';
import { serverOptions } from './server/options.js';
import { createPage, put, sendTo } from './server/page.js';
import { startPostgres } from './server/postgres.js';

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
    databases = await startFolders();
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
  it('L12: appends are answered with 503 while files cannot grow, reading goes on, and nothing answered is lost (skipped where the system has no prlimit)', async ({
    skip,
  }) => {
    const postgres = await startPostgres();
    onTestFinished(postgres.stop);
    if (!postgres.limitFiles('unlimited')) return skip();
    const database = await postgres.createDatabase('full');
    const limits = { bytesPerSecond: 1e9 };
    const server = await createInkwireServer(serverOptions({ database, limits }));
    const ana = createPage(sendTo(server), 'ana', 'presence-board-full');
    await ana.join();
    const answered: [n: number, seq: number][] = [];
    const block = new Uint8Array((1 << 20) - 200);
    const drawn = (): Entry => ana.draw(put(`k${answered.length}`, block));
    let entry = drawn();
    const hand = async (): Promise<number> => {
      const { status, answer } = await ana.append([entry]);
      if (status === 200) for (const [, n, seq] of answer.entries) answered.push([n, seq]);
      return status;
    };
    // A segment of its log, which PostgreSQL makes whole beforehand, still fits.
    postgres.limitFiles(17 << 20);
    let status = await hand();
    for (let step = 0; step < 20 && status === 200; step += 1) {
      entry = drawn();
      status = await hand();
    }
    expect([status, await hand()]).toEqual([503, 503]);
    expect((await ana.pull(answered.length - 1)).header.head).toBe(answered.length);

    postgres.limitFiles('unlimited');
    expect(await hand()).toBe(200);
    const { rows } = await ana.pull();
    expect(rows.map((row) => [row.n, row.seq])).toEqual(answered);
    await server.close();
  });
});
