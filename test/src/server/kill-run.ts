import assert from 'node:assert/strict';
import { RECEIPT_EVENT, type Receipt } from '@inkwire/core';
import { type LocalPusher, startLocalPusher } from '@inkwire/local-pusher';
import { startChildServer } from './child-server.js';
import type { Send } from './page.js';
import { createSubscriber } from './subscriber.js';
import { type Author, assertAllThere, progress, startAuthor } from './survival.js';

export interface KillRun {
  /** A folder or an address. */
  readonly database: string;
  /** How often something is killed. */
  readonly kills: number;
  /** Draws the moments: how many answers come between one kill and the next. */
  readonly answersBetween: () => number;
  /** What to kill in place of the server: it has to be back when this resolves. */
  readonly kill?: () => Promise<void>;
  /** Told after each kill. */
  readonly onKilled?: (kills: number) => void;
}

const CHANNEL = 'presence-board-killed';

/**
 * Lets three people draw on one board while the server, or its database, is killed again and again, and checks
 * afterwards: every answered entry is there, none twice, and nothing was announced that is not stored (L12).
 *
 * @returns how many entries the log has
 */
export const surviveKills = async (run: KillRun): Promise<number> => {
  const pusher = await startLocalPusher();
  let server = await startChildServer(run.database, appOf(pusher));
  const send: Send = (path, init) => server.send(path, init);
  const subscriber = createSubscriber(pusher, send, 'reader');
  await subscriber.subscribe(CHANNEL);
  const authors = await Promise.all(['ana', 'ben', 'cy'].map((user) => startAuthor(send, user, CHANNEL)));
  const killServer = async (): Promise<void> => {
    await server.kill();
    server = await startChildServer(run.database, appOf(pusher));
  };
  for (let kills = 1; kills <= run.kills; kills += 1) {
    await progress(authors, run.answersBetween());
    await (run.kill ?? killServer)();
    run.onKilled?.(kills);
  }
  await progress(authors, 5);
  await Promise.all(authors.map((author) => author.stop()));
  await assertAllThere(authors);
  await assertAnnounced(authors, subscriber.received<Receipt>(CHANNEL, RECEIPT_EVENT));
  const { header } = await (authors[0] as Author).page.pull();
  subscriber.close();
  assert.equal(await server.stop(), 0);
  await pusher.close();
  return header.head;
};

const appOf = ({ appId, key, secret, host, port }: LocalPusher): Parameters<typeof startChildServer>[1] => ({
  appId,
  key,
  secret,
  host,
  port,
});

/** Every receipt names entries that are in the log, and the last one its head. */
const assertAnnounced = async (authors: readonly Author[], receipts: readonly Receipt[]): Promise<void> => {
  const { rows, header } = await (authors[0] as Author).page.pull();
  const deadline = Date.now() + 120_000;
  while (receipts.at(-1)?.head !== header.head) {
    assert.ok(Date.now() < deadline, `The last receipt says ${receipts.at(-1)?.head}, not ${header.head}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  for (const { entries, epoch } of receipts) {
    assert.equal(epoch, header.epoch);
    for (const [seq, session, n] of entries) {
      const row = rows[seq - 1];
      assert.deepEqual([row?.seq, row?.session, row?.n], [seq, session, n]);
    }
  }
};
