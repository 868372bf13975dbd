import type { Database } from './database.js';
import type { LogReader } from './read.js';

/** Enough to have used everything that a read needs. */
const WARM_BYTES = 2 << 20;

/**
 * Reads the newest log as somebody who joins it would. So connections are open, statements are parsed and code has run once
 * before the first one comes, who would otherwise wait for all of that.
 */
export const warmUp = async (database: Database, reader: LogReader): Promise<void> => {
  const [newest] = await database.query<{ id: number }>(
    'select id from inkwire.channels order by id desc limit 1',
  );
  if (!newest) return;
  let bytes = 0;
  for await (const part of reader.read(newest.id, { after: 0 })) {
    bytes += part.length;
    if (bytes >= WARM_BYTES) break;
  }
};
