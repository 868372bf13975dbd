import { createHmac } from 'node:crypto';
import {
  digestOf,
  type Entry,
  encodeAppend,
  encodeFrame,
  FRAME_EVENT,
  frameData,
  type Sequence,
} from '@inkwire/core';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { startFolders, type TestDatabases } from './server/databases.js';
import { hostileText } from './server/hostile-text.js';
import { logUnderTest } from './server/log-under-test.js';
import { type Page, put } from './server/page.js';

const RUNS = 150;

/** Found by chance: updates of three clients, each one well-formed, on the last of which Yjs fails. */
const POISON: readonly (readonly [client: number, update: string])[] = [
  [
    1,
    'AQkBAAQBAXQBaIQBAAJlbIQBAgJsbygBAWICazABfQEnAQFiAm4wAgQAAQYDYWJjCAEBbAN9AX0CfQPGAQABAQRib2xkBHRydWXGAQIBAwRib2xkBG51bGwA',
  ],
  [3, 'AQEDAMIBCgEEAgExCXVuZGVmaW5lZAEBAQUB'],
  [2, 'AQECACIAAQYCazACATEJdW5kZWZpbmVkAA=='],
  [3, 'AQEDAqkCAAVndWlkMHYAAA=='],
  [3, 'AQEDAyUAAQ0CazEHeyJhIjoxfQEBAQYC'],
];

/** The update of one change to a copy of `doc`, made by `client`. */
const updateOf = (doc: Y.Doc, change: (copy: Y.Doc) => void, client: number): Uint8Array => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  copy.clientID = client;
  const before = Y.encodeStateVector(copy);
  change(copy);
  return Y.encodeStateAsUpdate(copy, before);
};

