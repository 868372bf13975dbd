import { InkwireConfigError } from '../refusal.js';
import type { Database } from './database.js';
import { MIGRATIONS } from './migrations.js';

const MIGRATION_LOCK = 0;

/**
 * Brings the tables up to date. Processes that start together take turns, so each step runs once.
 *
 * @throws {InkwireConfigError} when a newer version of Inkwire has been here.
 */
export const migrate = async (database: Database): Promise<void> => {
  await database.withLock(MIGRATION_LOCK, true, async () => {
    await database.script(
      'create schema if not exists inkwire; create table if not exists inkwire.migrations (version integer primary key)',
    );
    const [row] = await database.query<{ version: number }>(
      'select coalesce(max(version), 0)::integer as version from inkwire.migrations',
    );
    const version = row?.version ?? 0;
    if (version > MIGRATIONS.length)
      throw new InkwireConfigError(
        'database',
        `The database has tables of version ${version}, this server knows version ${MIGRATIONS.length}: run the newer server.`,
      );
    for (const [index, step] of MIGRATIONS.entries())
      if (index >= version)
        await database.script(
          `begin; ${step}; insert into inkwire.migrations (version) values (${index + 1}); commit`,
        );
  });
};
