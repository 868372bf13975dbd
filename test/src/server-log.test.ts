import { createInkwireServer } from '@inkwire/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testAccess } from './server/access.js';
import { testAppends } from './server/appends.js';
import { testCompaction } from './server/compaction.js';
import { startFolders, startServers, type TestDatabases } from './server/databases.js';
import { logUnderTest } from './server/log-under-test.js';
import { serverOptions } from './server/options.js';
import { createPage, put, sendTo } from './server/page.js';
import { testReads } from './server/reads.js';

describe.each([
  ['the embedded database', startFolders],
  ['PostgreSQL', startServers],
])('the log on %s', (_name, start) => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await start();
  });
  afterAll(() => databases.stop());

  describe('appends, reads and access', () => {
    const log = logUnderTest(() => databases);
    testAppends(log);
    testReads(log, () => databases);
    testAccess(log);
  });
  describe('compaction', () => testCompaction(() => databases));

  it('L9, L7: a log that was stopped goes on where it was; one that was restored has another epoch', async () => {
    const database = await databases.create();
    const channel = 'presence-board-restarted';
    const first = await createInkwireServer(serverOptions({ database }));
    const ana = createPage(sendTo(first), 'ana', channel);
    await ana.join();
    const { answer } = await ana.append([ana.draw(put('a'))]);
    await first.close();

    const second = await createInkwireServer(serverOptions({ database }));
    const ben = createPage(sendTo(second), 'ben', channel);
    expect((await ben.follow()).header).toMatchObject({ epoch: answer.epoch, head: 1 });
    expect(ben.doc.getMap('b').get('a')).toBe('a');
    await second.close();

    const third = await createInkwireServer(serverOptions({ database, restored: true }));
    const cy = createPage(sendTo(third), 'cy', channel);
    const { header, rows } = await cy.pull(1, answer.epoch);
    expect(header.epoch).not.toBe(answer.epoch);
    expect(rows).toHaveLength(1);
    await third.close();
  });
});
