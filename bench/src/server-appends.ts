import { setTimeout } from 'node:timers/promises';
import { type Entry, encodeAppend } from '@inkwire/core';
import { createInkwireServer, type InkwireServer } from '@inkwire/server';
import { type Database, openDatabase } from '@inkwire/server/database';
import { serverOptions } from '@inkwire/test/server/options';
import { createPage, type Page, put, sendTo } from '@inkwire/test/server/page';
import { collectYoung, median } from './measure.js';
import type { Report } from './report.js';

/** About a short stroke. */
const ENTRY_BYTES = 400;
const ROUNDS = 8;
const ROUND_MS = 200;
/** A server is up for days: its first seconds, while it is still being compiled and knows nobody, do not count. */
const WARM_ROUNDS = 15;
/** Requests that all writers have ready in the first round, by how many entries each holds. */
const DRAWN_FIRST = { 1: 2_800, 10: 1_400 } as const;
/**
 * Then as many times what they handed in at most, which should last for a round: all that lies ready makes collecting
 * garbage slower for the server.
 */
const DRAWN_MORE = 3;
/** What was let go of is swept by other threads until then: they would take the processor from what is measured. */
const SWEPT_MS = 30;

interface Load {
  readonly channels: number;
  /** Each sends its next request when the last one was answered; they take turns on the channels. */
  readonly writers: number;
}

const LOADS: readonly Load[] = [
  { channels: 1, writers: 1 },
  { channels: 1, writers: 20 },
  { channels: 20, writers: 20 },
];
/** Entries in each append; each bare insert holds one. */
const BATCHES = [1, 10] as const;
type Batch = (typeof BATCHES)[number];

interface Round {
  /** Finished pieces of work, over all workers. */
  readonly perSecond: number;
  /** Milliseconds that each took. */
  readonly latencies: readonly number[];
}

/** Begins the next piece of work; null when none is left. */
type Worker = () => Promise<void> | null;

