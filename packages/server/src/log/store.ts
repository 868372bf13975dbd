import type { Entry, Sequence } from '@inkwire/core';
import { CLIENT_ROW_LASTS, LogMovedError } from './append-function.js';
import type { AppendPlan } from './append-plan.js';
import { type ChannelState, type ClientState, noteHead } from './channel-state.js';
import type { Database, SqlValue, Statement } from './database.js';

/** What is to be stored on one channel. */
export interface Planned {
  readonly state: ChannelState;
  readonly plan: AppendPlan;
}

/** What a transaction stored on one channel: the base of receipts. */
export interface Stored {
  readonly channel: string;
  readonly epoch: string;
  readonly head: Sequence;
  readonly entries: readonly (readonly [seq: Sequence, entry: Entry])[];
  /** The users who made them. */
  readonly authors: ReadonlySet<string>;
}

/** Stores one entry of one session; no row comes back when the log moved on. */
const APPEND_ENTRY: Statement = {
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
const APPEND_RUN: Statement = {
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

const APPEND_GROUPS: Statement = {
  name: 'inkwire append groups',
  sql: `select channel_id as id, channel_epoch as epoch, channel_head as head from inkwire.append_groups(${Array.from(
    { length: 21 },
    (_, index) => `$${index + 1}`,
  ).join(', ')})`,
};

/**
 * Stores the entries of all plans in one transaction: all of them, or, when it throws, nothing.
 *
 * @throws an error that `isOvertaken` knows, when another process was faster
 */
export const store = async (
  database: Database,
  planned: readonly Planned[],
  now: number,
): Promise<Map<ChannelState, Stored>> => {
  const [first] = planned;
  const run = first && planned.length === 1 ? valuesOfRun(first, now) : null;
  return run ? storeRun(database, first as Planned, run) : storeGroups(database, planned, now);
};

interface Place {
  readonly epoch: string;
  readonly head: Sequence;
}

const storeRun = async (
  database: Database,
  planned: Planned,
  values: readonly SqlValue[],
): Promise<Map<ChannelState, Stored>> => {
  const { entries } = planned.plan;
  const [place] = await (entries.length === 1
    ? database.run<Place>(APPEND_ENTRY, values)
    : database.run<Place>(APPEND_RUN, [...values, startsOf(entries), lengthsOf(entries)]));
  if (!place) throw new LogMovedError('This log moved on.');
  return new Map([[planned.state, storedOf(planned, place, [])]]);
};

const storeGroups = async (
  database: Database,
  planned: readonly Planned[],
  now: number,
): Promise<Map<ChannelState, Stored>> => {
  const written = new Map(planned.map((each) => [each.state.id, clientsToWrite(each)]));
  const rows = await database.run<Place & { id: number }>(
    APPEND_GROUPS,
    valuesOfGroups(planned, written, now),
  );
  const places = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    planned.map((each) => {
      const place = places.get(each.state.id);
      if (!place) throw new Error(`The log of ${each.state.name} has gone.`);
      return [each.state, storedOf(each, place, written.get(each.state.id) ?? [])];
    }),
  );
};

type Written = readonly (readonly [client: number, known: ClientState])[];

/** The clients whose own rows have to say how far they have come, because those of the log will not. */
const clientsToWrite = ({ state, plan }: Planned): Written => {
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
const valuesOfRun = (planned: Planned, now: number): SqlValue[] | null => {
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

const valuesOfGroups = (
  planned: readonly Planned[],
  written: ReadonlyMap<number, Written>,
  now: number,
): SqlValue[] => {
  const entries = planned.flatMap(({ plan }) => plan.entries);
  const writers = planned.flatMap(({ plan }) => plan.writers);
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
    planned.flatMap(({ state, plan }) => plan.entries.map(() => state.id)),
    planned.flatMap(({ plan }) => plan.entries.map((_, index) => plan.entries.length - 1 - index)),
    entries.map((entry) => entry.session),
    entries.map((entry) => entry.n),
    writers.map((writer) => writer?.[0] ?? NONE),
    writers.map((writer) => writer?.[1] ?? NONE),
    startsOf(entries),
    lengthsOf(entries),
    joined(entries.map((entry) => entry.seal)),
    joined(entries.map((entry) => entry.update)),
    clients.map(({ channel }) => channel),
    clients.map(({ client }) => client),
    clients.map(({ user }) => user),
    clients.map(({ clock }) => clock),
    clients.map(({ head }) => head),
  ];
};

/** Notes in the memory of the channel what was stored, and says where it stands. */
const storedOf = ({ state, plan }: Planned, { epoch, head }: Place, written: Written): Stored => {
  const before = head - plan.entries.length;
  noteHead(state, before, head);
  state.bytes += bytesOf(plan);
  for (const [session, { after }] of plan.sessions) {
    const known = state.sessions.get(session);
    if (known) state.sessions.set(session, { ...known, last: after });
  }
  for (const [client, known] of plan.clients) state.clients.set(client, known);
  for (const [client, known] of written)
    state.clients.set(client, { ...known, until: head + CLIENT_ROW_LASTS });
  return {
    channel: state.name,
    epoch,
    head,
    entries: plan.entries.map((entry, index) => [(before + 1 + index) as Sequence, entry]),
    authors: plan.authors,
  };
};

const bytesOf = ({ entries }: AppendPlan): number =>
  entries.reduce((bytes, { update }) => bytes + update.length, 0);

/** Where each update begins in all of them together. */
const startsOf = (entries: readonly Entry[]): number[] => {
  let end = 0;
  return entries.map(({ update }) => {
    end += update.length;
    return end - update.length;
  });
};

const lengthsOf = (entries: readonly Entry[]): number[] => entries.map(({ update }) => update.length);

/** All of them one after another; a single one as it is. */
const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const [only] = parts;
  return parts.length === 1 && only ? only : Buffer.concat(parts);
};
