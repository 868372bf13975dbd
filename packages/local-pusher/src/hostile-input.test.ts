import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { md5, requestText, sign } from './protocol/signature.js';
import type { LocalPusher } from './server/local-pusher.js';
import { createBackend, nextEvent } from './testing/clients.js';
import { client, connected, start } from './testing/running.js';

vi.setConfig({ testTimeout: 120_000 });

/** Two clients and a backend still find the server as it was. */
async function expectHealthy(pusher: LocalPusher): Promise<void> {
  const room = client(pusher).subscribe('presence-health');
  await nextEvent(room, 'pusher:subscription_succeeded');
  const received = nextEvent(room, 'check');
  await createBackend(pusher).trigger('presence-health', 'check', {});
  await received;
}

const WORDS = [
  'pusher:subscribe',
  'pusher:unsubscribe',
  'pusher:signin',
  'pusher:ping',
  'pusher:pong',
  'pusher:error',
  'client-x',
  'pusher_internal:subscription_succeeded',
  '__proto__',
  'constructor',
  'toString',
  '',
  'news',
  'private-room',
  'presence-room',
  'private-encrypted-x',
  'cache-x',
  '#server-to-user-ana',
  '#',
  'x'.repeat(300),
  '../../etc/passwd',
  "'; DROP TABLE events; --",
  '%00',
  '\u0000',
  '\ud800',
  '𝒳',
  '<script>',
  '1e309',
  '-1',
];

const word = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 40 }));
const value = fc.oneof(word, fc.jsonValue(), fc.integer(), fc.constant(null));
const message = fc.record(
  {
    event: fc.oneof(word, fc.jsonValue()),
    channel: value,
    data: fc.oneof(
      value,
      fc.record({ channel: value, auth: value, channel_data: value, user_data: value }, { requiredKeys: [] }),
    ),
    user_id: value,
  },
  { requiredKeys: [] },
);
const frame = fc.oneof(
  message.map((entry) => JSON.stringify(entry)),
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 200 }),
  message.map((entry) => JSON.stringify(entry).slice(0, -3)),
);

it('survives any text on a socket, and tells what is wrong with it', async () => {
  const pusher = await start();
  const { wire: attacker } = await connected(pusher);
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { maxLength: 20 }), async (frames) => {
      for (const text of frames) attacker.send(text);
      attacker.send({ event: 'pusher:ping' });
      await attacker.next('pusher:pong');
      for (const { event, data } of attacker.waiting.splice(0)) {
        if (event === 'pusher:error') expect(data).toMatchObject({ message: expect.stringMatching(/\S/) });
      }
    }),
    { numRuns: 300 },
  );
  await expectHealthy(pusher);
});

it('survives nesting, size and depth that break parsers', async () => {
  const pusher = await start();
  const { wire: attacker } = await connected(pusher);
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  for (const data of [deep, `"${'\\u0000'.repeat(50_000)}"`, `{"channel":${deep}}`, '9'.repeat(100_000)]) {
    for (const event of ['client-x', 'pusher:subscribe', 'pusher:signin']) {
      attacker.send(`{"event":"${event}","channel":"private-room","data":${data}}`);
      await attacker.next('pusher:error');
    }
  }
  attacker.send('x'.repeat(2_000_000));
  expect((await attacker.closed).code).toBe(1009);
  await expectHealthy(pusher);
});

it('survives a client event that is nested too deeply from someone who may send', async () => {
  const pusher = await start();
  const { wire: member, socketId } = await connected(pusher);
  const auth = `${pusher.key}:${sign(pusher.secret, `${socketId}:private-room`)}`;
  member.send({ event: 'pusher:subscribe', data: { channel: 'private-room', auth } });
  await member.next('pusher_internal:subscription_succeeded');
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  member.send(`{"event":"client-x","channel":"private-room","data":${deep}}`);
  expect(await member.next()).toMatchObject({ data: { message: expect.stringContaining('nested') } });
});

