import type { Entry, Sequence } from '@inkwire/core';
import type { AppendPlan } from './append-plan.js';
import type { ChannelState } from './channel-state.js';
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

const callOf = (name: string, parameters: number): string =>
  `inkwire.${name}(${Array.from({ length: parameters }, (_, index) => `$${index + 1}`).join(', ')})`;

const APPEND_GROUPS: Statement = {
  name: 'inkwire append_groups',
  sql: `select channel_id as id, channel_epoch as epoch, channel_head as head from ${callOf('append_groups', 20)}`,
};
const APPEND_RUN: Statement = {
  name: 'inkwire append_run',
  sql: `select ${callOf('append_run', 11)} as place`,
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

const storeRun = async (
  database: Database,
  { state, plan }: Planned,
  values: readonly SqlValue[],
): Promise<Map<ChannelState, Stored>> => {
  const [row] = await database.run<{ place: string }>(APPEND_RUN, values);
  const [head = '', epoch = ''] = row?.place.split(' ') ?? [];
  return new Map([[state, storedOf(state, plan, epoch, Number(head))]]);
};

const storeGroups = async (
  database: Database,
  planned: readonly Planned[],
  now: number,
): Promise<Map<ChannelState, Stored>> => {
  const rows = await database.run<{ id: number; epoch: string; head: number }>(
    APPEND_GROUPS,
    valuesOfGroups(planned, now),
  );
  const logs = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    planned.map(({ state, plan }) => {
      const log = logs.get(state.id);
      if (!log) throw new Error(`The log of ${state.name} has gone.`);
      return [state, storedOf(state, plan, log.epoch, log.head)];
    }),
  );
};

/** The parameters of `append_run`, or null when it does not fit the plan. */
const valuesOfRun = ({ state, plan }: Planned, now: number): SqlValue[] | null => {
  const [session, otherSession] = plan.sessions;
  const [client, otherClient] = plan.clients;
  if (!session || otherSession || otherClient) return null;
  const { entries } = plan;
  return [
    now,
    state.id,
    session[0],
    session[1].before,
    client?.[0] ?? null,
    client?.[1].user ?? null,
    client?.[1].clock ?? null,
    startsOf(entries),
    entries.map((entry) => entry.update.length),
    joined(entries.map((entry) => entry.seal)),
    joined(entries.map((entry) => entry.update)),
  ];
};

const valuesOfGroups = (planned: readonly Planned[], now: number): SqlValue[] => {
  const entries = planned.flatMap(({ plan }) => plan.entries);
  const sessions = ofAll(planned, (plan) => plan.sessions);
  const clients = ofAll(planned, (plan) => plan.clients);
  return [
    now,
    planned.map(({ state }) => state.id),
    planned.map(({ plan }) => plan.entries.length),
    planned.map(({ plan }) => bytesOf(plan)),
    planned.flatMap(({ state, plan }) => plan.entries.map(() => state.id)),
    planned.flatMap(({ plan }) => plan.entries.map((_, index) => plan.entries.length - 1 - index)),
    entries.map((entry) => entry.session),
    entries.map((entry) => entry.n),
    startsOf(entries),
    entries.map((entry) => entry.update.length),
    joined(entries.map((entry) => entry.seal)),
    joined(entries.map((entry) => entry.update)),
    sessions.map(([channel]) => channel),
    sessions.map(([, session]) => session),
    sessions.map(([, , { before }]) => before),
    sessions.map(([, , { after }]) => after),
    clients.map(([channel]) => channel),
    clients.map(([, client]) => client),
    clients.map(([, , { user }]) => user),
    clients.map(([, , { clock }]) => clock),
  ];
};

/** What all plans hold of something, each with the channel that it is for. */
const ofAll = <Key, Value>(
  planned: readonly Planned[],
  part: (plan: AppendPlan) => ReadonlyMap<Key, Value>,
): (readonly [channel: number, Key, Value])[] =>
  planned.flatMap(({ state, plan }) =>
    [...part(plan)].map(([key, value]) => [state.id, key, value] as const),
  );

const storedOf = (state: ChannelState, plan: AppendPlan, epoch: string, head: number): Stored => {
  const first = head - plan.entries.length + 1;
  return {
    channel: state.name,
    epoch,
    head: head as Sequence,
    entries: plan.entries.map((entry, index) => [(first + index) as Sequence, entry]),
    authors: plan.authors,
  };
};

export const bytesOf = ({ entries }: AppendPlan): number =>
  entries.reduce((bytes, { update }) => bytes + update.length, 0);

/** Where each update begins in all of them together. */
const startsOf = (entries: readonly Entry[]): number[] => {
  let end = 0;
  return entries.map(({ update }) => {
    end += update.length;
    return end - update.length;
  });
};

/** All of them one after another; a single one as it is. */
const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const [only] = parts;
  return parts.length === 1 && only ? only : Buffer.concat(parts);
};
