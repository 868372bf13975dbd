import type { Database } from './database.js';
import { migrate } from './migrate.js';
import { openPglite } from './pglite.js';
import { openPostgres } from './postgres.js';

export type { Database } from './database.js';

/** Opens the database at `location`, a folder or a `postgres://` address, and brings its tables up to date. */
export const openDatabase = async (location: string): Promise<Database> => {
  const database = /^postgres(ql)?:\/\//.test(location) ? openPostgres(location) : await openPglite(location);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
};
