import type { Database } from './database.js';

/** Ends the sessions of a user, on one channel or on all; joining again, where that is still allowed, revives one. */
export const revokeSessions = async (
  database: Database,
  user: string,
  channel: string | undefined,
): Promise<void> => {
  await database.transaction(async (query) => {
    // Appends lock several logs in this order too, so that nobody waits for each other.
    await query(
      `select c.id from inkwire.channels c
        where ($2::text is null or c.name = $2)
          and exists (select from inkwire.sessions s where s.channel = c.id and s.user_id = $1)
        order by c.id for no key update`,
      [user, channel ?? null],
    );
    await query(
      `update inkwire.sessions s set revoked = true from inkwire.channels c
        where s.channel = c.id and s.user_id = $1 and ($2::text is null or c.name = $2)`,
      [user, channel ?? null],
    );
  });
};
