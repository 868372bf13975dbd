import { startFolders, startServers } from '@inkwire/test/server/databases';
import type { Report } from './report.js';
import { measureAppends } from './server-appends.js';
import { measureMemory } from './server-memory.js';
import { measureReads } from './server-reads.js';

/** The log beside what lies under it, on the embedded database and on PostgreSQL. */
export const run = async (report: Report): Promise<void> => {
  for (const [name, start] of [
    ['embedded', startFolders],
    ['PostgreSQL', startServers],
  ] as const) {
    const databases = await start();
    await measureAppends(report, name, {
      server: await databases.create(),
      bare: await databases.create(),
    });
    await measureReads(report, name, await databases.create());
    await measureMemory(report, name, await databases.create());
    await databases.stop();
  }
};
