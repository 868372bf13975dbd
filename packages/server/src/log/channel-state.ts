import type { SessionId } from '@inkwire/core';
import type { User } from '../access/user.js';
import { CLIENT_ROW_LASTS } from './append-function.js';
import type { Database } from './database.js';

/** What this process remembers of a session; only `last` changes, and only upwards. */
export interface SessionState {
  readonly user: User;
  readonly revoked: boolean;
  /** The last number of the session that the log holds. */
  readonly last: number;
}

/** Whose a Yjs clientID is, for ever, and how far it has written. */
export interface ClientState {
  readonly user: string;
  readonly clock: number;
  /** Rows up to this one may be the client's without its own row in the database being written again. */
  readonly until: number;
}

/**
 * A channel as this process last saw it. Other processes may be ahead, never behind: owners do not change, and numbers
 * and clocks only grow. So what this state allows is allowed; what it refuses has to be looked up again.
 */
export interface ChannelState {
  readonly id: number;
  readonly name: string;
  /** Bytes of the newest snapshot and of the rows after it. */
  bytes: number;
  /** The log's last sequence. */
  head: number;
  /** Moves when a session is ended or revived, or keys are dropped: what is remembered of sessions is of this one. */
  revision: number;
  /** Whether every row since this memory began is this process's own, so that it has all clocks exactly. */
  isAlone: boolean;
  readonly sessions: Map<SessionId, SessionState>;
  readonly clients: Map<number, ClientState>;
}

/** Beyond this, a channel's memory is dropped and begins anew. */
const MOST_CLIENTS = 20_000;

interface SessionRow {
  session: SessionId;
  user_id: string;
  user_name: string | null;
  user_color: string | null;
  last: number;
  revoked: boolean;
}

interface ClientRow {
  client: number;
  user_id: string;
  clock: number;
  seq: number;
}

const sessionOf = (row: SessionRow): SessionState => ({
  user: {
    id: row.user_id,
    ...(row.user_name === null ? {} : { name: row.user_name }),
    ...(row.user_color === null ? {} : { color: row.user_color }),
  },
  revoked: row.revoked,
  last: row.last,
});

/** The last number of the session `s` that the log has: of its entries there, or of those whose keys were dropped. */
export const LAST_OF_SESSION = `greatest(s.last, (
  select e.n from inkwire.entries e where e.channel = s.channel and e.session = s.session order by e.n desc limit 1
))`;

/** Looks up how the log stands. */
export const loadLog = async (database: Database, state: ChannelState): Promise<void> => {
  const [log] = await database.query<Pick<ChannelState, 'head' | 'revision'>>(
    'select head, revision from inkwire.channels where id = $1',
    [state.id],
  );
  if (!log) throw new Error(`The log of ${state.name} has gone.`);
  if (log.revision !== state.revision) state.sessions.clear();
  state.revision = log.revision;
  noteHead(state, log.head, log.head);
};

/** Notes that the log stood at `before`, and stands at `head` by this process's own rows. */
export const noteHead = (state: ChannelState, before: number, head: number): void => {
  if (state.head !== before) state.isAlone = false;
  state.head = head;
};

/** Looks up the sessions that are not remembered; with `fresh`, all of them. */
export const loadSessions = async (
  database: Database,
  state: ChannelState,
  sessions: Iterable<SessionId>,
  fresh: boolean,
): Promise<void> => {
  const wanted = [...new Set(sessions)].filter((session) => fresh || !state.sessions.has(session));
  if (wanted.length === 0) return;
  if (state.sessions.size > MOST_CLIENTS) state.sessions.clear();
  const rows = await database.query<SessionRow>(
    `select session, user_id, user_name, user_color, revoked, ${LAST_OF_SESSION} as last
      from inkwire.sessions s where channel = $1 and session = any($2)`,
    [state.id, wanted],
  );
  for (const row of rows) state.sessions.set(row.session, sessionOf(row));
};

/** Looks up the clients that are not remembered; with `fresh`, all of them. */
export const loadClients = async (
  database: Database,
  state: ChannelState,
  clients: Iterable<number>,
  fresh: boolean,
): Promise<void> => {
  const wanted = [...new Set(clients)].filter((client) => fresh || !state.clients.has(client));
  if (wanted.length === 0) return;
  if (state.clients.size > MOST_CLIENTS) state.clients.clear();
  const rows = await database.query<ClientRow>(
    `select client, user_id, seq, greatest(clock, (
          select max(e.clock) from inkwire.entries e
          where e.channel = c.channel and e.client = c.client
            and e.seq > c.seq - ${CLIENT_ROW_LASTS} and e.seq <= c.seq
        )) as clock
      from inkwire.clients c where channel = $1 and client = any($2)`,
    [state.id, wanted],
  );
  for (const row of rows)
    state.clients.set(row.client, { user: row.user_id, clock: row.clock, until: row.seq });
};
