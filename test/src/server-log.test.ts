import { createInkwireServer } from '@inkwire/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testAccess } from './server/access.js';
import { testAppends } from './server/appends.js';
import { testCompaction } from './server/compaction.js';
import { startFolders, startServers, type TestDatabases } from './server/databases.js';
import { logUnderTest } from './server/log-under-test.js';
import { serverOptions } from './server/options.js';
import { createPage, put, sendTo } from './server/page.js';

describe.each([
  ['the embedded database', startFolders],
  ['PostgreSQL', startServers],
])('the log on %s', (_name, start) => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await start();
  });
  afterAll(() => databases.stop());

  describe('appends and reads', () => testAppends(logUnderTest(() => databases)));
  describe('access', () => testAccess(logUnderTest(() => databases)));
  describe('compaction', () => testCompaction(() => databases));

  it('L9: what was appended is there after the server was stopped and started', async () => {
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
  });

  it('L7: a restored database has another epoch, and takes in what the backup lacks', async () => {
    const database = await databases.create();
    const channel = 'presence-board-restored';
    const first = await createInkwireServer(serverOptions({ database }));
    const ana = createPage(sendTo(first), 'ana', channel);
    const { epoch } = await ana.join();
    const entry = ana.draw(put('a'));
    await ana.append([entry]);
    await first.close();

    const second = await createInkwireServer(serverOptions({ database, restored: true }));
    const again = createPage(sendTo(second), 'ben', channel);
    const { header, rows } = await again.pull(1, epoch);
    expect(header.epoch).not.toBe(epoch);
    expect(rows).toHaveLength(1);
    await second.close();
  });
});
