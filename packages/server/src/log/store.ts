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

const statementOf = (name: string, parameters: number): Statement => {
  const places = Array.from({ length: parameters }, (_, index) => `$${index + 1}`).join(', ');
  const columns = 'channel_id as id, channel_epoch as epoch, channel_head as head';
  return { name: `inkwire ${name}`, sql: `select ${columns} from inkwire.${name}(${places})` };
};

const APPEND_GROUPS = statementOf('append_groups', 20);
const APPEND_RUN = statementOf('append_run', 11);

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
  const rows = await database.run<{ id: number; epoch: string; head: number }>(
    ...(run ? ([APPEND_RUN, run] as const) : ([APPEND_GROUPS, valuesOfGroups(planned, now)] as const)),
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

/** The parameters of `append_run`, or null when the plan is of several sessions or clients. */
const valuesOfRun = ({ state, plan }: Planned, now: number): SqlValue[] | null => {
  if (plan.sessions.size !== 1 || plan.clients.size > 1) return null;
  const { entries } = plan;
  const [[session, { before }]] = plan.sessions as unknown as Iterable<never>;
  return [];
};
