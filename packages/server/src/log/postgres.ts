import { Pool, type PoolClient, types } from 'pg';
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

const queryThrough =
  (client: Pick<Pool | PoolClient, 'query'>): Query =>
  async <Row extends object>(sql: string, values: readonly SqlValue[] = []) =>
    (await client.query<Row>(sql, [...values])).rows;

const ignore = (): void => {};

/** A PostgreSQL server, which several processes may share. */
export const openPostgres = (url: string): Database => {
  const pool = new Pool({
    connectionString: url,
    types: { getTypeParser },
    max: CONNECTIONS,
    min: KEPT_CONNECTIONS,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // A connection that dies while idle is replaced by the next query; without a listener it would end the process.
  pool.on('error', ignore);

  const withClient = async <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    // The pool listens to its idle connections only: one that dies in use would end the process. Its query fails as well.
    client.on('error', ignore);
    let broken = true;
    try {
      const result = await work(client);
      broken = false;
      return result;
    } finally {
      if (!broken) client.off('error', ignore);
      client.release(broken);
    }
  };

  return {
    query: queryThrough(pool),
    async run<Row extends object>({ name, sql }: Statement, values: readonly SqlValue[]) {
      // Arrays that the library writes itself cost it several times as much.
      return (await pool.query<Row>({ name, text: sql, values: values.map(literalOf) })).rows;
    },
    readBytes: (statement, values) => withClient((client) => copyRows(client, statement, values)),
    lanes: LANES,
    async script(sql) {
      await pool.query(sql);
    },
    transaction: (work) =>
      withClient(async (client) => {
        await client.query('begin');
        const result = await work(queryThrough(client));
        await client.query('commit');
        return result;
      }),
    withLock: (lock, wait, work) =>
      withClient(async (client) => {
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
    close: () => pool.end(),
  };
};
