import { Pool, type PoolClient, type PoolConfig, types } from 'pg';
import { copyRows } from './copy-rows.js';
import type { Database, Query, SqlValue, Statement } from './database.js';
import { literalOf } from './sql-literal.js';

const INT8 = 20;

/** Sequence numbers and clocks are far below 2^53, so bigint comes back as a number. */
const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  oid === INT8 && format !== 'binary'
    ? Number
    : types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser;

/** Locks of this number space are ours; an app's own advisory locks do not meet them. */
const LOCK_SPACE = 0x696e6b;

/** Appends under way at once: while some are stored, the next is made ready; more would only make each of them smaller. */
const LANES = 2;
const CONNECTIONS = 10;
/** So many stay open when nobody needs them: whoever comes next does not wait for a new one. */
const KEPT_CONNECTIONS = 4;
/** One holds a lock, while the other does what it is held for. */
const PATIENT_CONNECTIONS = 2;

const DAY_MS = 24 * 60 * 60 * 1_000;
/** The database itself ends what takes too long; where it does not say so for a fifth of that time, it is not there. */
const SILENCE = 1.2;
/** All that the library says when an answer did not come in time. */
const NO_ANSWER = 'Query read timeout';

const ignore = (): void => {};

const openPool = (config: PoolConfig): Pool => {
  const pool = new Pool({
    ...config,
    types: { getTypeParser },
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // A connection that dies while idle is replaced by the next query; without a listener it would end the process.
  pool.on('error', ignore);
  return pool;
};

/** Connections whose statements are given up after `limitMs`. */
const openLimitedPool = (connectionString: string, limitMs: number): Pool => {
  const pool = openPool({
    connectionString,
    max: CONNECTIONS,
    min: KEPT_CONNECTIONS,
    query_timeout: Math.ceil(limitMs * SILENCE),
    // One that waits in a transaction holds locks, and its process may be gone.
    onConnect: (client) =>
      client.query(
        `set statement_timeout = ${limitMs}; set idle_in_transaction_session_timeout = ${limitMs}`,
      ),
  });
  // Where one connection leads nowhere the others do, too: without this, each would have to be waited for.
  pool.on('release', (error) => {
    if (error?.message !== NO_ANSWER) return;
    for (let idle = pool.idleCount; idle > 0; idle -= 1)
      pool.connect().then((client) => client.release(true), ignore);
  });
  return pool;
};

const queryThrough =
  (client: Pick<Pool | PoolClient, 'query'>): Query =>
  async <Row extends object>(sql: string, values: readonly SqlValue[] = []) =>
    (await client.query<Row>(sql, [...values])).rows;

const withClient = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  // The pool listens to its idle connections only: one that dies in use would end the process. Its query fails as well.
  client.on('error', ignore);
  const result = await work(client).catch((error: Error) => {
    client.release(error);
    throw error;
  });
  client.off('error', ignore);
  client.release();
  return result;
};

const transactionOn =
  (pool: Pool) =>
  <T>(work: (query: Query) => Promise<T>): Promise<T> =>
    withClient(pool, async (client) => {
      await client.query('begin');
      const result = await work(queryThrough(client));
      await client.query('commit');
      return result;
    });

/**
 * A PostgreSQL server, which several processes may share.
 *
 * @param timeoutMs how long a statement may take where nothing else is said
 */
export const openPostgres = (url: string, timeoutMs: number): Database => {
  const pool = openLimitedPool(url, Math.ceil(Math.min(timeoutMs, DAY_MS)));
  const patient = openPool({ connectionString: url, max: PATIENT_CONNECTIONS });
  return {
    query: queryThrough(pool),
    async run<Row extends object>({ name, sql }: Statement, values: readonly SqlValue[]) {
      // Arrays that the library writes itself cost it several times as much.
      return (await pool.query<Row>({ name, text: sql, values: values.map(literalOf) })).rows;
    },
    readBytes: (statement, values) => withClient(pool, (client) => copyRows(client, statement, values)),
    lanes: LANES,
    async script(sql) {
      await patient.query(sql);
    },
    transaction: transactionOn(pool),
    longTransaction: transactionOn(patient),
    withLock: (lock, wait, work) =>
      withClient(wait ? patient : pool, async (client) => {
        if (wait) await client.query('select pg_advisory_lock($1, $2)', [LOCK_SPACE, lock]);
        else {
          const { rows } = await client.query<{ held: boolean }>(
            'select pg_try_advisory_lock($1, $2) as held',
            [LOCK_SPACE, lock],
          );
          if (!rows[0]?.held) return undefined;
        }
        const result = await work();
        await client.query('select pg_advisory_unlock($1, $2)', [LOCK_SPACE, lock]);
        return result;
      }),
    async close() {
      await Promise.all([pool.end(), patient.end()]);
    },
  };
};