it('survives bytes that are no WebSocket', async () => {
  const pusher = await start();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, isUpgraded) => {
      const socket = connect(pusher.port, pusher.host);
      socket.on('error', () => {});
      await once(socket, 'connect');
      if (isUpgraded) {
        socket.write(
          `GET /app/${pusher.key}?protocol=7 HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n` +
            'sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
        );
        await once(socket, 'data');
      }
      socket.end(bytes);
      socket.resume();
      await once(socket, 'close');
    }),
    { numRuns: 150 },
  );
  await expectHealthy(pusher);
  await expect.poll(() => pusher.counters.read().connections.open).toBe(1);
});

it('answers any HTTP request with less than 500, signed or not', async () => {
  const pusher = await start();
  const segment = fc.oneof(
    fc.constantFrom(
      'apps',
      pusher.appId,
      'events',
      'batch_events',
      'channels',
      'users',
      'terminate_connections',
    ),
    fc.constantFrom('faults', 'counters', 'cut', 'freeze', 'http', 'connections'),
    word.map((text) => encodeURIComponent(wellFormed(text))),
    fc.constantFrom('%', '%zz', '..', '%2e%2e', '%ff'),
  );
  const path = fc.oneof(
    fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`),
    fc.array(segment, { maxLength: 3 }).map((rest) => `/apps/${pusher.appId}/${rest.join('/')}`),
    fc.constantFrom('events', 'batch_events', 'channels').map((route) => `/apps/${pusher.appId}/${route}`),
  );
  const event = fc.record(
    {
      name: value,
      data: value,
      channels: fc.oneof(value, fc.array(value)),
      channel: value,
      socket_id: value,
      info: value,
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    fc.constant(''),
    event.map((entry) => JSON.stringify(entry)),
    fc.array(event, { maxLength: 12 }).map((batch) => JSON.stringify({ batch })),
    fc.json(),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );
  const query = fc.array(
    fc.tuple(
      fc.constantFrom('info', 'filter_by_prefix', 'name', 'data', 'channels[]', 'auth_key', 'x'),
      word,
    ),
    { maxLength: 3 },
  );
  const statuses = new Set<number>();

  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
      path,
      query,
      body,
      fc.boolean(),
      async (method, address, extra, text, isSigned) => {
        const content = method === 'GET' ? '' : wellFormed(text);
        const url = new URL(`${pusher.url}${address}`);
        // Freezing and stopping would keep answers from this very test.
        if (url.pathname.startsWith('/faults') && method === 'PUT') return;
        const pairs = extra.map(([key, entry]): [string, string] => [key, wellFormed(entry)]);
        const signed = isSigned ? signedQuery(pusher, method, url.pathname, pairs, content) : pairs;
        const search = signed.map(
          ([key, entry]) => `${encodeURIComponent(key)}=${encodeURIComponent(entry)}`,
        );
        const response = await fetch(`${url.origin}${url.pathname}?${search.join('&')}`, {
          method,
          ...(content !== '' && { body: content }),
        });
        await response.text();
        statuses.add(response.status);
        expect(response.status).toBeLessThan(500);
      },
    ),
    { numRuns: 600 },
  );
  // The fuzz got past the signatures to the routes.
  expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 401, 404]));
  pusher.faults.clear();
  await expectHealthy(pusher);
});

/** `text` with its lone surrogates replaced, which no URL and no body can carry. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function signedQuery(
  pusher: LocalPusher,
  method: string,
  path: string,
  extra: [string, string][],
  body: string,
): [string, string][] {
  const query: [string, string][] = [
    ['auth_key', pusher.key],
    ['auth_timestamp', String(Math.floor(Date.now() / 1_000))],
    ['auth_version', '1.0'],
    ...(body === '' ? [] : ([['body_md5', md5(Buffer.from(body))]] as [string, string][])),
    ...extra,
  ];
  return [...query, ['auth_signature', sign(pusher.secret, requestText(method, path, query))]];
}

it('lets go of clients that vanish during the handshake', async () => {
  const pusher = await start();
  for (let i = 0; i < 50; i++) {
    const socket = new WebSocket(`ws://${pusher.host}:${pusher.port}/app/${pusher.key}?protocol=7`);
    socket.on('error', () => {});
    if (i % 2 === 0) await once(socket, 'upgrade');
    socket.terminate();
  }
  await expect.poll(() => pusher.counters.read().connections.open).toBe(0);
  await expectHealthy(pusher);
});
