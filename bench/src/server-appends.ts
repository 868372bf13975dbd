import { encodeAppend } from '@inkwire/core';
import { createInkwireServer, type InkwireServer } from '@inkwire/server';
import { type Database, openDatabase } from '@inkwire/server/database';
import { serverOptions } from '@inkwire/test/server/options';
import { createPage, type Page, put, sendTo } from '@inkwire/test/server/page';
import { median } from './measure.js';
import type { Report } from './report.js';

/** About a short stroke. */
const ENTRY_BYTES = 400;
/** The first one warms up and does not count. */
const ROUNDS = 6;
const ROUND_MS = 400;
/** Requests that all writers of a round together have ready: more than the round takes. */
const DRAWN = 3_500;

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
const BATCHES = [1, 10] as const;

interface Round {
  /** Finished pieces of work, over all workers. */
  readonly perSecond: number;
  /** Milliseconds that each took. */
  readonly latencies: readonly number[];
}

/** Lets each worker do its work one after another until the time is over. */
const work = async (workers: readonly (() => Promise<void>)[]): Promise<Round> => {
  const latencies: number[] = [];
  const started = performance.now();
  const until = started + ROUND_MS;
  await Promise.all(
    workers.map(async (once) => {
      while (performance.now() < until) {
        const begun = performance.now();
        await once();
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
 * a table of the same database, each row in a transaction of its own, through the same client library.
 *
 * Both take turns on the same files in one process, so that whatever else the machine does meets both.
 */
export const measureAppends = async (report: Report, name: string, location: string): Promise<void> => {
  const bare = new Map<Load, Round[]>(LOADS.map((load) => [load, []]));
  const ours = new Map<string, Round[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const database = await openDatabase(location);
    for (const load of LOADS) {
      const inserted = await insertBare(database, load);
      if (round > 0) bare.get(load)?.push(inserted);
    }
    await database.close();
    const server = await createInkwireServer(serverOptions({ database: location, limits: NO_LIMITS }));
    for (const load of LOADS)
      for (const batch of BATCHES) {
        const appended = await append(server, load, batch, `${round}-${batch}`);
        const rounds = ours.get(keyOf(load, batch)) ?? [];
        ours.set(keyOf(load, batch), rounds);
        if (round > 0) rounds.push(appended);
      }
    await server.close();
  }
  for (const load of LOADS)
    for (const batch of BATCHES)
      reportAppends(report, name, load, batch, ours.get(keyOf(load, batch)) ?? [], bare.get(load) ?? []);
};

const NO_LIMITS = { entriesPerSecond: 1e9, bytesPerSecond: 1e12, openBoards: 1e6, boardBytes: 1e12 };

const keyOf = ({ channels, writers }: Load, batch: number): string => `${channels}/${writers}/${batch}`;

const reportAppends = (
  report: Report,
  name: string,
  { channels, writers }: Load,
  batch: number,
  ours: readonly Round[],
  bare: readonly Round[],
): void => {
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const row = {
    suite: 'server',
    case: `${name}, ${count(writers, 'writer')} on ${count(channels, 'channel')}, ${batch === 1 ? 'one by one' : 'by ten'}`,
    peer: 'bare inserts',
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

const append = async (
  server: InkwireServer,
  { channels, writers }: Load,
  batch: number,
  round: string,
): Promise<Round> => {
  const pages = Array.from({ length: writers }, (_, index) => {
    const channel = `presence-board-${channels}-${writers}-${round}-${index % channels}`;
    return { channel, page: createPage(sendTo(server), `user${index}`, channel) };
  });
  await Promise.all(pages.map(({ page }) => page.join()));
  const each = Math.ceil(DRAWN / writers);
  return work(pages.map(({ page, channel }) => appending(server, page, channel, batch, each)));
};

/** Hands in requests that were made beforehand: the server is measured, not the page. */
const appending = (
  server: InkwireServer,
  page: Page,
  channel: string,
  batch: number,
  count: number,
): (() => Promise<void>) => {
  const requests = Array.from({ length: count }, () => {
    const entries = Array.from({ length: batch }, () => page.draw(put('k', new Uint8Array(ENTRY_BYTES))));
    const body = encodeAppend(entries);
    const headers = { authorization: `Bearer ${page.user}`, 'content-length': String(body.length) };
    return new Request(`http://inkwire.test/channels/${channel}/entries`, { method: 'POST', headers, body });
  });
  requests.reverse();
  return async () => {
    const request = requests.pop();
    if (!request) throw new Error('More was appended than was drawn: raise DRAWN.');
    const { status } = await server.fetch(request);
    if (status !== 200) throw new Error(`An append was answered with ${status}.`);
  };
};

const insertBare = async (database: Database, { channels, writers }: Load): Promise<Round> => {
  await database.script(
    'drop table if exists bare; create table bare (channel integer, seq bigint, body bytea, primary key (channel, seq))',
  );
  const body = new Uint8Array(ENTRY_BYTES);
  const heads = Array.from({ length: channels }, () => 0);
  return work(
    Array.from({ length: writers }, (_, writer) => {
      const channel = writer % channels;
      return async () => {
        const seq = (heads[channel] ?? 0) + 1;
        heads[channel] = seq;
        await database.query('insert into bare (channel, seq, body) values ($1, $2, $3)', [
          channel,
          seq,
          body,
        ]);
      };
    }),
  );
};
