import { randomBytes } from 'node:crypto';
import { type Database, sqlState } from './database.js';

export const newEpoch = (): string => randomBytes(9).toString('base64url');

/**
 * Gives every log a new epoch, because the database was restored from a backup: clients then read from the start and
 * hand in what the backup lacks (L7).
 */
export const renewEpochs = async (database: Database): Promise<void> => {
  await database.longTransaction(async (query) => {
    const channels = await query<{ id: number }>('select id from inkwire.channels for update');
    for (const { id } of channels)
      await query('update inkwire.channels set epoch = $2 where id = $1', [id, newEpoch()]);
  });
};

/** PostgreSQL's word for a question that the role may not ask. */
const NOT_ALLOWED = '42501';

/**
 * Notices a PostgreSQL database that was restored or failed over: its tables, its server's identifier or its timeline are
 * others than the ones that these logs were written under. Files that were copied back are the same in all of that, as
 * an embedded database always is: that has to be declared (`restored`).
 *
 * @returns whether the logs have new epochs
 */
export const noticeRestore = async (database: Database): Promise<boolean> => {
  const place = `${await serverOf(database)}/${await tableOf(database)}`;
  const [known] = await database.query<{ value: string }>(
    "select value from inkwire.facts where name = 'written under'",
  );
  if (known?.value === place) return false;
  if (known) await renewEpochs(database);
  await database.query(
    `insert into inkwire.facts (name, value) values ('written under', $1)
      on conflict (name) do update set value = excluded.value`,
    [place],
  );
  return known !== undefined;
};

/** A dump that is read in again makes new tables, and a copied database is a new one. */
const tableOf = async (database: Database): Promise<string> => {
  const [row] = await database.query<{ place: string }>(
    `select oid::text || '/' || 'inkwire.channels'::regclass::oid::text as place
      from pg_database where datname = current_database()`,
  );
  return row?.place ?? '';
};

const serverOf = async (database: Database): Promise<string> => {
  try {
    const [row] = await database.query<{ place: string }>(
      `select system_identifier::text || '/' || timeline_id::text as place
        from pg_control_system(), pg_control_checkpoint()`,
    );
    return row?.place ?? '';
  } catch (error) {
    if (sqlState(error) === NOT_ALLOWED) return '';
    throw error;
  }
};
