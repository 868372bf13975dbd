import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { PGlite, type PGliteOptions, type Results } from '@electric-sql/pglite';
import type { Database, Query, SqlValue } from './database.js';
import { createDurableFolder } from './durable-folder.js';
import { lockFolder } from './folder-lock.js';

/** PGlite's own start parameters, without `-F`, which would turn `fsync` off. */
const START_PARAMETERS = [
  '--single',
  '-O',
  '-j',
  ...[
    'search_path=public',
    'exit_on_error=false',
    'log_checkpoints=false',
    'max_worker_processes=0',
    'max_parallel_workers=0',
    'max_parallel_workers_per_gather=0',
    'max_parallel_maintenance_workers=0',
    'io_method=sync',
    'wal_sync_method=fsync',
  ].flatMap((setting) => ['-c', setting]),
];

const INT8 = 20;
const OPTIONS: PGliteOptions = {
  startParams: START_PARAMETERS,
  relaxedDurability: false,
  parsers: { [INT8]: Number },
};

type Runner = (sql: string, values: SqlValue[]) => Promise<Results<object>>;

const queryThrough =
  (run: Runner): Query =>
  async <Row extends object>(sql: string, values: readonly SqlValue[] = []) =>
    (await run(sql, [...values])).rows as Row[];

/**
 * PostgreSQL inside this process, kept in `folder` (created when it is not there).
 *
 * @throws {InkwireConfigError} while another process has the folder open.
 */
export const openPglite = async (folder: string): Promise<Database> => {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true });
  const unlock = await lockFolder(path);
  const engine = await PGlite.create({ ...OPTIONS, fs: createDurableFolder(path) }).catch(async (error) => {
    await unlock();
    throw error;
  });
  const locks = new Map<number, Promise<unknown>>();

  return {
    query: queryThrough((sql, values) => engine.query(sql, values)),
    async script(sql) {
      await engine.exec(sql);
    },
    transaction: (work) =>
      engine.transaction((transaction) =>
        work(queryThrough((sql, values) => transaction.query(sql, values))),
      ),
    // The folder belongs to this process alone, so its locks need no database.
    async withLock(lock, wait, work) {
      if (!wait && locks.has(lock)) return undefined;
      const turn = (locks.get(lock) ?? Promise.resolve()).then(work, work);
      locks.set(lock, turn);
      try {
        return await turn;
      } finally {
        if (locks.get(lock) === turn) locks.delete(lock);
      }
    },
    async close() {
      await engine.close();
      await unlock();
    },
  };
};
