import type { SessionId } from '@inkwire/core';
import type { AppendPlan } from './append-plan.js';

/** Entries of one session that follow each other in a log, in which one client wrote, or none. */
export interface Run {
  readonly session: SessionId;
  /** The number that the session had before. */
  readonly before: number;
  readonly count: number;
  /** The client, and its clock afterwards. */
  readonly writer: AppendPlan['writers'][number];
}

export const runsOf = ({ entries, writers }: AppendPlan): Run[] => {
  const runs: Run[] = [];
  for (const [index, { session, n }] of entries.entries()) {
    const writer = writers[index] ?? null;
    const run = runs.at(-1);
    if (run?.session === session && isOneWriter(run.writer, writer))
      runs[runs.length - 1] = { ...run, count: run.count + 1, writer: writer ?? run.writer };
    else runs.push({ session, before: n - 1, count: 1, writer });
  }
  return runs;
};

const isOneWriter = (one: Run['writer'], other: Run['writer']): boolean =>
  one === null || other === null || one[0] === other[0];
