import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@inkwire/server/database';

/** Names the folder with an embedded database that nobody has written in, for the processes of a test run. */
const PREPARED = 'INKWIRE_EMPTY_DATABASE';

/**
 * Prepares an embedded database once for a whole run of the tests: setting one up takes seconds, a copy of it a tenth of
 * one. Vitest calls this for each project that names this file as its global set-up.
 *
 * @returns what removes it after the run
 */
export default async function prepareEmptyDatabase(): Promise<(() => void) | undefined> {
  if (process.env[PREPARED] !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'inkwire-empty-database-'));
  const database = await openDatabase(folder);
  await database.close();
  process.env[PREPARED] = folder;
  return () => {
    delete process.env[PREPARED];
    rmSync(folder, { recursive: true, force: true });
  };
}

export interface EmptyDatabaseOptions {
  /**
   * Whether a commit waits for the disk. Default false: no test cuts the power, a killed process loses nothing that it
   * has written, and where browsers and other databases write too, most of the time of a test would go into waiting.
   */
  readonly fsync?: boolean;
}

/** Puts an empty database into `folder`, where one is prepared; elsewhere whoever opens the folder sets one up in it. */
export const putEmptyDatabase = (folder: string, { fsync = false }: EmptyDatabaseOptions = {}): void => {
  const prepared = process.env[PREPARED];
  if (prepared === undefined) return;
  cpSync(prepared, folder, { recursive: true });
  if (!fsync) appendFileSync(join(folder, 'postgresql.conf'), 'fsync = off\n');
};
