import type { Sequence, SessionId } from '@inkwire/core';
import type { User } from '../access/user.js';
import { InkwireRefusal } from '../refusal.js';
import { type ChannelState, LAST_OF_SESSION } from './channel-state.js';
import type { Database } from './database.js';

/** How a channel's log stands for a session that joined it. */
export interface Joined {
  readonly epoch: string;
  readonly head: Sequence;
  /** The last `n` of the session that the log holds; 0 for none. */
  readonly last: number;
}

/**
 * Gives `session` and `client` to `user` on a channel, for ever.
 *
 * @throws {InkwireRefusal} `session_taken` or `client_taken` when another user was first
 */
export const joinChannel = (
  database: Database,
  state: ChannelState,
  user: User,
  session: SessionId,
  client: number,
  now: number,
): Promise<Joined> =>
  database.transaction(async (query) => {
    const [joined] = await query<{ user_id: string; last: number }>(
      `insert into inkwire.sessions as s (channel, session, user_id, user_name, user_color, joined_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (channel, session) do update set revoked = s.revoked and s.user_id <> excluded.user_id
        returning user_id, ${LAST_OF_SESSION} as last`,
      [state.id, session, user.id, user.name ?? null, user.color ?? null, now],
    );
    if (joined?.user_id !== user.id)
      throw new InkwireRefusal(
        'session_taken',
        'This session belongs to another user: draw a new session id.',
      );
    const [claimed] = await query<{ user_id: string }>(
      `insert into inkwire.clients as c (channel, client, user_id) values ($1, $2, $3)
        on conflict (channel, client) do update set user_id = c.user_id
        returning user_id`,
      [state.id, client, user.id],
    );
    if (claimed?.user_id !== user.id)
      throw new InkwireRefusal(
        'client_taken',
        'This clientID belongs to another user on this channel: load the document with a new one.',
      );
    const [log] = await query<{ epoch: string; head: Sequence }>(
      'select epoch, head from inkwire.channels where id = $1',
      [state.id],
    );
    if (!log) throw new Error(`The log of ${state.name} has gone.`);
    state.sessions.delete(session);
    return { ...log, last: joined.last };
  });
