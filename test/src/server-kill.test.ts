import { createInkwireServer } from '@inkwire/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildServer, startChildServer } from './server/child-server.js';
import { startFolders } from './server/databases.js';
import { surviveKills } from './server/kill-run.js';
import { serverOptions } from './server/options.js';
import { createPage, put, type Send, sendTo } from './server/page.js';
import { startPostgres, type TestPostgres } from './server/postgres.js';
import { type Author, assertAllThere, progress, startAuthor } from './server/survival.js';

const NOWHERE = { appId: 'app', key: 'key', secret: 'secret', host: '127.0.0.1', port: 9 };

/** Each kill comes later than the one before, so that it hits other moments. */
const growing = (): (() => number) => {
  let count = 3;
  return () => {
    count += 8;
    return count;
  };
};

/** Reads on and on what is new, and sees no hole and nothing out of order at any moment. */
const readAlong = async (send: Send, channel: string, goesOn: () => boolean): Promise<void> => {
  const reader = createPage(send, 'reader', channel);
  for (let synced = 0; goesOn(); ) {
    const { header, rows } = await reader.pull(synced);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => synced + 1 + index));
    expect(header.head).toBe(synced + rows.length);
    synced = header.head;
  }
};

// Side by side, since they wait most of the time; PostgreSQL's in turns, since one of them kills it.
describe.concurrent('with the embedded database', () => {
  it('L12: SIGKILLs of the server lose nothing that was answered, and nothing is stored or announced wrongly', async () => {
    const folders = await startFolders({ fsync: true });
    const run = { database: await folders.create(), kills: 2, answersBetween: growing() };
    expect(await surviveKills(run)).toBeGreaterThan(30);
    await folders.stop();
  });
});

describe.concurrent('with PostgreSQL', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it.sequential('L12: SIGKILLs of the server lose nothing that was answered, and nothing is stored or announced wrongly', async () => {
    const database = await postgres.createDatabase('server_killed');
    expect(await surviveKills({ database, kills: 2, answersBetween: growing() })).toBeGreaterThan(30);
  });

  it.sequential('L12: SIGKILLs of the database lose nothing either, and the server recovers by itself', async () => {
    const database = await postgres.createDatabase('database_killed');
    const kill = async (): Promise<void> => {
      await postgres.kill();
      await postgres.start();
    };
    expect(await surviveKills({ database, kills: 2, answersBetween: growing(), kill })).toBeGreaterThan(30);
  });

  it.sequential('L9: 20 authors over two server processes get one contiguous log, wherever each request goes', async () => {
    const database = await postgres.createDatabase('shared');
    const servers = await Promise.all([
      startChildServer(database, NOWHERE),
      startChildServer(database, NOWHERE),
    ]);
    let turn = 0;
    // Every third request reaches both at once, as one does that is repeated while it is still under way.
    const send: Send = async (path, init) => {
      turn += 1;
      const [one, other] = (turn % 2 ? servers : servers.toReversed()) as [ChildServer, ChildServer];
      const answers = [one.send(path, init)];
      if (turn % 3 === 0) answers.push(other.send(path, init));
      const [answer, twin] = (await Promise.all(answers)) as [Response, Response?];
      await twin?.body?.cancel();
      return answer;
    };
    // A second channel, so that one process meets the other on both within one transaction.
    const start = (count: number, channel: string): Promise<Author[]> =>
      Promise.all(Array.from({ length: count }, (_, index) => startAuthor(send, `user${index}`, channel)));
    const [many, few] = await Promise.all([
      start(20, 'presence-board-shared'),
      start(4, 'presence-board-other'),
    ]);
    let writing = true;
    const watching = readAlong(send, 'presence-board-shared', () => writing);
    await progress([...many, ...few], 300);
    await Promise.all([...many, ...few].map((author) => author.stop()));
    writing = false;
    await watching;
    for (const authors of [many, few]) await assertAllThere(authors);
    await Promise.all(servers.map((server) => server.stop()));
  });

  it.sequential('L7: a restored backup is noticed: the log has another epoch, and pages hand in what the backup lacks', async () => {
    const database = await postgres.createDatabase('original');
    let server = await createInkwireServer(serverOptions({ database }));
    const send: Send = (path, init) => sendTo(server)(path, init);
    const ana = createPage(send, 'ana', 'presence-board-restored');
    const { epoch } = await ana.join();
    const entries = ['a', 'b', 'c'].map((key) => ana.draw(put(key)));
    await ana.append(entries.slice(0, 1));
    await server.close();
    const backup = await postgres.createDatabase('backup', 'original');

    server = await createInkwireServer(serverOptions({ database }));
    expect((await ana.append(entries.slice(1))).answer).toMatchObject({ epoch, head: 3 });
    await server.close();

    server = await createInkwireServer(serverOptions({ database: backup }));
    const { header, rows } = await ana.pull(3, epoch);
    expect(header.epoch).not.toBe(epoch);
    expect(rows.map(({ seq, n }) => [seq, n])).toEqual([[1, 1]]);
    expect((await ana.append(entries)).answer.entries.map(([, n, seq]) => [n, seq])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    await server.close();

    // Started once more, it is the same history.
    server = await createInkwireServer(serverOptions({ database: backup }));
    expect((await ana.pull()).header.epoch).toBe(header.epoch);
    await server.close();
  });
});
