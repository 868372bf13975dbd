import type { Database } from './database.js';
import { migrate } from './migrate.js';
import { openPglite } from './pglite.js';
import { openPostgres } from './postgres.js';

export type { Database } from './database.js';

/** Far more than any statement of ours takes, and little for somebody who waits for a failover. */
export const DATABASE_TIMEOUT_MS = 30_000;

/**
 * Opens the database at `location`, a folder or a `postgres://` address, and brings its tables up to date.
 *
 * @param timeoutMs after which a statement is given up that a PostgreSQL server does not answer
 */
export const openDatabase = async (
  location: string,
  timeoutMs: number = DATABASE_TIMEOUT_MS,
): Promise<Database> => {
  const isServer = /^postgres(ql)?:\/\//.test(location);
  const database = isServer ? openPostgres(location, timeoutMs) : await openPglite(location);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
};
