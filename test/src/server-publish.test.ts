import {
  type EventNotice,
  type EventsAnswer,
  encodeAppend,
  encodeFrame,
  FRAME_EVENT,
  frameData,
  type MemberInfo,
  RECEIPT_EVENT,
  type Receipt,
  type Sequence,
  WORKSPACE_EVENT,
} from '@inkwire/core';
import { type LocalPusher, startLocalPusher } from '@inkwire/local-pusher';
import { createInkwireServer, type InkwireServer, type InkwireServerOptions } from '@inkwire/server';
import type { PresenceChannel } from 'pusher-js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Doc, encodeStateVector } from 'yjs';
import { startFolders, type TestDatabases } from './server/databases.js';
import { serverOptions } from './server/options.js';
import { createPage, type Page, put, type Send, sendTo } from './server/page.js';
import { createSubscriber, type Subscriber } from './server/subscriber.js';

const TASK = { type: 'task.assigned', actor: 'ana', task: 't1', assignee: 'ben' };

describe('publishing', () => {
  let databases: TestDatabases;
  let pusher: LocalPusher;
  let database: string;
  let server: InkwireServer;
  let subscribers: Subscriber[];
  /** Each test has a board and a user's channel of its own. */
  let board: string;
  let inbox: string;
  let count = 0;
  /** What the servers have reported, by event. */
  const reported: string[] = [];
  const send: Send = (path, init) => sendTo(server)(path, init);

  const open = (options: Partial<InkwireServerOptions> = {}): Promise<InkwireServer> =>
    createInkwireServer(
      serverOptions({ database, pusher, report: ({ event }) => reported.push(event), ...options }),
    );
  const subscriber = (user: string): Subscriber => {
    const created = createSubscriber(pusher, send, user);
    subscribers.push(created);
    return created;
  };
  const join = async (user: string): Promise<Page> => {
    const page = createPage(send, user, board);
    await page.join();
    return page;
  };

  beforeAll(async () => {
    databases = await startFolders();
    pusher = await startLocalPusher({
      webhooks: [{ url: 'http://inkwire.test/pusher/webhook' }],
      fetch: (url, init) => server.fetch(new Request(url, init)),
    });
    database = await databases.create();
    server = await open();
  });
  afterAll(async () => {
    await server.close();
    await pusher.close();
    await databases.stop();
  });
  beforeEach(() => {
    count += 1;
    board = `presence-board-published${count}`;
    inbox = `private-user-ben${count}`;
    subscribers = [];
  });
  afterEach(() => {
    for (const { close } of subscribers) close();
  });

  it('L5: a receipt names what was stored, when it can be read already', async () => {
    const [ana, ben] = [await join('ana'), subscriber('ben')];
    const channel = await ben.subscribe(board);
    const announced = new Promise<Receipt>((resolve) => {
      channel.bind(RECEIPT_EVENT, resolve);
    });
    const { answer } = await ana.append([ana.draw(put('a')), ana.draw(put('b'))]);
    const receipt = await announced;
    expect(receipt).toEqual({
      epoch: answer.epoch,
      head: 2,
      entries: [
        [1, ana.session, 1],
        [2, ana.session, 2],
      ],
    });
    expect((await ana.pull()).header.head).toBe(2);
  });

  it('L5: receipts are at most four a second and leave nothing out; the last one is repeated after 2 s', async () => {
    const [ana, ben] = [await join('ana'), subscriber('ben')];
    await ben.subscribe(board);
    const started = Date.now();
    for (let step = 1; step <= 40; step += 1) await ana.append([ana.draw(put('a', step))]);
    const receipts = ben.received<Receipt>(board, RECEIPT_EVENT);
    await expect.poll(() => receipts.at(-1)?.head, { interval: 5 }).toBe(40);
    const elapsed = Date.now() - started;
    expect(receipts.length).toBeLessThanOrEqual(1 + Math.ceil(elapsed / 250));
    const named = new Set(receipts.flatMap((receipt) => receipt.entries.map(([seq]) => seq)));
    expect([...named].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    const count = receipts.length;
    await expect.poll(() => receipts.length, { interval: 20 }).toBe(count + 1);
    expect(receipts.at(-1)?.head).toBe(40);
  });

  it('L12: what was stored while Pusher could not be reached is announced after a restart', async () => {
    const ana = await join('ana');
    const ben = subscriber('ben');
    await ben.subscribe(board);
    pusher.faults.stopHttp({ reset: true });
    await ana.append([ana.draw(put('a'))]);
    await server.publish(inbox, TASK);
    await server.close();
    pusher.faults.startHttp();
    expect(ben.received(board, RECEIPT_EVENT)).toEqual([]);

    server = await open();
    await ben.subscribe(inbox);
    await expect
      .poll(() => ben.received<Receipt>(board, RECEIPT_EVENT)[0]?.entries)
      .toEqual([[1, ana.session, 1]]);
    const response = await subscriberGet('ben', `/channels/${inbox}/events?after=0`);
    expect(response.events.map(([seq, event]) => [seq, event.type])).toEqual([[1, 'task.assigned']]);
  });

  it('L5: is tried again after a failure, and nothing is forgotten meanwhile', async () => {
    const [ana, ben] = [await join('ana'), subscriber('ben')];
    await ben.subscribe(board);
    pusher.faults.stopHttp({ status: 500 });
    reported.length = 0;
    await ana.append([ana.draw(put('a'))]);
    await ana.append([ana.draw(put('b'))]);
    await expect.poll(() => reported, { interval: 5 }).toContain('publish failed');
    pusher.faults.startHttp();
    await expect
      .poll(() => ben.received<Receipt>(board, RECEIPT_EVENT)[0])
      .toMatchObject({
        head: 2,
        entries: [
          [1, ana.session, 1],
          [2, ana.session, 2],
        ],
      });
  });

  it('S2: the signed presence data tell everyone who may write', async () => {
    const channel = (await subscriber('reader-rita').subscribe(board)) as PresenceChannel;
    const members: Record<string, MemberInfo> = channel.members.members;
    expect(members['reader-rita']).toEqual({ role: 'read', name: 'reader-rita of tests' });
    await subscriber('ana').subscribe(board);
    await expect
      .poll(() => (channel.members.members as Record<string, MemberInfo>).ana)
      .toEqual({ role: 'write', name: 'ana of tests' });
    await expect(subscriber('stranger').subscribe(board)).rejects.toMatchObject({
      type: 'AuthError',
      error: '403',
    });
  });

  const subscriberGet = async (user: string, path: string): Promise<EventsAnswer> =>
    (await (await send(path, { headers: { authorization: `Bearer ${user}` } })).json()) as EventsAnswer;

  it('E1, E2: an event is stored, numbered and announced, once for each id', async () => {
    const ben = subscriber('ben');
    await ben.subscribe(inbox);
    const first = await server.publish(inbox, { ...TASK, id: 'once', secret: 'dropped' });
    const again = await server.publish(inbox, { ...TASK, id: 'once' });
    const second = await server.publish(inbox, {
      type: 'comment.added',
      actor: 'ana',
      comment: 'c1',
      subject: 't1',
      text: 'x'.repeat(12_000),
    });
    expect([first.seq, again.seq, second.seq]).toEqual([1, 1, 2]);
    expect(first.event).toEqual({ ...TASK, id: 'once', channel: inbox, at: expect.any(Number) });
    const notices = ben.received<EventNotice>(inbox, WORKSPACE_EVENT);
    await expect.poll(() => notices.at(-1)?.seq).toBe(2);
    expect(notices.find((notice) => notice.seq === 1)?.event).toEqual(first.event);
    // The second is larger than Pusher takes, so its notice says only that it is there.
    expect(notices.find((notice) => notice.seq === 2)?.event).toBeUndefined();
    const answer = await subscriberGet('ben', `/channels/${inbox}/events?after=1`);
    expect(answer).toMatchObject({ head: 2, floor: 0, events: [[2, second.event]] });
  });

  it('E2: an id is taken for a retry only with the same event from the same user; another is refused, and nothing beside it is stored', async () => {
    const first = await server.publish(inbox, { ...TASK, id: 'taken', title: 'Ink' });
    const again = { assignee: 'ben', title: 'Ink', id: 'taken', task: 't1', actor: 'ana', type: TASK.type };
    expect(await server.publish(inbox, again)).toEqual(first);
    const refused = {
      name: 'InkwireRefusal',
      code: 'event_taken',
      message: expect.stringContaining('taken'),
    };
    for (const other of [{ task: 't2' }, { actor: 'mallory' }, { title: undefined }, { assignee: null }])
      await expect(server.publish(inbox, { ...again, ...other })).rejects.toMatchObject(refused);

    const others = [{ ...TASK }, { ...TASK, id: 'twice' }, { ...TASK, id: 'twice' }];
    await expect(server.publishAll(inbox, [...others, { ...TASK, id: 'taken' }])).rejects.toMatchObject(
      refused,
    );
    await expect(server.publishAll(inbox, [...others, { ...TASK, id: 'twice', task: 't2' }])).rejects.toThrow(
      /twice/,
    );
    const stored = await server.publishAll(inbox, [...others, again]);
    expect(stored.map(({ seq }) => seq)).toEqual([2, 3, 3, 1]);

    const posted = await send(`/channels/${inbox}/events`, {
      method: 'POST',
      headers: { authorization: 'Bearer ben' },
      body: JSON.stringify({ ...TASK, id: 'taken' }),
    });
    expect([posted.status, await posted.json()]).toMatchObject([409, { error: { code: 'event_taken' } }]);
    const { events } = await subscriberGet('ben', `/channels/${inbox}/events?after=0`);
    expect(events.map(([, { id }]) => id)).toEqual(['taken', stored[0]?.event.id, 'twice']);
  });

  it('E1: events of unknown types or with wrong fields are refused by the name of the field', async () => {
    await expect(server.publish(inbox, { ...TASK, type: 'task.eaten' })).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('task.eaten'),
    });
    await expect(server.publish(inbox, { ...TASK, assignee: 7 })).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('assignee'),
    });
    await expect(server.publish('public-news', TASK)).rejects.toMatchObject({ code: 'unknown_channel' });
  });

  it('E2: over HTTP, the actor is who asks, and only who may write publishes', async () => {
    const post = (user: string, event: object): Promise<Response> =>
      send(`/channels/${inbox}/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${user}` },
        body: JSON.stringify(event),
      });
    const taken = await post('cy', { ...TASK, actor: 'somebody else' });
    expect(taken.status).toBe(200);
    expect(await taken.json()).toMatchObject({ seq: 1, event: { actor: 'cy' } });
    expect((await post('reader-rita', TASK)).status).toBe(403);
    expect((await post('cy', { type: 'whiteboard.edited', board: 'b' })).status).toBe(403);
  });

  it('E4: activity on a board is one event for each person in 5 s', async () => {
    const [ana, ben] = [await join('ana'), await join('ben')];
    for (let step = 0; step < 5; step += 1) {
      await ana.append([ana.draw(put('a', step))]);
      await ben.append([ben.draw(put('b', step))]);
    }
    const edits = async (): Promise<string[]> =>
      (await subscriberGet('ana', `/channels/${board}/events?after=0`)).events.map(
        ([, event]) => `${event.type} ${event.actor} ${String(event.board)}`,
      );
    await expect
      .poll(edits)
      .toEqual(['ana', 'ben'].map((user) => `whiteboard.edited ${user} published${count}`));
  });

  it('L8: frames that Pusher reports are appended, once, and only what their sender made', async () => {
    const [ana, ben] = [await join('ana'), await join('ben')];
    const [own, forged] = [ana.draw(put('a')), ben.draw(put('b'))];
    const frame = (entry: typeof own) => ({
      session: entry.session,
      epoch: '',
      synced: 0 as Sequence,
      entries: [entry],
      awareness: new Uint8Array(0),
      presence: new Uint8Array(0),
    });
    const sender = await subscriber('ana').subscribe(board);
    sender.trigger(FRAME_EVENT, frameData(encodeFrame(frame(forged))));
    sender.trigger(FRAME_EVENT, { f: 'no frame' });
    sender.trigger(FRAME_EVENT, frameData(encodeFrame(frame(own))));
    sender.trigger(FRAME_EVENT, frameData(encodeFrame(frame(own))));
    await expect.poll(async () => (await ana.pull()).header.head).toBe(1);
    expect((await ana.append([own])).answer.entries).toEqual([[ana.session, 1, 1]]);
    expect((await ana.pull()).rows.map((row) => row.session)).toEqual([ana.session]);

    const unsigned = await send('/pusher/webhook', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-pusher-key': pusher.key, 'x-pusher-signature': 'no' },
      body: JSON.stringify({ time_ms: 1, events: [] }),
    });
    expect(unsigned.status).toBe(401);
  });

  it('revoking ends the connections and refuses the next append, until the user may join again', async () => {
    // What ends a part of an address may be part of an id.
    const id = 'team%41/ana?#';
    const ana = await join(id);
    await ana.append([ana.draw(put('a'))]);
    const { pusher: connection, subscribe } = subscriber(id);
    await subscribe(board);
    connection.signin();
    await connection.user.signinDonePromise;
    const closed = new Promise((resolve) => connection.connection.bind('disconnected', resolve));
    await server.revoke(id, board);
    await closed;
    const entry = ana.draw(put('b'));
    const refused = await ana.append([entry]);
    expect([refused.status, refused.answer.error?.code]).toEqual([403, 'forbidden']);
    await ana.join();
    expect((await ana.append([entry])).status).toBe(200);
  });

  it('L6: a board that everybody left is compacted', async () => {
    const ana = await join('ana');
    const { close, subscribe } = subscriber('ana');
    await subscribe(board);
    await ana.append(Array.from({ length: 60 }, (_, step) => ana.draw(put('a', step))));
    expect((await ana.pull()).snapshot).toBeUndefined();
    close();
    await expect.poll(async () => (await ana.pull()).snapshot?.seq).toBe(60);
  });

  it('S4: whoever exceeds a limit is told when to come back, and then loses nothing', async () => {
    await server.close();
    let now = 1_700_000_000_000;
    const limits = {
      entriesPerSecond: 2,
      openBoards: 1,
      openReads: 2,
      boardBytes: 20_000,
      foldedBytesPerSecond: 100,
    };
    server = await open({ limits, clock: () => now });
    const ana = await join('ana');
    const entries = Array.from({ length: 25 }, (_, step) => ana.draw(put('a', step)));
    expect((await ana.append(entries.slice(0, 21))).status).toBe(200);
    const refuse = async (response: Promise<Response>): Promise<[number, unknown]> => {
      const { status, headers } = await response;
      now += Number(headers.get('retry-after')) * 1_000;
      return [status, ((await (await response).json()) as { error: { code: string } }).error.code];
    };
    const hand = (from: number): Promise<Response> =>
      ana.send(`/channels/${board}/entries`, { method: 'POST', body: encodeAppend(entries.slice(from)) });
    expect(await refuse(hand(21))).toEqual([429, 'rate']);
    expect((await hand(21)).status).toBe(200);
    expect((await ana.pull()).rows.map((row) => row.n)).toEqual(entries.map((entry) => entry.n));

    const other = createPage(send, 'ana', 'presence-board-another');
    const body = JSON.stringify({ session: other.session, client: other.doc.clientID });
    const openAnother = (): Promise<Response> =>
      other.send('/channels/presence-board-another/sessions', { method: 'POST', body });
    expect(await refuse(openAnother())).toEqual([429, 'rate']);
    now += 300_000;
    expect((await openAnother()).status).toBe(200);
    // To join is to write: whoever does it again and again waits as well.
    const joins = async (): Promise<number[]> =>
      await Promise.all(Array.from({ length: 25 }, async () => (await openAnother()).status));
    expect(await joins()).toEqual([...Array(19).fill(200), ...Array(6).fill(429)]);
    now += 10_000;

    // A digest is paid for when the log is folded for it, and there for everybody from then on.
    const digest = (): Promise<Response> => ana.send(`/channels/${board}/digest`);
    expect((await digest()).status).toBe(200);
    expect((await digest()).status).toBe(200);
    entries.push(ana.draw(put('a', 'later')));
    expect((await hand(entries.length - 1)).status).toBe(200);
    expect(await refuse(digest())).toEqual([429, 'rate']);
    expect((await digest()).status).toBe(200);

    const ben = await join('ben');
    expect((await ben.append([ben.draw(put('large', new Uint8Array(20_000)))])).status).toBe(200);
    entries.push(ben.draw(put('more')));
    expect(await refuse(hand(entries.length - 1))).toEqual([429, 'board_full']);

    const readBy = (vector: string): Promise<Response> =>
      ben.send(`/channels/${board}/entries?after=0${vector}`);
    const vector = `&vector=${Buffer.from(encodeStateVector(new Doc())).toString('base64url')}`;
    const isRead = async (response: Response): Promise<boolean> =>
      response.status === 200 && (await response.arrayBuffer()).byteLength > 0;
    expect(await isRead(await readBy(vector))).toBe(true);
    expect(await refuse(readBy(vector))).toEqual([429, 'rate']);
    expect(await isRead(await readBy(''))).toBe(true);
    expect(await isRead(await readBy(vector))).toBe(true);

    const [untaken] = [await readBy(''), await ben.send(`/channels/${board}/history`)];
    expect(await refuse(readBy(''))).toEqual([429, 'rate']);
    await untaken?.body?.cancel();
    expect(await isRead(await readBy(''))).toBe(true);
    await server.close();
    server = await open();
  });
});
