import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import type { Database, Query, SqlValue } from './database.js';
import { createDurableFolder, probeRoom, StorageError } from './durable-folder.js';
import { lockFolder } from './folder-lock.js';
import { createStatementRunner, type StatementRunner } from './pglite-statement.js';

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

const BYTEA = 17;
const INT8 = 20;
const OPTIONS: PGliteOptions = {
  startParams: START_PARAMETERS,
  relaxedDurability: false,
  // PGlite's own conversion of bytes goes through an array of texts: a hundred times slower.
  parsers: { [INT8]: Number, [BYTEA]: (text) => Buffer.from(text.slice(2), 'hex') },
  serializers: { [BYTEA]: (bytes: Uint8Array) => `\\x${hexOf(bytes)}` },
};

const hexOf = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString('hex');

/** One life of the embedded database: from opening its folder until it is closed, or dead. */
interface Engine {
  readonly query: Query;
  readonly run: StatementRunner['run'];
  readonly readBytes: StatementRunner['readBytes'];
  script(sql: string): Promise<void>;
  close(): Promise<void>;
  /** Lets go of a dead engine, which must not be asked anything any more. */
  release(): void;
}

const startEngine = async (path: string): Promise<Engine> => {
  // An engine that died leaves this behind, perhaps empty, and then none would start; our own lock has kept others out.
  rmSync(join(path, 'postmaster.pid'), { force: true });
  const folder = createDurableFolder(path);
  /** What the engine says, unless the disk refused something meanwhile. */
  const believe = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } finally {
      folder.check();
    }
  };
  try {
    const database = await believe(PGlite.create({ ...OPTIONS, fs: folder.files }));
    const statements = createStatementRunner(database);
    return {
      query: async <Row extends object>(sql: string, values: readonly SqlValue[] = []) =>
        (await believe(database.query<Row>(sql, [...values]))).rows,
      run: (statement, values) => believe(statements.run(statement, values)),
      readBytes: (statement, values) => believe(statements.readBytes(statement, values)),
      async script(sql) {
        await believe(database.exec(sql));
      },
      close: () => database.close(),
      release: folder.release,
    };
  } catch (error) {
    folder.release();
    throw error;
  }
};

/** Whether an engine that threw this cannot be used any more. */
const isDeath = (error: unknown): boolean =>
  error instanceof StorageError || (error as Error | null)?.name === 'RuntimeError';

/**
 * PostgreSQL inside this process, kept in `folder` (created when it is not there).
 *
 * Everything goes through one connection, one after another. When the disk refuses to go on, the engine is given up and
 * the next query starts another on the same files.
 *
 * @throws {InkwireConfigError} while another process has the folder open.
 */
export const openPglite = async (folder: string): Promise<Database> => {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true });
  const unlock = await lockFolder(path);
  let engine: Engine | null = await startEngine(path).catch(async (error) => {
    await unlock();
    throw error;
  });
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  /** Runs `work` alone, on an engine that lives. */
  const exclusively = <T>(work: (engine: Engine) => Promise<T>): Promise<T> => {
    const turn = async (): Promise<T> => {
      if (closed) throw new Error('The database is closed.');
      if (!engine) {
        probeRoom(path);
        engine = await startEngine(path);
      }
      const running = engine;
      try {
        return await work(running);
      } catch (error) {
        if (isDeath(error)) {
          running.release();
          engine = null;
        }
        throw error;
      }
    };
    const result = last.then(turn, turn);
    last = result.catch(() => {});
    return result;
  };

  const transaction = <T>(work: (query: Query) => Promise<T>): Promise<T> =>
    exclusively(async (engine) => {
      await engine.script('begin');
      try {
        const result = await work(engine.query);
        await engine.script('commit');
        return result;
      } catch (error) {
        if (!isDeath(error)) await engine.script('rollback');
        throw error;
      }
    });
  const locks = createLocks();
  return {
    query: (sql, values) => exclusively((engine) => engine.query(sql, values)),
    run: (statement, values) => exclusively((engine) => engine.run(statement, values)),
    readBytes: (statement, values) => exclusively((engine) => engine.readBytes(statement, values)),
    lanes: 1,
    script: (sql) => exclusively((engine) => engine.script(sql)),
    transaction,
    longTransaction: transaction,
    withLock: locks,
    async close() {
      await last;
      closed = true;
      await engine?.close();
      await unlock();
    },
  };
};

/** The folder belongs to this process alone, so its locks need no database. */
const createLocks = (): Database['withLock'] => {
  const held = new Map<number, Promise<unknown>>();
  return async (lock, wait, work) => {
    if (!wait && held.has(lock)) return undefined;
    const turn = (held.get(lock) ?? Promise.resolve()).then(work, work);
    held.set(lock, turn);
    try {
      return await turn;
    } finally {
      if (held.get(lock) === turn) held.delete(lock);
    }
  };
};
