import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { encodeAppend, encodeFrame, FRAME_EVENT, frameData, type Sequence } from '@inkwire/core';
import { createInkwireServer, type InkwireServer, type LogRecord } from '@inkwire/server';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { putEmptyDatabase } from './server/empty-database.js';
import { hostileText } from './server/hostile-text.js';
import { serverOptions } from './server/options.js';
import { createPage, type Page, put, type Send } from './server/page.js';

/** On Ana's board and in her channel, where Mallory has no access. */
const SECRET = 'only-ana-knows';
const HERS = 'presence-board-ana';
const THEIRS = 'presence-board-mallory';
const RUNS = 400;
const BOARD_BYTES = 200_000;

interface RawAnswer {
  /** 0 where the server closed without an answer. */
  readonly status: number;
  readonly text: string;
}

describe('hostile requests over real sockets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkwire-hostile-'));
  let server: InkwireServer;
  let listener: Server;
  let port: number;
  const failures: LogRecord[] = [];
  const send: Send = (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init);

  beforeAll(async () => {
    putEmptyDatabase(folder);
    server = await createInkwireServer(
      serverOptions({
        database: folder,
        access: (user, channel) => (channel.endsWith(`-${user.id}`) ? 'write' : null),
        limits: { entriesPerSecond: 1e6, bytesPerSecond: 1e9, boardBytes: BOARD_BYTES },
        report(record) {
          if (record.event === 'request failed') failures.push(record);
        },
      }),
    );
    listener = serve({ fetch: (request) => server.fetch(request), port: 0, hostname: '127.0.0.1' }) as Server;
    await once(listener, 'listening');
    port = (listener.address() as AddressInfo).port;
  });
  afterAll(async () => {
    listener.close();
    await server.close();
    listener.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    failures.length = 0;
  });

  const enter = async (user: string, channel: string): Promise<Page> => {
    const page = createPage(send, user, channel);
    await page.join();
    return page;
  };

  /** Writes bytes to the server as they are, and reads until it has answered them or given up. */
  const talk = async (bytes: Uint8Array): Promise<RawAnswer> => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.end(bytes);
    await once(socket, 'close');
    const text = Buffer.concat(chunks).toString('latin1');
    return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text };
  };

  it('S1: whatever Mallory asks for, and however, she gets nothing of Ana, and no answer is a 5xx', async () => {
    const ana = await enter('ana', HERS);
    await ana.append([ana.draw(put(SECRET, SECRET))]);
    await server.publish(HERS, {
      type: 'comment.added',
      actor: 'ana',
      comment: 'c',
      subject: 's',
      text: SECRET,
    });
    const mallory = await enter('mallory', THEIRS);
    const own = encodeAppend([mallory.draw(put('own'))]);
    const before = process.memoryUsage().rss;

    const trick = fc.constantFrom(
      '..',
      '%2e%2e',
      '.',
      '%2f',
      '%2F..%2F',
      '%00',
      '%',
      '%zz',
      ';',
      '//',
      '\\',
      '*',
    );
    const channel = fc.oneof(
      fc.constantFrom(HERS, THEIRS, `${THEIRS}%2f..%2f${HERS}`, `${THEIRS}/../${HERS}`, `${HERS}%00-mallory`),
      fc.tuple(fc.constantFrom(HERS, THEIRS), trick).map(([name, text]) => `${name}${text}`),
      hostileText.map((text) => encodeURIComponent(Buffer.from(text).toString()).slice(0, 400)),
    );
    const route = fc.constantFrom('entries', 'history', 'digest', 'events', 'sessions', '', '../entries');
    const target = fc.oneof(
      fc.tuple(channel, route, hostileText).map(([name, rest, query]) => {
        const safe = encodeURIComponent(Buffer.from(query).toString()).slice(0, 200);
        return `/channels/${name}/${rest}?after=0&from=0&channel=${HERS}&epoch=${safe}`;
      }),
      fc.tuple(trick, channel).map(([text, name]) => `/${text}/channels/${name}/entries?after=0`),
      channel.map((name) => `http://elsewhere.test/channels/${name}/events?after=0`),
      fc.constantFrom(
        '/pusher/auth',
        '/pusher/user-auth',
        '/pusher/webhook',
        '/healthz',
        '/readyz',
        '/metrics',
        '*',
      ),
    );
    const header = fc.oneof(
      fc.constantFrom(
        'content-type: application/json',
        'content-type: multipart/form-data; boundary=x',
        'content-length: 7',
        'content-length: -1',
        'content-length: 99999999999999999999',
        'transfer-encoding: chunked',
        'transfer-encoding: gzip, chunked',
        'content-encoding: gzip',
        'expect: 100-continue',
        'upgrade: websocket\r\nconnection: upgrade',
        `x-original-url: /channels/${HERS}/entries`,
        'x-http-method-override: GET',
        'x-pusher-key: key\r\nx-pusher-signature: 00',
        `host: ${HERS}`,
        `cookie: ${'c'.repeat(20_000)}`,
      ),
      fc.string({ maxLength: 60 }).map((text) => `x-any: ${text.replace(/[^\x20-\x7e]/g, '')}`),
    );
    const mutated = fc
      .array(fc.tuple(fc.nat(own.length - 1), fc.nat(255)), { maxLength: 6 })
      .map((changes) => {
        const bytes = own.slice();
        for (const [index, value] of changes) bytes[index] = value;
        return bytes;
      });
    const form = channel.map((name) =>
      new URLSearchParams({ socket_id: '1.2', channel_name: name }).toString(),
    );
    const body = fc.oneof(
      fc.constant(new Uint8Array(0)),
      mutated,
      fc.uint8Array({ maxLength: 200 }),
      fc.oneof(form, hostileText, fc.json()).map((text) => new Uint8Array(Buffer.from(text))),
    );
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'get', 'G@T'),
        target,
        fc.array(header, { maxLength: 3 }),
        body,
        fc.boolean(),
        async (method, address, headers, content, isTrue) => {
          const lines = [
            `${method} ${address} HTTP/1.1`,
            'host: inkwire.test',
            'connection: close',
            'authorization: Bearer mallory',
            ...headers,
            ...(isTrue ? [`content-length: ${content.length}`] : []),
          ];
          const answer = await talk(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), content]));
          statuses.add(answer.status);
          expect(answer.status).toBeLessThan(500);
          expect(answer.text).not.toContain(SECRET);
          expect(answer.text).not.toContain(ana.session);
          expect(failures).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
    // Some of it got through to the routes, and was refused there.
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 403, 404]));
    expect((await ana.pull()).rows).toHaveLength(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(300e6);
  });

  it('a body that breaks off is refused, and no failure of the server', async () => {
    const head = `POST /channels/${THEIRS}/entries HTTP/1.1\r\nhost: x\r\nauthorization: Bearer mallory\r\n`;
    for (const rest of ['content-length: 1000\r\n\r\nabc', 'transfer-encoding: chunked\r\n\r\n5\r\nab']) {
      const { status } = await talk(Buffer.from(head + rest));
      expect(status).toBeLessThan(500);
    }
    expect((await send('/healthz')).status).toBe(200);
    expect(failures).toEqual([]);
  });

  describe('frames in webhooks', () => {
    const report = async (user: string, channel: string, data: unknown): Promise<number> => {
      const events = [{ name: 'client_event', event: FRAME_EVENT, channel, user_id: user, data }];
      const body = JSON.stringify({ time_ms: 1, events });
      const { status } = await send('/pusher/webhook', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-pusher-key': 'key',
          'x-pusher-signature': createHmac('sha256', 'secret').update(body).digest('hex'),
        },
        body,
      });
      return status;
    };
    const frameOf = (page: Page, entry: ReturnType<Page['draw']>): Uint8Array =>
      encodeFrame({
        session: page.session,
        epoch: 'epoch',
        synced: 7 as Sequence,
        entries: [entry],
        awareness: new Uint8Array([1, 2, 3]),
        presence: new Uint8Array([4, 5]),
      });

    it('L8, L11: however they are changed on the way, only what their author sealed gets into the log', async () => {
      const bea = await enter('bea', 'presence-board-bea');
      const made = Array.from({ length: 4 }, (_, step) => bea.draw(put(`k${step}`)));
      const frames = made.map((entry) => frameOf(bea, entry));
      const change = fc.record({
        frame: fc.nat(made.length - 1),
        changes: fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 }),
        cut: fc.oneof(fc.constant(0), fc.nat(40)),
        user: fc.constantFrom('bea', 'mallory'),
        channel: fc.constantFrom('presence-board-bea', THEIRS),
      });
      await fc.assert(
        fc.asyncProperty(change, async ({ frame, changes, cut, user, channel }) => {
          const whole = frames[frame] as Uint8Array;
          const bytes = whole.slice(0, whole.length - cut);
          for (const [index, value] of changes) bytes[index % bytes.length] = value;
          expect(await report(user, channel, frameData(bytes))).toBe(200);
          expect(failures).toEqual([]);
        }),
        { numRuns: RUNS },
      );
      const { rows } = await bea.pull();
      for (const [index, row] of rows.entries()) {
        const { n, update } = made[index] as (typeof made)[number];
        expect([row.seq, row.session, row.n]).toEqual([index + 1, bea.session, n]);
        expect(Buffer.compare(row.update, update)).toBe(0);
      }
      // As Bea sent them they are taken.
      for (const frame of frames) await report('bea', 'presence-board-bea', frameData(frame));
      expect((await bea.pull()).header.head).toBe(made.length);
    });

    it('S4: a board that is full takes none either', async () => {
      const dan = await enter('dan', 'presence-board-dan');
      const { status } = await dan.append([dan.draw(put('large', new Uint8Array(BOARD_BYTES)))]);
      expect(status).toBe(200);
      const more = dan.draw(put('more'));
      expect(await report('dan', 'presence-board-dan', frameData(frameOf(dan, more)))).toBe(200);
      expect((await dan.append([more])).status).toBe(429);
      expect((await dan.pull()).header.head).toBe(1);
    });
  });
});
