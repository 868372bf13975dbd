import { encodeAppend } from '@inkwire/core';
import { createInkwireServer, type InkwireServer } from '@inkwire/server';
import { openDatabase } from '@inkwire/server/database';
import { serverOptions } from '@inkwire/test/server/options';
import { createPage, type Page, put, sendTo } from '@inkwire/test/server/page';
import { median } from './measure.js';
import type { Report } from './report.js';

/** About a short stroke. */
const ENTRY_BYTES = 400;
const ROUNDS = 5;
const ROUND_MS = 700;
/** Appends that all pages together have ready: more than fit into a round. */
const DRAWN = 4_000;

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

/** How many entries a second the log takes, and how soon it answers, beside bare inserts into the same database. */
export const measureAppends = async (report: Report, name: string, location: string): Promise<void> => {
  const limits = { entriesPerSecond: 1e9, bytesPerSecond: 1e12, openBoards: 1e6 };
  for (const channels of [1, 20])
    for (const batch of [1, 10]) {
      const ours: Round[] = [];
      const theirs: Round[] = [];
      // In turns on the same files, so that what else the machine does meets both.
      for (let round = 0; round < ROUNDS; round += 1) {
        theirs.push(await insertBare(location, channels));
        const server = await createInkwireServer(serverOptions({ database: location, limits }));
        const pages = Array.from({ length: channels }, (_, index) => {
          const channel = `presence-board-${round}-${batch}-${index}`;
          return { channel, page: createPage(sendTo(server), `user${index}`, channel) };
        });
        await Promise.all(pages.map(({ page }) => page.join()));
        ours.push(
          await work(
            pages.map(({ page, channel }) =>
              appending(server, page, channel, batch, Math.ceil(DRAWN / channels)),
            ),
          ),
        );
        await server.close();
      }
      const rate = median(ours.map((round) => round.perSecond)) * batch;
      const bare = median(theirs.map((round) => round.perSecond));
      const where = `${name}, ${channels} ${channels === 1 ? 'channel' : 'channels'}, ${batch === 1 ? 'one by one' : 'by ten'}`;
      report({
        suite: 'server',
        case: where,
        metric: 'appended',
        unit: 'entries/s',
        ours: rate,
        peer: 'bare inserts',
        theirs: bare,
        ratio: rate / bare,
      });
      for (const [metric, part] of [
        ['latency p50', 0.5],
        ['latency p95', 0.95],
      ] as const) {
        const mine = quantile(
          ours.flatMap((round) => round.latencies),
          part,
        );
        const other = quantile(
          theirs.flatMap((round) => round.latencies),
          part,
        );
        report({
          suite: 'server',
          case: where,
          metric,
          unit: 'ms',
          ours: mine,
          peer: 'bare inserts',
          theirs: other,
          ratio: other / mine,
        });
      }
    }
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

const insertBare = async (location: string, writers: number): Promise<Round> => {
  const database = await openDatabase(location);
  await database.script(
    'drop table if exists bare; create table bare (channel integer, seq bigint, body bytea, primary key (channel, seq))',
  );
  const body = new Uint8Array(ENTRY_BYTES);
  const round = await work(
    Array.from({ length: writers }, (_, channel) => {
      let seq = 0;
      return async () => {
        seq += 1;
        await database.query('insert into bare (channel, seq, body) values ($1, $2, $3)', [
          channel,
          seq,
          body,
        ]);
      };
    }),
  );
  await database.close();
  return round;
};
