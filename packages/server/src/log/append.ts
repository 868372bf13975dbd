import type { AppendAnswer, Entry, RefusedEntry, Sequence, SessionId } from '@inkwire/core';
import { InkwireRefusal } from '../refusal.js';
import { isOvertaken } from './append-function.js';
import {
  type AppendPlan,
  type Candidate,
  type Planned,
  type PlannedRequest,
  planAppend,
} from './append-plan.js';
import { type ChannelState, loadClients, loadLog, loadSessions } from './channel-state.js';
import type { Database } from './database.js';
import { type Stored, store } from './store.js';

/** How often a channel's requests are planned again before its clients are asked to come back. */
const ATTEMPTS = 8;

/** Requests to one channel that are stored together, in this order. */
export interface Group {
  readonly state: ChannelState;
  readonly requests: readonly (readonly Candidate[])[];
}

export interface AppendedGroup {
  readonly answers: readonly AppendAnswer[];
  readonly stored?: Stored;
}

/** Another process wrote to one of several channels: they have to be stored one by one. */
export class OvertakenError extends Error {
  readonly code = 'overtaken';
}

/**
 * Stores what the log takes of requests to several channels, in one transaction: all of it, or, when it throws, nothing.
 *
 * A refusal is only given on what the database itself said during this call, never on memory.
 *
 * @throws {OvertakenError} when there are several channels, and another process was faster on one of them
 */
export const appendGroups = async (
  database: Database,
  groups: readonly Group[],
  now: number,
): Promise<AppendedGroup[]> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const plans = await planGroups(database, groups, attempt > 0);
    const storing = plans.filter(({ plan }) => plan.entries.length > 0);
    try {
      const stored =
        storing.length > 0 ? await store(database, storing, now) : new Map<ChannelState, Stored>();
      const appended: AppendedGroup[] = [];
      for (const { state, plan } of plans) {
        const log = stored.get(state);
        appended.push((log && answerStored(plan, log)) ?? (await answerGroup(database, state, plan, log)));
      }
      return appended;
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      if (groups.length > 1) throw new OvertakenError('Another process wrote to one of these channels.');
    }
  }
  throw new InkwireRefusal('unavailable', 'This channel is very busy: try again.', { retryAfterSeconds: 1 });
};

const planGroups = async (
  database: Database,
  groups: readonly Group[],
  fresh: boolean,
): Promise<Planned[]> => {
  const planned: Planned[] = [];
  for (const { state, requests } of groups) {
    if (fresh || !isRemembered(state, requests)) await load(database, state, requests, fresh);
    let plan = planAppend(state, requests);
    if (!fresh && plan.requests.some((request) => request.refused)) {
      await load(database, state, requests, true);
      plan = planAppend(state, requests);
    }
    planned.push({ state, plan });
  }
  return planned;
};

/** Whether nothing has to be looked up to plan these requests. */
const isRemembered = (state: ChannelState, requests: Group['requests']): boolean => {
  for (const candidates of requests)
    for (const { entry, shape } of candidates) {
      if (!state.sessions.has(entry.session)) return false;
      for (const client of shape.clients) if (!state.clients.has(client)) return false;
    }
  return true;
};

const load = async (
  database: Database,
  state: ChannelState,
  requests: Group['requests'],
  fresh: boolean,
): Promise<void> => {
  if (fresh) await loadLog(database, state);
  await loadSessions(database, state, sessionsIn(requests), fresh);
  await loadClients(database, state, clientsIn(requests), fresh);
};

function* sessionsIn(requests: Group['requests']): Iterable<SessionId> {
  for (const candidates of requests) for (const { entry } of candidates) yield entry.session;
}

function* clientsIn(requests: Group['requests']): Iterable<number> {
  for (const candidates of requests) for (const { shape } of candidates) yield* shape.clients;
}

const keyOf = ({ session, n }: Pick<Entry, 'session' | 'n'>): string => `${session}/${n}`;

/** The answers where everything that the requests hold was stored just now, in its order; else null. */
const answerStored = (plan: AppendPlan, stored: Stored): AppendedGroup | null => {
  let count = 0;
  for (const { standing, refused } of plan.requests) {
    if (refused) return null;
    count += standing.length;
  }
  if (count !== stored.entries.length) return null;
  const { epoch, head } = stored;
  let seq = head - count;
  const answers = plan.requests.map(({ standing }): AppendAnswer => {
    const entries = standing.map(({ session, n }) => {
      seq += 1;
      return [session, n, seq as Sequence] as const;
    });
    return { epoch, head, entries };
  });
  return { answers, stored };
};

const answerGroup = async (
  database: Database,
  state: ChannelState,
  plan: AppendPlan,
  stored: Stored | undefined,
): Promise<AppendedGroup> => {
  const places = new Map<string, Sequence>();
  for (const [seq, entry] of stored?.entries ?? []) places.set(keyOf(entry), seq);
  const earlier = plan.requests
    .flatMap((request) => request.standing)
    .filter((entry) => !places.has(keyOf(entry)));
  const log = stored ?? (await headOf(database, state));
  if (earlier.length > 0) await findEarlier(database, state, earlier, places);
  const answers = plan.requests.map((request) => answerOf(request, log, places));
  return stored ? { answers, stored } : { answers };
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
