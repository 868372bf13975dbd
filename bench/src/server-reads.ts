import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addElement, createBoard, decodeLog } from '@inkwire/core';
import { openDatabase } from '@inkwire/server/database';
import { type ChildServer, startChildServer } from '@inkwire/test/server/child-server';
import { createPage, type Page, type Pulled, put } from '@inkwire/test/server/page';
import * as Y from 'yjs';
import { median } from './measure.js';
import type { Report } from './report.js';

const NOWHERE = { appId: 'app', key: 'key', secret: 'secret', host: '127.0.0.1', port: 9 };
const CHANNEL = 'presence-board-reads';
const copyOf = (number: number): string => `${CHANNEL}-${number}`;
const ELEMENTS = 10_000;
const MISSED = 1_000;
/** The first ones warm up both sides and do not count. */
const WARM_ROUNDS = 5;
const ROUNDS = 11;
const STARTS = 5;

/**
 * How long a newcomer and a returning page wait, beside fetching the same bytes from a bare server and applying them.
 *
 * A process keeps the snapshots that were read last (16 MB of them), so joining is measured three times: a board whose
 * snapshot it has never read, another one each time; one that somebody else has just joined; and the first join of all
 * after a start, when neither snapshot nor code nor connections are warm, which is beside the same warm bare server.
 */
export const measureReads = async (report: Report, name: string, database: string): Promise<void> => {
  let server = await startChildServer(database, NOWHERE);
  const page = createPage((path, init) => server.send(path, init), 'ana', CHANNEL);
  await page.join();
  await drawBoard(page);
  const rows = (await snapshotOf(page)).header.head;
  for (let step = 0; step < MISSED; step += 100)
    await page.append(
      Array.from({ length: 100 }, (_, index) => page.draw(put(`missed${step + index}`, index))),
    );

  const waits = await longestWait(server, () => snapshotOf(page));
  report({
    suite: 'server',
    case: `${name}, a log of ${ELEMENTS.toLocaleString('en')} elements is compacted`,
    metric: 'longest answer to a request',
    unit: 'ms',
    ours: waits,
  });
  const joining = await page.pull();
  const update = joining.snapshot?.update ?? new Uint8Array(0);
  const tail = await page.pull(rows);

  const size = `${name}, ${ELEMENTS.toLocaleString('en')} elements`;
  const bare = {
    peer: 'bare fetch, applied',
    bytes: [update, ...joining.rows.map((row) => row.update)],
    apply(doc: Y.Doc, [snapshot, ...updates]: readonly Uint8Array[]) {
      Y.applyUpdateV2(doc, snapshot as Uint8Array);
      for (const row of updates) Y.applyUpdate(doc, row);
    },
  };
  await server.stop();
  await copySnapshot(database, WARM_ROUNDS + ROUNDS);
  server = await startChildServer(database, NOWHERE);
  await compare(report, {
    ...bare,
    case: size,
    metric: 'cold join, after somebody else',
    needed: 0.5,
    ours: (doc) => pullInto(server, CHANNEL, 0)(doc),
  });
  const all = await page.history(0, joining.header.head);
  await compare(report, {
    case: size,
    metric: 'cold join, after somebody else',
    peer: 'replay of all rows',
    ours: (doc) => pullInto(server, CHANNEL, 0)(doc),
    bytes: all.dated.map(({ entry }) => entry.update),
    apply: applyAll,
  });
  await compare(report, {
    case: `${name}, ${MISSED.toLocaleString('en')} entries missed`,
    metric: 'reconnect',
    peer: 'bare fetch, applied',
    needed: 0.4,
    ours: (doc) => pullInto(server, CHANNEL, rows)(doc),
    bytes: tail.rows.map((row) => row.update),
    apply: applyAll,
    base: update,
  });
  await compare(report, {
    ...bare,
    case: size,
    metric: 'cold join, the first since the start',
    needed: 0.5,
    ours: (doc, round) => pullInto(server, copyOf(WARM_ROUNDS + round), 0)(doc),
  });
  await server.stop();
  await compare(report, {
    ...bare,
    case: size,
    metric: 'cold join, a process’s first',
    ours: (doc) => pullInto(server, CHANNEL, 0)(doc),
    rounds: STARTS,
    async prepare() {
      server = await startChildServer(database, NOWHERE);
    },
    async finish() {
      await server.stop();
    },
  });
};

/** Gives `count` more boards the snapshot of the one that was drawn. */
const copySnapshot = async (location: string, count: number): Promise<void> => {
  const database = await openDatabase(location);
  for (let number = 0; number < count; number += 1) {
    const [board] = await database.query<{ id: number }>(
      `insert into inkwire.channels (name, epoch, head, announced, snapshot)
        select $2, epoch, head, head, snapshot from inkwire.channels where name = $1 returning id`,
      [CHANNEL, copyOf(number)],
    );
    for (const [table, columns] of [
      ['clients', 'client, user_id, clock, seq'],
      ['snapshots', 'seq, made_at, length, sessions'],
      ['snapshot_parts', 'seq, part, body'],
    ])
      await database.query(
        `insert into inkwire.${table} (channel, ${columns})
          select $2, ${columns} from inkwire.${table}
          where channel = (select id from inkwire.channels where name = $1)`,
        [CHANNEL, board?.id ?? 0],
      );
  }
  await database.close();
};