describe('hostile input', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startFolders();
  });
  afterAll(() => databases.stop());
  const failures: object[] = [];
  const log = logUnderTest(() => databases, {
    limits: { entriesPerSecond: 1e6, bytesPerSecond: 1e9, openBoards: 1e6 },
    report: (record) => {
      if (record.event === 'request failed') failures.push(record);
    },
  });
  let ana: Page;
  beforeEach(async () => {
    failures.length = 0;
    ana = await log.join('ana');
    await ana.append([ana.draw(put('a'))]);
  });

  /** Sends something and checks what holds for every answer: no 5xx, a JSON refusal, nothing of ana's board lost. */
  const survives = async (
    path: string,
    init: RequestInit,
    allowed: readonly number[] = [],
  ): Promise<void> => {
    const response = await log.send(path, init);
    const text = await response.text();
    expect(failures).toEqual([]);
    expect(response.status).toBeLessThan(500);
    if (response.status >= 400) expect(JSON.parse(text).error.code).toMatch(/^[a-z_]+$/);
    else expect([200, ...allowed]).toContain(response.status);
  };

  const routes = fc.constantFrom(
    ...['sessions', 'entries', 'events', 'history', 'digest', 'nothing'].flatMap((route) => [
      `/channels/CHANNEL/${route}`,
      `/channels/presence-board-x/${route}`,
    ]),
    '/pusher/auth',
    '/pusher/user-auth',
    '/pusher/webhook',
    '/healthz',
    '/',
  );
  it('any channel name, in any route, is served or refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        routes,
        hostileText,
        fc.constantFrom('GET', 'POST', 'DELETE'),
        async (route, name, method) => {
          const path = encodeURI(route.replace('CHANNEL', encodeURIComponent(name.replace(/\p{Cs}/gu, '?'))));
          await survives(path, { method, headers: { authorization: 'Bearer ana' } });
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('any query is served or refused', async () => {
    const names = fc.constantFrom('after', 'epoch', 'from', 'until', 'other');
    await fc.assert(
      fc.asyncProperty(
        routes,
        fc.array(fc.tuple(names, hostileText), { maxLength: 4 }),
        async (route, query) => {
          const safe = query.map(
            ([name, value]) => [name, value.replace(/\p{Cs}/gu, '?')] as [string, string],
          );
          const path = `${route.replace('CHANNEL', log.channel())}?${new URLSearchParams(safe)}`;
          await survives(path, { headers: { authorization: 'Bearer ana' } });
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('an epoch with a character that no database takes is refused', async () => {
    const path = `/channels/${log.channel()}/entries?epoch=a%00b`;
    await survives(path, { headers: { authorization: 'Bearer ana' } });
  });

  it('any body is taken or refused', async () => {
    const json = fc.oneof(
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc
        .record(
          {
            session: fc.oneof(fc.constant('abcdefghijkl'), fc.jsonValue()),
            client: fc.oneof(fc.nat(), fc.jsonValue()),
            type: fc.oneof(fc.constant('task.assigned'), fc.jsonValue()),
            task: fc.oneof(hostileText, fc.jsonValue()),
            assignee: fc.oneof(hostileText, fc.jsonValue()),
            id: fc.oneof(hostileText, fc.jsonValue()),
          },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value)),
      hostileText,
    );
    const body = fc.oneof(
      json,
      fc.uint8Array({ maxLength: 400 }),
      fc.uint8Array({ maxLength: 100 }).map((bytes) => new Uint8Array([1, 1, 12, ...bytes])),
    );
    const form = fc
      .tuple(hostileText, hostileText)
      .map(([socket, name]) => new URLSearchParams({ socket_id: socket, channel_name: name }).toString());
    await fc.assert(
      fc.asyncProperty(routes, fc.oneof(body, form), async (route, content) => {
        await survives(route.replace('CHANNEL', log.channel()), {
          method: 'POST',
          headers: { authorization: 'Bearer ana' },
          body: content as BodyInit,
        });
      }),
      { numRuns: RUNS * 2 },
    );
  });

  it('any event is stored or refused', async () => {
    const text = fc.oneof(hostileText, fc.constantFrom('a\u0000b', '\u0007', 'plain'));
    const event = fc.record({ type: fc.constant('task.assigned'), task: text, assignee: text, id: text });
    await fc.assert(
      fc.asyncProperty(event, async (value) => {
        await survives(`/channels/${log.channel()}/events`, {
          method: 'POST',
          headers: { authorization: 'Bearer ana' },
          body: JSON.stringify(value),
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('any credentials are accepted or refused, whatever is in their names', async () => {
    const header = fc
      .oneof(
        fc.string({ maxLength: 200 }),
        fc.constantFrom('Bearer', 'Bearer  ', `Bearer ${'x'.repeat(5_000)}`),
      )
      .map((text) => text.replace(/[^\x20-\x7e]/g, '').replaceAll('throws', ''));
    await fc.assert(
      fc.asyncProperty(header, async (authorization) => {
        await survives(`/channels/${log.channel()}/sessions`, {
          method: 'POST',
          headers: { authorization },
          body: JSON.stringify({ session: 'abcdefghijkl', client: 1 }),
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('any update under a true seal is taken or refused, and whatever is taken applies without anything pending', async () => {
    const mallory = await log.join('mallory');
    const real = mallory.draw(put('real', { some: ['value', 1, true] })).update;
    await mallory.append([{ ...mallory.seal(real, 1) }]);
    const source = new Y.Doc();
    source.clientID = mallory.doc.clientID;
    Y.applyUpdate(source, real);
    const updates: Uint8Array[] = [];
    source.on('update', (update: Uint8Array) => updates.push(update));
    source.getText('t').insert(0, 'hello');
    source.getMap('b').set('nested', new Y.Map([['x', 1]]));
    source.getText('t').delete(1, 2);
    source.getArray('l').push([1, 'two', null]);
    const mutated = fc
      .tuple(
        fc.constantFrom(...updates),
        fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 0, maxLength: 4 }),
        fc.nat(3),
      )
      .map(([update, changes, cut]) => {
        const bytes = update.slice(0, update.length - cut);
        for (const [index, value] of changes) bytes[index % bytes.length] = value;
        return bytes;
      });
    let n = 1;
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, fc.uint8Array({ maxLength: 60 })), async (update) => {
        const { status, answer } = await mallory.append([mallory.seal(update, n + 1)]);
        expect(failures).toEqual([]);
        expect(status).toBeLessThan(500);
        if (status !== 200) {
          expect(['undecodable', 'causes_missing', 'client_taken']).toContain(answer.error?.code);
          return;
        }
        n += 1;
        taken += 1;
      }),
      // Whole and in order first, so that the mutated ones meet a document that knows their causes.
      { numRuns: RUNS * 2, examples: updates.map((update): [Uint8Array] => [update]) },
    );
    expect(taken).toBeGreaterThanOrEqual(updates.length);
    const { rows } = await ana.pull();
    const doc = new Y.Doc();
    for (const row of rows) {
      Y.applyUpdate(doc, row.update);
      expect([doc.store.pendingStructs, doc.store.pendingDs, row.seq]).toEqual([null, null, row.seq]);
    }
    const digest = await ana.send(`/channels/${log.channel()}/digest`);
    expect(digest.status).toBe(200);
  });

  it('L6: an update that Yjs fails on is made harmless: the log compacts, and whoever reads it can apply it', async () => {
    const pages = new Map<number, Page>();
    for (const client of [1, 2, 3]) pages.set(client, await log.join(`user${client}`, client));
    for (const [client, base64] of POISON) {
      const page = pages.get(client) as Page;
      const update = new Uint8Array(Buffer.from(base64, 'base64'));
      expect((await page.append([page.seal(update)])).status).toBe(200);
    }
    const ana = pages.get(1) as Page;
    const before = (await ana.pull()).rows;
    const replay = (rows: typeof before): Y.Doc => {
      const doc = new Y.Doc();
      for (const { update } of rows) Y.applyUpdate(doc, update);
      return doc;
    };
    expect(() => replay(before)).toThrow('Unexpected case');

    const response = await ana.send(`/channels/${log.channel()}/digest`);
    expect(response.status).toBe(200);
    const { digest } = (await response.json()) as { digest: string };
    const { rows } = await ana.pull();
    expect(rows.map(({ seq }) => seq)).toEqual(before.map(({ seq }) => seq));
    expect(rows.filter(({ update }, index) => update.length !== before[index]?.update.length)).toHaveLength(
      1,
    );
    const doc = replay(rows);
    expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
    expect(digestOf(doc)).toBe(digest);
    // What others did stays, and the log goes on.
    expect(doc.getText('t').toString()).toBe('hello');
    const more = ana.seal(updateOf(doc, (copy) => copy.getMap('b').set('more', 1), 1));
    expect((await ana.append([more])).status).toBe(200);
    expect((await ana.send(`/channels/${log.channel()}/digest`)).status).toBe(200);
  });

  it('any webhook with a true signature is taken, and appends nothing that its sender did not seal', async () => {
    const entry: Entry = ana.draw(put('b'));
    const frame = frameData(
      encodeFrame({
        session: ana.session,
        epoch: '',
        synced: 0 as Sequence,
        entries: [{ ...entry, seal: new Uint8Array(16) }],
        awareness: new Uint8Array(0),
        presence: new Uint8Array(0),
      }),
    );
    const event = fc.record(
      {
        name: fc.oneof(fc.constantFrom('client_event', 'channel_vacated'), fc.jsonValue()),
        channel: fc.oneof(fc.constant('CHANNEL'), hostileText, fc.jsonValue()),
        event: fc.oneof(fc.constant(FRAME_EVENT), fc.jsonValue()),
        data: fc.oneof(fc.constant(JSON.stringify(frame)), fc.constant(frame), hostileText, fc.jsonValue()),
        user_id: fc.oneof(fc.constantFrom('ana', 'mallory', ''), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      fc.record({ time_ms: fc.nat(), events: fc.oneof(fc.array(event, { maxLength: 4 }), fc.jsonValue()) }),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        const text = JSON.stringify(value).replaceAll('CHANNEL', log.channel());
        await survives('/pusher/webhook', {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-pusher-key': 'key',
            'x-pusher-signature': createHmac('sha256', 'secret').update(text).digest('hex'),
          },
          body: text,
        });
      }),
      { numRuns: RUNS },
    );
    expect((await ana.pull()).header.head).toBe(1);
  });

  it('bodies beyond the limits are refused before they are in memory', async () => {
    const endless = (chunks: number): ReadableStream<Uint8Array> => {
      let sent = 0;
      return new ReadableStream({
        pull(controller) {
          sent += 1;
          if (sent > chunks) throw new Error('The server asked for more than it may take.');
          controller.enqueue(new Uint8Array(1 << 20));
        },
      });
    };
    for (const [path, most] of [
      [`/channels/${log.channel()}/entries`, 8],
      [`/channels/${log.channel()}/sessions`, 4],
      ['/pusher/webhook', 8],
      ['/pusher/auth', 4],
    ] as const) {
      const response = await log.send(path, {
        method: 'POST',
        headers: { authorization: 'Bearer ana' },
        body: endless(most),
        duplex: 'half',
      } as RequestInit);
      expect(response.status).toBe(413);
    }
  });

  it('an append of the most entries that fit is taken as a whole', async () => {
    const entries = Array.from({ length: 512 }, (_, step) => ana.draw(put(`k${step}`)));
    expect(encodeAppend(entries).length).toBeLessThan(4 << 20);
    const { status, answer } = await ana.append(entries);
    expect([status, answer.entries.length]).toEqual([200, 512]);
  });
});
