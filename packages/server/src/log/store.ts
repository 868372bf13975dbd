import type { Entry, Sequence } from '@inkwire/core';
import { CLIENT_ROW_LASTS, LogMovedError } from './append-function.js';
import type { Planned } from './append-plan.js';
import {
  APPEND_ENTRY,
  APPEND_GROUPS,
  APPEND_RUN,
  bytesOf,
  clientsToWrite,
  lengthsOf,
  startsOf,
  valuesOfGroups,
  valuesOfRun,
  type Written,
} from './append-statements.js';
import { type ChannelState, noteHead } from './channel-state.js';
import type { Database, SqlValue } from './database.js';

/** What a transaction stored on one channel: the base of receipts. */
export interface Stored {
  readonly channel: string;
  readonly epoch: string;
  readonly head: Sequence;
  readonly entries: readonly (readonly [seq: Sequence, entry: Entry])[];
  /** The users who made them. */
  readonly authors: ReadonlySet<string>;
}

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
  const lengths = lengthsOf(planned.plan.entries);
  const [place] = await (lengths.length === 1
    ? database.run<Place>(APPEND_ENTRY, values)
    : database.run<Place>(APPEND_RUN, [...values, startsOf(lengths), lengths]));
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