/** Handwriting-like strokes, in appends of a hundred. */
const drawBoard = async (page: Page): Promise<void> => {
  const board = createBoard({ doc: page.doc, user: page.user });
  for (let drawn = 0; drawn < ELEMENTS; drawn += 100) {
    const entries = Array.from({ length: 100 }, (_, index) => {
      const points = Array.from({ length: 30 }, (_point, step) => ({
        x: (drawn % 1_000) + index * 7 + step * 2.3,
        y: Math.floor(drawn / 1_000) * 40 + 12 * Math.sin(step / 3 + index),
        pressure: 0.5 + 0.4 * Math.sin(step / 5),
      }));
      return page.draw(() => board.commit(addElement(board, { kind: 'stroke', points })));
    });
    await page.append(entries);
  }
};

/** Has the log compacted, as when everybody leaves the board, and waits until the newest snapshot holds all rows so far. */
const snapshotOf = async (page: Page): Promise<Pulled> => {
  const { header } = await page.pull();
  const body = JSON.stringify({ time_ms: 1, events: [{ name: 'channel_vacated', channel: CHANNEL }] });
  await page.send('/pusher/webhook', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-pusher-key': NOWHERE.key,
      'x-pusher-signature': createHmac('sha256', NOWHERE.secret).update(body).digest('hex'),
    },
    body,
  });
  for (;;) {
    const pulled = await page.pull();
    if ((pulled.snapshot?.seq ?? 0) >= header.head) return pulled;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** The longest time that a request took which needs nothing, one after another while `work` goes on. */
const longestWait = async (server: ChildServer, work: () => Promise<unknown>): Promise<number> => {
  let isDone = false;
  const done = work().then(() => {
    isDone = true;
  });
  let longest = 0;
  while (!isDone) {
    const started = performance.now();
    await (await server.send('/healthz')).text();
    longest = Math.max(longest, performance.now() - started);
  }
  await done;
  return longest;
};

const pullInto =
  (server: ChildServer, channel: string, after: number) =>
  async (doc: Y.Doc): Promise<void> => {
    const response = await server.send(`/channels/${channel}/entries?after=${after}`, {
      headers: { authorization: 'Bearer ana' },
    });
    for await (const part of decodeLog(response.body as unknown as AsyncIterable<Uint8Array>)) {
      if (part.type === 'snapshot') Y.applyUpdateV2(doc, part.update);
      if (part.type === 'row') Y.applyUpdate(doc, part.entry.update);
    }
  };

interface Comparison {
  readonly case: string;
  readonly metric: string;
  readonly peer: string;
  /** The least ratio that is good enough. */
  readonly needed?: number;
  readonly ours: (doc: Y.Doc, round: number) => Promise<void>;
  /** What the bare server serves, in one body. */
  readonly bytes: readonly Uint8Array[];
  readonly apply: (doc: Y.Doc, updates: readonly Uint8Array[]) => void;
  /** What the document holds before, as an update in V2 encoding. */
  readonly base?: Uint8Array;
  /** In place of the usual rounds, without any to warm up. */
  readonly rounds?: number;
  /** What goes before and after each round of ours, and does not count. */
  readonly prepare?: () => Promise<void>;
  readonly finish?: () => Promise<void>;
}

/** The updates in a body that holds them one after another. */
const cut = (body: Uint8Array, like: readonly Uint8Array[]): Uint8Array[] => {
  let position = 0;
  return like.map(({ length }) => {
    position += length;
    return body.subarray(position - length, position);
  });
};

const applyAll = (doc: Y.Doc, updates: readonly Uint8Array[]): void => {
  for (const update of updates) Y.applyUpdate(doc, update);
};

const compare = async (report: Report, comparison: Comparison): Promise<void> => {
  const { bytes, apply, base } = comparison;
  const body = Buffer.concat(bytes);
  const bare = createServer((_request, response) => response.end(body)).listen(0, '127.0.0.1');
  await once(bare, 'listening');
  const { port } = bare.address() as AddressInfo;
  const newDoc = (): Y.Doc => {
    const doc = new Y.Doc();
    if (base) Y.applyUpdateV2(doc, base);
    return doc;
  };
  const ours: number[] = [];
  const theirs: number[] = [];
  const join = async (round: number): Promise<number> => {
    const doc = newDoc();
    await comparison.prepare?.();
    const started = performance.now();
    await comparison.ours(doc, round);
    const ended = performance.now();
    await comparison.finish?.();
    return ended - started;
  };
  const joinBare = async (): Promise<number> => {
    const doc = newDoc();
    const started = performance.now();
    const fetched = new Uint8Array(await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer());
    apply(doc, cut(fetched, bytes));
    return performance.now() - started;
  };
  const { rounds = ROUNDS } = comparison;
  for (let round = comparison.rounds ? 0 : -WARM_ROUNDS; round < rounds; round += 1) {
    const [mine, other] = [await join(round), await joinBare()];
    if (round < 0) continue;
    ours.push(mine);
    theirs.push(other);
  }
  bare.close();
  report({
    suite: 'server',
    case: comparison.case,
    metric: comparison.metric,
    unit: 'ms',
    ours: median(ours),
    peer: comparison.peer,
    theirs: median(theirs),
    ratio: median(theirs) / median(ours),
    ...(comparison.needed === undefined ? {} : { needed: { ratio: comparison.needed } }),
  });
};
