import type { Entry } from '@inkwire/core';
import type { AppendPlan, Planned } from './append-plan.js';
import { runsOf } from './append-runs.js';
import type { ClientState } from './channel-state.js';
import type { SqlValue, Statement } from './database.js';

/** Stores one entry of one session; no row comes back when the log moved on. */
export const APPEND_ENTRY: Statement = {
  name: 'inkwire append entry',
  sql: `
  with log as (
    update inkwire.channels set head = head + 1, appended_at = $1::bigint, bytes = bytes + length($8::bytea)
      where id = $2::integer and revision = $9::bigint and head < $10::bigint
      returning id, head, epoch
  )
  insert into inkwire.entries (channel, seq, session, n, appended_at, seal, body, client, clock)
    select id, head, $3::text, $4::bigint + 1, $1::bigint, $7::bytea, $8::bytea, $5::bigint, $6::bigint from log
    returning seq as head, (select epoch from log) as epoch`,
};

/** The same for several that follow each other; the last of them says how far their client has come. */
export const APPEND_RUN: Statement = {
  name: 'inkwire append run',
  sql: `
  with log as (
    update inkwire.channels set head = head + cardinality($11::integer[]), appended_at = $1::bigint,
        bytes = bytes + length($8::bytea)
      where id = $2::integer and revision = $9::bigint and head + cardinality($11::integer[]) <= $10::bigint
      returning id, head, epoch, cardinality($11::integer[]) as count
  ), rows as (
    insert into inkwire.entries (channel, seq, session, n, appended_at, seal, body, client, clock)
      select id, head - count + place, $3::text, $4::bigint + place, $1::bigint,
        substring($7::bytea from place::integer * 16 - 15 for 16), substring($8::bytea from start + 1 for length),
        case when place = count then $5::bigint end, case when place = count then $6::bigint end
      from log, unnest($11::integer[], $12::integer[]) with ordinality as x(start, length, place)
  )
  select head, epoch from log`,
};

export const APPEND_GROUPS: Statement = {
  name: 'inkwire append groups',
  sql: `select channel_id as id, channel_epoch as epoch, channel_head as head from inkwire.append_groups(${Array.from(
    { length: 23 },
    (_, index) => `$${index + 1}`,
  ).join(', ')})`,
};

/** Clients that get a row of their own. */
export type Written = readonly (readonly [client: number, known: ClientState])[];

/** The clients whose own rows have to say how far they have come, because those of the log will not. */
export const clientsToWrite = ({ state, plan }: Planned): Written => {
  const head = state.head + plan.entries.length;
  return [...plan.clients].filter(([client, { until }]) => until < head || plan.joint.has(client));
};

/** Up to which head the rows of the clients that are not written hold. */
const limitOf = ({ plan }: Planned, written: Written): number => {
  let limit = Number.MAX_SAFE_INTEGER;
  for (const [client, { until }] of plan.clients)
    if (!written.some(([other]) => other === client)) limit = Math.min(limit, until);
  return limit;
};

/** The first parameters of `APPEND_ENTRY` and `APPEND_RUN`, or null when they do not fit the plan. */
export const valuesOfRun = (planned: Planned, now: number): SqlValue[] | null => {
  const { state, plan } = planned;
  const [session, otherSession] = plan.sessions;
  const [client, otherClient] = plan.clients;
  if (!session || otherSession || otherClient || clientsToWrite(planned).length > 0) return null;
  return [
    now,
    state.id,
    session[0],
    session[1].before,
    client?.[0] ?? null,
    client?.[1].clock ?? null,
    joined(plan.entries.map((entry) => entry.seal)),
    joined(plan.entries.map((entry) => entry.update)),
    state.revision,
    limitOf(planned, []),
  ];
};

/** What stands for no client, and no clock. */
const NONE = -1;

export const valuesOfGroups = (
  planned: readonly Planned[],
  written: ReadonlyMap<number, Written>,
  now: number,
): SqlValue[] => {
  const entries = planned.flatMap(({ plan }) => plan.entries);
  const runsOfEach = planned.map(({ plan }) => runsOf(plan));
  const runsIn = runsOfEach.map(({ length }) => length);
  const runs = runsOfEach.flat();
  const entriesIn = runs.map(({ count }) => count);
  const bytesIn = lengthsOf(entries);
  const clients = planned.flatMap(({ state, plan }) =>
    (written.get(state.id) ?? []).map(([client, { user, clock }]) => ({
      channel: state.id,
      client,
      user,
      clock,
      head: state.isAlone ? state.head + plan.entries.length : NONE,
    })),
  );
  return [
    now,
    planned.map(({ state }) => state.id),
    planned.map(({ state }) => state.revision),
    planned.map((each) => limitOf(each, written.get(each.state.id) ?? [])),
    planned.map(({ plan }) => plan.entries.length),
    planned.map(({ plan }) => bytesOf(plan)),
    startsOf(runsIn),
    runsIn,
    runs.map(({ session }) => session),
    runs.map(({ before }) => before),
    startsOf(entriesIn),
    entriesIn,
    runs.map(({ writer }) => writer?.[0] ?? NONE),
    runs.map(({ writer }) => writer?.[1] ?? NONE),
    startsOf(bytesIn),
    bytesIn,
    joined(entries.map(({ seal }) => seal)),
    joined(entries.map(({ update }) => update)),
    clients.map(({ channel }) => channel),
    clients.map(({ client }) => client),
    clients.map(({ user }) => user),
    clients.map(({ clock }) => clock),
    clients.map(({ head }) => head),
  ];
};

export const bytesOf = ({ entries }: AppendPlan): number =>
  entries.reduce((bytes, { update }) => bytes + update.length, 0);

/** Where each begins, when so much of each stands one after another. */
export const startsOf = (lengths: readonly number[]): number[] => {
  let end = 0;
  return lengths.map((length) => {
    end += length;
    return end - length;
  });
};

export const lengthsOf = (entries: readonly Entry[]): number[] => entries.map(({ update }) => update.length);

/** All of them one after another; a single one as it is. */
const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const [only] = parts;
  return parts.length === 1 && only ? only : Buffer.concat(parts);
};
