import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildServer, startChildServer } from './server/child-server.js';
import { startFolders, startServers, type TestDatabases } from './server/databases.js';
import { createPage, put, type Send } from './server/page.js';

const CHANNEL = 'presence-board-killed';
const NOWHERE = { appId: 'app', key: 'key', secret: 'secret', host: '127.0.0.1', port: 9 };

describe.each([
  ['the embedded database', startFolders],
  ['PostgreSQL', startServers],
])('killing the server on %s', (_name, start) => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await start();
  });
  afterAll(() => databases.stop());

  it('L12: SIGKILL under load, again and again, loses nothing that was answered and stores nothing twice', async () => {
    const database = await databases.create();
    let server: ChildServer = await startChildServer(database, NOWHERE);
    const send: Send = (path, init) => server.send(path, init);
    const ana = createPage(send, 'ana', CHANNEL);
    await ana.join();
    const answered = new Map<number, number>();

    for (let round = 0; round < 3; round += 1) {
      const killAt = answered.size + 5 + round * 7;
      let entry = ana.draw(put(`k${answered.size + 1}`));
      let killed: Promise<void> | undefined;
      for (;;) {
        try {
          const { answer } = await ana.append([entry]);
          for (const [, n, seq] of answer.entries) answered.set(n, seq);
          if (answered.size === killAt) killed = server.kill();
          if (entry.n <= answered.size) entry = ana.draw(put(`k${answered.size + 1}`));
        } catch (error) {
          if (!killed) throw error;
          break;
        }
      }
      await killed;
      server = await startChildServer(database, NOWHERE);
      // The entry whose answer was lost is handed in again, as the outbox of a page does.
      const { status, answer } = await ana.append([entry]);
      expect(status).toBe(200);
      for (const [, n, seq] of answer.entries) answered.set(n, seq);
    }

    const { rows, header } = await ana.pull();
    expect(header.head).toBe(answered.size);
    expect(rows.map((row) => [row.n, row.seq])).toEqual([...answered]);
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
    expect(await server.stop()).toBe(0);
  });
});
