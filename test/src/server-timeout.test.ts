import { createInkwireServer } from '@inkwire/server';
import { openDatabase } from '@inkwire/server/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serverOptions } from './server/options.js';
import { type Appended, createPage, put, sendTo } from './server/page.js';
import { startPostgres, type TestPostgres } from './server/postgres.js';
import { openSilentWay, type SilentWay } from './server/silent-way.js';

/** Longer than anything here takes on a busy machine, but for what waits on purpose. */
const TIMEOUT_MS = 2_000;
const LONGER = `select pg_sleep(${(1.25 * TIMEOUT_MS) / 1_000})`;

// Side by side, since they wait for the same time.
describe.concurrent('a PostgreSQL that does not answer', () => {
  let postgres: TestPostgres;
  let address: string;
  let way: SilentWay;
  /** The database, by the way that falls silent. */
  const byWay = (): string => address.replace(/:\d+\//, `:${way.port}/`);
  beforeAll(async () => {
    postgres = await startPostgres();
    address = await postgres.createDatabase('answering');
    way = await openSilentWay(Number(new URL(address).port));
  });
  afterAll(async () => {
    await way.close();
    await postgres.stop();
  });

  it('ends what takes too long itself, and goes on with what may take long', async ({ expect }) => {
    const database = await openDatabase(address, TIMEOUT_MS);
    const pages = { name: 'a read of pages', sql: `select 1 from (${LONGER}) as waited where $1 = 1` };
    // Whoever says it first: the database, or, on a busy machine, the end of our patience with it.
    const tooLong = /timeout/;
    await Promise.all([
      expect(database.query('select pg_sleep(600)')).rejects.toThrow(tooLong),
      expect(database.readBytes(pages, [1])).rejects.toThrow(tooLong),
      expect(database.transaction((query) => query(LONGER))).rejects.toThrow(tooLong),
      expect(database.longTransaction((query) => query(LONGER))).resolves.toHaveLength(1),
    ]);
    const running = "select from pg_stat_activity where query = 'select pg_sleep(600)' and state = 'active'";
    await expect.poll(() => database.query(running)).toEqual([]);
    await database.close();
  });

  it('L9: whoever waits for the lock of migrations, or holds it, takes as long as it takes', async () => {
    const [one, other] = await Promise.all([
      openDatabase(address, TIMEOUT_MS),
      openDatabase(address, TIMEOUT_MS),
    ]);
    let waiting: Promise<unknown> = Promise.resolve();
    await one.withLock(77, true, async () => {
      waiting = other.withLock(77, true, () => other.query('select 1'));
      await one.script(LONGER);
    });
    expect(await waiting).toHaveLength(1);
    await Promise.all([one.close(), other.close()]);
  });

  it('L12: a connection that fell silent is given up, those beside it at once, and what it held is free for others', async () => {
    const server = await createInkwireServer(
      serverOptions({ database: byWay(), databaseTimeoutMs: TIMEOUT_MS }),
    );
    const database = await openDatabase(byWay(), TIMEOUT_MS);
    const page = createPage(sendTo(server), 'ana', 'presence-board-silent');
    await page.join();
    await page.append([page.draw(put('a'))]);
    await Promise.all([page.pull(), page.pull(), page.pull()]);
    const entry = page.draw(put('b'));
    const answers: Appended[] = [];
    const holding = database.transaction(async (query) => {
      await query('select from inkwire.channels for update');
      way.fallSilent();
      answers.push(await page.append([entry]), await page.append([entry]));
      throw new Error('The process that held the channels is gone.');
    });
    await expect(holding).rejects.toThrow('is gone');
    expect(answers).toMatchObject([{ status: 503 }, { status: 200, answer: { head: 2 } }]);
    expect((await page.pull()).rows.map(({ n }) => n)).toEqual([1, 2]);
    await Promise.all([server.close(), database.close()]);
  });
});
