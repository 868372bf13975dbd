import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInkwireServer } from '@inkwire/server';
import { type EmptyDatabaseOptions, putEmptyDatabase } from './empty-database.js';
import { serverOptions } from './options.js';
import { startPostgres } from './postgres.js';

/** A kind of database under test: the same tests run on each. */
export interface TestDatabases {
  /** A fresh, empty database for one server, or for several where `shared`. */
  create(): Promise<string>;
  stop(): Promise<void>;
}

/** Embedded databases in folders. A new one takes seconds to set up, so each is a copy of the first. */
export const startFolders = async (options?: EmptyDatabaseOptions): Promise<TestDatabases> => {
  const root = mkdtempSync(join(tmpdir(), 'inkwire-folders-'));
  const template = join(root, 'template');
  putEmptyDatabase(template, options);
  const server = await createInkwireServer(serverOptions({ database: template }));
  await server.close();
  let count = 0;
  return {
    async create() {
      count += 1;
      const folder = join(root, String(count));
      cpSync(template, folder, { recursive: true });
      return folder;
    },
    async stop() {
      rmSync(root, { recursive: true, force: true });
    },
  };
};

export const startServers = async (): Promise<TestDatabases> => {
  const postgres = await startPostgres();
  let count = 0;
  return {
    create() {
      count += 1;
      return postgres.createDatabase(`inkwire${count}`);
    },
    stop: postgres.stop,
  };
};
