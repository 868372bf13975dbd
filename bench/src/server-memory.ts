import { readFileSync } from 'node:fs';
import { startChildServer } from '@inkwire/test/server/child-server';
import { createPage, type Page, put } from '@inkwire/test/server/page';
import { retried } from '@inkwire/test/server/survival';
import type { Report } from './report.js';

/** Nothing is published while reads are measured. */
const NOWHERE = { appId: 'app', key: 'key', secret: 'secret', host: '127.0.0.1', port: 9 };
const LOG_BYTES = 200 << 20;
const READERS = 4;
/** Half of what one of the readers takes: no answer is ever in memory as a whole. */
const MOST_MEMORY_MB = 100;

const CHANNEL = 'presence-board-large';

/**
 * How much a server's memory grows while several readers take a log of 200 MB from it: a process of its own, which has
 * started and answered one small request, and nothing before that.
 */
export const measureMemory = async (report: Report, name: string, database: string): Promise<void> => {
  await fillLog(database);
  const server = await startChildServer(database, NOWHERE);
  const { send } = createPage(server.send, 'ana', CHANNEL);
  await (await send('/channels/presence-board-small/entries?after=0')).arrayBuffer();
  const before = residentBytes(server.pid);
  let most = before;
  const watching = setInterval(() => {
    most = Math.max(most, residentBytes(server.pid));
  }, 5);
  await Promise.all(
    Array.from({ length: READERS }, async () => {
      const response = await send(`/channels/${CHANNEL}/entries?after=1`);
      for await (const _chunk of response.body as unknown as AsyncIterable<Uint8Array>);
    }),
  );
  clearInterval(watching);
  report({
    suite: 'server',
    case: `${name}, a log of 200 MB to ${READERS} readers`,
    metric: 'memory on top',
    unit: 'MB',
    ours: (most - before) / 1e6,
    peer: 'the log itself',
    theirs: LOG_BYTES / 1e6,
    ratio: LOG_BYTES / (most - before),
    needed: { ours: MOST_MEMORY_MB },
  });
  await server.stop();
};

/** Writes the log, and waits until it is compacted as far as it will be. */
const fillLog = async (database: string): Promise<void> => {
  const server = await startChildServer(database, NOWHERE);
  const page = createPage(server.send, 'ana', CHANNEL);
  await page.join();
  const block = new Uint8Array((1 << 20) - 200);
  for (let bytes = 0; bytes < LOG_BYTES; bytes += 3 * block.length) {
    const entries = [0, 1, 2].map((part) => page.draw(put(`${bytes}/${part}`, block)));
    const { status } = await page.append(entries);
    if (status !== 200) throw new Error(`An append was answered with ${status}.`);
  }
  await settled(page);
  await server.stop();
};

/** Waits until the server has compacted what it will. */
const settled = async (page: Page): Promise<void> => {
  // Repeated, since a server that compacts 200 MB may close an idle connection before it reads what comes on it.
  const compactions = (): Promise<string | undefined> =>
    retried(
      async () => /^inkwire_compactions_total.*$/m.exec(await (await page.send('/metrics')).text())?.[0],
    );
  let last: string | undefined = 'none yet';
  for (let now = await compactions(); now !== last; now = await compactions()) {
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
  }
};

const residentBytes = (pid: number): number => {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!found) throw new Error(`The system does not tell how much memory process ${pid} has.`);
  return Number(found[1]) * 1_024;
};
