import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildServer, startChildServer } from './server/child-server.js';
import { startFolders } from './server/databases.js';
import { surviveKills } from './server/kill-run.js';
import type { Send } from './server/page.js';
import { startPostgres, type TestPostgres } from './server/postgres.js';
import { assertAllThere, progress, startAuthor } from './server/survival.js';

const NOWHERE = { appId: 'app', key: 'key', secret: 'secret', host: '127.0.0.1', port: 9 };

/** Each kill comes later than the one before, so that it hits other moments. */
const growing = (): (() => number) => {
  let count = 3;
  return () => {
    count += 8;
    return count;
  };
};

describe('with the embedded database', () => {
  it('L12: SIGKILLs of the server lose nothing that was answered, and nothing is stored or announced wrongly', async () => {
    const folders = await startFolders();
    const run = { database: await folders.create(), kills: 2, answersBetween: growing() };
    expect(await surviveKills(run)).toBeGreaterThan(30);
    await folders.stop();
  });
});

describe('with PostgreSQL', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('L12: SIGKILLs of the server lose nothing that was answered, and nothing is stored or announced wrongly', async () => {
    const database = await postgres.createDatabase('server_killed');
    expect(await surviveKills({ database, kills: 2, answersBetween: growing() })).toBeGreaterThan(30);
  });

  it('L12: SIGKILLs of the database lose nothing either, and the server recovers by itself', async () => {
    const database = await postgres.createDatabase('database_killed');
    const kill = async (): Promise<void> => {
      await postgres.kill();
      await postgres.start();
    };
    expect(await surviveKills({ database, kills: 2, answersBetween: growing(), kill })).toBeGreaterThan(30);
  });

  it('L9: 20 authors over two server processes get one contiguous log, wherever each request goes', async () => {
    const database = await postgres.createDatabase('shared');
    const servers = await Promise.all([
      startChildServer(database, NOWHERE),
      startChildServer(database, NOWHERE),
    ]);
    let turn = 0;
    const send: Send = (path, init) => {
      turn += 1;
      return (servers[turn % 2] as ChildServer).send(path, init);
    };
    const authors = await Promise.all(
      Array.from({ length: 20 }, (_, index) => startAuthor(send, `user${index}`, 'presence-board-shared')),
    );
    await progress(authors, 300);
    await Promise.all(authors.map((author) => author.stop()));
    await assertAllThere(authors);
    await Promise.all(servers.map((server) => server.stop()));
  });
});
