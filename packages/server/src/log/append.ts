import type { AppendAnswer, Entry, RefusedEntry, Sequence, SessionId } from '@inkwire/core';
import { InkwireRefusal } from '../refusal.js';
import { type AppendPlan, type Candidate, type PlannedRequest, planAppend } from './append-plan.js';
import { type ChannelState, loadClients, loadSessions } from './channel-state.js';
import { type Database, sqlState } from './database.js';

/** Raised by the append function of the database when another process was faster. */
const OVERTAKEN = 'IW001';

/** How often a group is planned again before its clients are asked to come back. */
const ATTEMPTS = 8;

/** What a transaction stored: the base of receipts. */
export interface Stored {
  readonly channel: string;
  readonly epoch: string;
  readonly head: Sequence;
  readonly entries: readonly (readonly [seq: Sequence, entry: Entry])[];
  /** The users who made them. */
  readonly authors: ReadonlySet<string>;
}

export interface AppendedGroup {
  readonly answers: readonly AppendAnswer[];
  readonly stored?: Stored;
}

/**
 * Stores what the log takes of a group of requests, in one transaction.
 *
 * A refusal is only given on what the database itself said during this call, never on memory.
 */
export const appendGroup = async (
  database: Database,
  state: ChannelState,
  group: readonly (readonly Candidate[])[],
  now: number,
): Promise<AppendedGroup> => {
  const candidates = group.flat();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const fresh = attempt > 0;
    await loadSessions(database, state, sessionsIn(candidates), fresh);
    await loadClients(database, state, clientsIn(candidates), fresh);
    const plan = planAppend(state, group);
    if (!fresh && plan.requests.some((request) => request.refused)) continue;
    if (plan.entries.length === 0) return { answers: await answer(database, state, plan, undefined) };
    try {
      const stored = await store(database, state, plan, now);
      remember(state, plan);
      return { answers: await answer(database, state, plan, stored), stored };
    } catch (error) {
      if (sqlState(error) !== OVERTAKEN) throw error;
    }
  }
  throw new InkwireRefusal('unavailable', 'This channel is very busy: try again.', { retryAfterSeconds: 1 });
};

function* sessionsIn(candidates: readonly Candidate[]): Iterable<SessionId> {
  for (const { entry } of candidates) yield entry.session;
}

function* clientsIn(candidates: readonly Candidate[]): Iterable<number> {
  for (const { shape } of candidates) {
    yield* shape.structs.keys();
    for (const deleted of shape.deletes) yield deleted.client;
    for (const structs of shape.structs.values())
      for (const struct of structs) for (const cause of struct.causes) yield cause.client;
  }
}

const store = async (
  database: Database,
  state: ChannelState,
  { entries, authors, sessions, clients }: AppendPlan,
  now: number,
): Promise<Stored> => {
  const [row] = await database.query<{ epoch: string; head: number }>(
    'select epoch, head from inkwire.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)',
    [
      state.id,
      now,
      entries.map((entry) => entry.session),
      entries.map((entry) => entry.n),
      startsOf(entries),
      entries.map((entry) => entry.update.length),
      Buffer.concat(entries.map((entry) => entry.seal)),
      Buffer.concat(entries.map((entry) => entry.update)),
      [...sessions.keys()],
      [...sessions.values()].map(({ before }) => before),
      [...sessions.values()].map(({ after }) => after),
      [...clients.keys()],
      [...clients.values()].map(({ user }) => user),
      [...clients.values()].map(({ clock }) => clock),
    ],
  );
  if (!row) throw new Error(`The log of ${state.name} has gone.`);
  const first = row.head - entries.length + 1;
  return {
    channel: state.name,
    epoch: row.epoch,
    head: row.head as Sequence,
    entries: entries.map((entry, index) => [(first + index) as Sequence, entry]),
    authors,
  };
};

/** Where each update begins in all of them together. */
const startsOf = (entries: readonly Entry[]): number[] => {
  let end = 0;
  return entries.map(({ update }) => {
    end += update.length;
    return end - update.length;
  });
};

const remember = (state: ChannelState, plan: AppendPlan): void => {
  for (const { update } of plan.entries) state.bytes += update.length;
  for (const [session, { after }] of plan.sessions) {
    const known = state.sessions.get(session);
    if (known) state.sessions.set(session, { ...known, last: after });
  }
  for (const [client, known] of plan.clients) state.clients.set(client, known);
};

const keyOf = ({ session, n }: Pick<Entry, 'session' | 'n'>): string => `${session}/${n}`;

const answer = async (
  database: Database,
  state: ChannelState,
  plan: AppendPlan,
  stored: Stored | undefined,
): Promise<AppendAnswer[]> => {
  const places = new Map<string, Sequence>();
  for (const [seq, entry] of stored?.entries ?? []) places.set(keyOf(entry), seq);
  const earlier = plan.requests
    .flatMap((request) => request.standing)
    .filter((entry) => !places.has(keyOf(entry)));
  const log = stored ?? (await headOf(database, state));
  if (earlier.length > 0) await findEarlier(database, state, earlier, places);
  return plan.requests.map((request) => answerOf(request, log, places));
};

const headOf = async (
  database: Database,
  state: ChannelState,
): Promise<{ epoch: string; head: Sequence }> => {
  const [row] = await database.query<{ epoch: string; head: Sequence }>(
    'select epoch, head from inkwire.channels where id = $1',
    [state.id],
  );
  if (!row) throw new Error(`The log of ${state.name} has gone.`);
  return row;
};

/**
 * Where entries stand that an earlier append stored. One that is so old that its key is gone stands at or below the
 * floor, and is answered with that.
 */
const findEarlier = async (
  database: Database,
  state: ChannelState,
  entries: readonly Entry[],
  places: Map<string, Sequence>,
): Promise<void> => {
  const rows = await database.query<{ session: SessionId; n: number; seq: Sequence }>(
    `select x.session, x.n, coalesce(e.seq, c.floor) as seq
      from inkwire.channels c, unnest($2::text[], $3::bigint[]) as x(session, n)
      left join inkwire.entries e on e.channel = $1 and e.session = x.session and e.n = x.n
      where c.id = $1`,
    [state.id, entries.map((entry) => entry.session), entries.map((entry) => entry.n)],
  );
  for (const row of rows) places.set(keyOf(row), row.seq);
};

const answerOf = (
  { standing, refused }: PlannedRequest,
  { epoch, head }: { readonly epoch: string; readonly head: Sequence },
  places: ReadonlyMap<string, Sequence>,
): AppendAnswer => ({
  epoch,
  head,
  entries: standing.map((entry) => [entry.session, entry.n, places.get(keyOf(entry)) as Sequence]),
  ...(refused ? { error: refusedEntry(refused.entry, refused.reason) } : {}),
});

/** The part of an append's answer that says why an entry was refused. */
export const refusedEntry = (entry: Entry, reason: InkwireRefusal): RefusedEntry => ({
  ...reason.toJSON(),
  session: entry.session,
  n: entry.n,
});
