import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventNotice, RECEIPT_EVENT, type Receipt, WORKSPACE_EVENT } from '@inkwire/core';
import { type LocalPusher, startLocalPusher } from '@inkwire/local-pusher';
import { createInkwireServer, type InkwireServer, type LogRecord } from '@inkwire/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putEmptyDatabase } from './server/empty-database.js';
import { serverOptions } from './server/options.js';
import { createPage, put, type Send, sendTo } from './server/page.js';
import { createSubscriber } from './server/subscriber.js';

const INBOX = 'private-user-ben';
const OTHER_INBOX = 'private-user-cy';
const EVENTS = 25;
const BOARDS = 25;

describe('announcing through a Pusher that refuses for a while', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkwire-announcing-'));
  const waits: unknown[] = [];
  let pusher: LocalPusher;
  let server: InkwireServer;
  const send: Send = (path, init) => sendTo(server)(path, init);
  const open = (): Promise<InkwireServer> =>
    createInkwireServer(
      serverOptions({
        database: folder,
        pusher,
        // Waiting for another attempt is told, and over at once; nothing else that takes a second is needed here.
        timer(ms, work) {
          if (ms >= 1_000 && ms !== waits.at(-1)) return () => {};
          const handle = setTimeout(work, ms >= 1_000 ? 0 : ms);
          return () => clearTimeout(handle);
        },
        report({ event, retryInMs }: LogRecord) {
          if (event === 'publish failed') waits.push(retryInMs);
        },
      }),
    );
  beforeAll(async () => {
    putEmptyDatabase(folder);
    pusher = await startLocalPusher();
    server = await open();
  });
  afterAll(async () => {
    await server.close();
    await pusher.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('L12, E2: events that no attempt got through are announced by the next start, all of them, in order', async () => {
    const ben = createSubscriber(pusher, send, 'ben');
    for (const channel of [INBOX, OTHER_INBOX]) await ben.subscribe(channel);
    const order: (string | undefined)[] = [];
    ben.pusher.bind(WORKSPACE_EVENT, ({ event }: EventNotice) => order.push(event?.channel));
    pusher.faults.stopHttp({ status: 500 });
    const tasks = Array.from({ length: EVENTS }, (_, index) => ({
      type: 'task.assigned',
      actor: 'ana',
      task: `t${index}`,
      assignee: 'ben',
    }));
    await server.publishAll(INBOX, tasks);
    await server.publish(OTHER_INBOX, { ...tasks[0], type: 'task.assigned', actor: 'ana' });
    await expect.poll(() => waits.length).toBeGreaterThan(7);
    expect(waits.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1_000));
    await server.close();
    waits.length = 0;
    const notices = ben.received<EventNotice>(INBOX, WORKSPACE_EVENT);
    expect(notices).toEqual([]);

    pusher.faults.startHttp();
    pusher.counters.reset();
    server = await open();
    await expect.poll(() => notices.length).toBeGreaterThanOrEqual(EVENTS);
    expect(notices.slice(0, EVENTS).map(({ seq, event }) => [seq, event?.task])).toEqual(
      tasks.map(({ task }, index) => [index + 1, task]),
    );
    // In turns: a channel of which much is told keeps no other waiting.
    expect([10, 11]).toContain(order.indexOf(OTHER_INBOX));
    // Ten in a call at most, which is all that Pusher takes.
    expect(pusher.counters.read().http).toMatchObject({ requests: 3, failed: 0 });
    ben.close();
  });

  it('L5: the receipts of many boards share calls, ten in each at most', async () => {
    pusher.faults.stopHttp({ status: 500 });
    const boards = Array.from({ length: BOARDS }, (_, index) => `presence-board-shared${index}`);
    for (const board of boards) {
      const page = createPage(send, 'ana', board);
      await page.join();
      expect((await page.append([page.draw(put('a'))])).status).toBe(200);
    }
    await server.close();
    const ben = createSubscriber(pusher, send, 'ben');
    server = await open();
    for (const board of [boards[0], boards[BOARDS - 1]]) await ben.subscribe(board as string);
    await server.close();

    pusher.faults.startHttp();
    pusher.counters.reset();
    server = await open();
    // A receipt for each board, and word of who edited it.
    await expect.poll(() => pusher.counters.read().events.published).toBe(2 * BOARDS);
    const { requests, failed } = pusher.counters.read().http;
    expect(failed).toBe(0);
    // Word of the first board leaves at once, before the others are known to wait.
    expect(requests).toBeLessThanOrEqual(2 * Math.ceil(BOARDS / 10) + 1);
    for (const board of [boards[0], boards[BOARDS - 1]])
      await expect
        .poll(() => ben.received<Receipt>(board as string, RECEIPT_EVENT).map(({ head }) => head))
        .toEqual([1]);
    ben.close();
  });
});