/** Lets each worker do its work one after another until the time is over, or one of them has nothing left to do. */
const work = async (workers: readonly Worker[]): Promise<Round> => {
  collectYoung();
  await setTimeout(SWEPT_MS);
  const latencies: number[] = [];
  const started = performance.now();
  let until = started + ROUND_MS;
  await Promise.all(
    workers.map(async (once) => {
      while (performance.now() < until) {
        const begun = performance.now();
        const working = once();
        if (working === null) {
          until = begun;
          return;
        }
        await working;
        latencies.push(performance.now() - begun);
        // The embedded database answers without waiting for anything; timers and other workers want their turn too.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }),
  );
  return { perSecond: (latencies.length * 1_000) / (performance.now() - started), latencies };
};

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;

/**
 * How many entries a second the log takes, and how soon it answers, beside as many writers who insert the same bytes into
 * a table, as an app would write that: each row by one query of the same client library, in a transaction of its own.
 *
 * Both are open all the time, on the same disk or server, and take short turns in one process, so that whatever else the
 * machine does meets both.
 */
export const measureAppends = async (
  report: Report,
  name: string,
  locations: { readonly server: string; readonly bare: string },
): Promise<void> => {
  const database = await openDatabase(locations.bare);
  await database.script(
    'create table bare (channel text, seq bigint, body bytea, primary key (channel, seq))',
  );
  const server = await createInkwireServer(serverOptions({ database: locations.server, limits: NO_LIMITS }));
  const tasks = LOADS.flatMap((load) => [
    { load, batch: 1 as const, isBare: true, round: insertingBare(database, load) },
    ...BATCHES.map((batch) => ({ load, batch, isBare: false, round: appending(server, load, batch) })),
  ]);
  const bare = new Map<string, Round[]>();
  const ours = new Map<string, Round[]>();
  for (let round = -WARM_ROUNDS; round < ROUNDS; round += 1)
    for (const { load, batch, isBare, round: measure } of tasks) {
      const measured = await measure();
      const key = keyOf(load, batch);
      const rounds = isBare ? bare : ours;
      if (round >= 0) rounds.set(key, [...(rounds.get(key) ?? []), measured]);
    }
  await server.close();
  await database.close();
  for (const load of LOADS)
    for (const batch of BATCHES)
      reportAppends(
        report,
        name,
        load,
        batch,
        ours.get(keyOf(load, batch)) ?? [],
        bare.get(keyOf(load, 1)) ?? [],
      );
};

const NO_LIMITS = { entriesPerSecond: 1e9, bytesPerSecond: 1e12, openBoards: 1e6, boardBytes: 1e12 };

const keyOf = ({ channels, writers }: Load, batch: Batch): string => `${channels}-${writers}-${batch}`;

/** A log never gets slower than its floor by more than this; a tenfold append is to be worth it. */
const NEEDED = { 1: 0.5, 10: 3 } as const;

const reportAppends = (
  report: Report,
  name: string,
  { channels, writers }: Load,
  batch: Batch,
  ours: readonly Round[],
  bare: readonly Round[],
): void => {
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const row = {
    suite: 'server',
    case: `${name}, ${count(writers, 'writer')} on ${count(channels, 'channel')}, ${batch === 1 ? 'one by one' : 'by ten'}`,
    peer: batch === 1 ? 'bare inserts' : 'bare inserts, one by one',
  };
  const rate = median(ours.map((round) => round.perSecond)) * batch;
  const bareRate = median(bare.map((round) => round.perSecond));
  report({
    ...row,
    metric: 'appended',
    unit: 'entries/s',
    ours: rate,
    theirs: bareRate,
    ratio: rate / bareRate,
    needed: { ratio: NEEDED[batch] },
  });
  for (const [metric, part] of [
    ['latency p50', 0.5],
    ['latency p95', 0.95],
  ] as const) {
    const all = (rounds: readonly Round[]): number =>
      quantile(
        rounds.flatMap((round) => round.latencies),
        part,
      );
    report({ ...row, metric, unit: 'ms', ours: all(ours), theirs: all(bare), ratio: all(bare) / all(ours) });
  }
};

/** Makes a round of appends, by the same people on the same boards each time. */
const appending = (server: InkwireServer, load: Load, batch: Batch): (() => Promise<Round>) => {
  const writers = Array.from({ length: load.writers }, (_, index) => {
    const channel = `presence-board-${keyOf(load, batch)}-${index % load.channels}`;
    return createWriter(server, createPage(sendTo(server), `user${index}`, channel), channel, batch);
  });
  let drawn: number = DRAWN_FIRST[batch];
  let most = 0;
  return async () => {
    for (const writer of writers) await writer.draw(Math.ceil(drawn / load.writers));
    const round = await work(writers.map(({ handIn }) => handIn));
    most = Math.max(most, round.latencies.length);
    drawn = Math.max(DRAWN_MORE * most, DRAWN_FIRST[batch] / 4);
    return round;
  };
};

interface Writer {
  /** Draws until so many requests are ready: the server is measured, not the page. */
  draw(count: number): Promise<void>;
  /** Hands in the next request; null when none is ready. */
  handIn(): Promise<void> | null;
}

const createWriter = (server: InkwireServer, page: Page, channel: string, batch: number): Writer => {
  const ready: Request[] = [];
  let next = 0;
  let joining: Promise<unknown> | undefined;
  const requestOf = (entries: readonly Entry[]): Request => {
    const body = encodeAppend(entries);
    const headers = { authorization: `Bearer ${page.user}`, 'content-length': String(body.length) };
    return new Request(`http://inkwire.test/channels/${channel}/entries`, { method: 'POST', headers, body });
  };
  const send = async (request: Request): Promise<void> => {
    const { status } = await server.fetch(request);
    if (status !== 200) throw new Error(`An append was answered with ${status}.`);
  };
  return {
    async draw(count) {
      joining ??= page.join();
      await joining;
      ready.splice(0, next);
      next = 0;
      while (ready.length < count)
        ready.push(
          requestOf(Array.from({ length: batch }, () => page.draw(put('k', new Uint8Array(ENTRY_BYTES))))),
        );
    },
    handIn() {
      const request = ready[next];
      if (request === undefined) return null;
      next += 1;
      return send(request);
    },
  };
};

/** Makes a round of bare inserts. */
const insertingBare = (database: Database, { channels, writers }: Load): (() => Promise<Round>) => {
  const body = new Uint8Array(ENTRY_BYTES);
  const heads = Array.from({ length: channels }, () => 0);
  const workers = Array.from({ length: writers }, (_, writer) => {
    const channel = writer % channels;
    return async () => {
      const seq = (heads[channel] ?? 0) + 1;
      heads[channel] = seq;
      await database.query('insert into bare (channel, seq, body) values ($1, $2, $3)', [
        `${channels}-${writers}-${channel}`,
        seq,
        body,
      ]);
    };
  });
  return () => work(workers);
};
