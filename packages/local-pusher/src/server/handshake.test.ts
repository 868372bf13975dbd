import { expect, it } from 'vitest';
import { nextEvent } from '../testing/clients.js';
import { createManualClock } from '../testing/manual-clock.js';
import { client, connected, start, wire } from '../testing/running.js';

it('greets a socket with its id and the activity timeout, encoded twice', async () => {
  const pusher = await start();
  const message = await wire(pusher).next();
  expect(message.event).toBe('pusher:connection_established');
  expect(JSON.parse(String(message.data))).toEqual({
    socket_id: expect.stringMatching(/^\d+\.\d+$/),
    activity_timeout: 120,
  });
});

it('connects pusher-js', async () => {
  const pusher = await start();
  const ana = client(pusher);
  await nextEvent(ana.connection, 'connected');
  expect(ana.connection.state).toBe('connected');
});

const REFUSALS = {
  4000: ['/app/tls-only?protocol=7', 'SSL'],
  4001: ['/app/nobody?protocol=7', 'does not exist'],
  4003: ['/app/disabled?protocol=7', 'disabled'],
  4005: ['/elsewhere?protocol=7', 'Path not found'],
  4006: ['/app/open?protocol=seven', 'version string'],
  4007: ['/app/open?protocol=8', 'Unsupported protocol'],
  4008: ['/app/open', 'No protocol version'],
} as const;

for (const [code, [address, reason]] of Object.entries(REFUSALS)) {
  it(`refuses ${address} with ${code}`, async () => {
    const apps = [
      { appId: '1', key: 'open', secret: 's' },
      { appId: '2', key: 'tls-only', secret: 's', tlsOnly: true },
      { appId: '3', key: 'disabled', secret: 's', disabled: true },
    ];
    const pusher = await start({ apps });
    const refused = wire(pusher, address);
    expect(await refused.closed).toEqual({ code: Number(code), reason: expect.stringContaining(reason) });
    expect(refused.waiting).toEqual([]);
  });
}

it('refuses protocols 1 to 3, which are no longer supported', async () => {
  const pusher = await start();
  expect((await wire(pusher, `/app/${pusher.key}?protocol=3`).closed).code).toBe(4007);
});

it('speaks to older protocols as they expect: the timeout from 7 on, errors as events before 6', async () => {
  const pusher = await start({ limits: { connections: 3 } });
  for (const [protocol, timeout] of [
    [7, 120],
    [6, undefined],
    [4, undefined],
  ] as const) {
    const { data } = await wire(pusher, `/app/${pusher.key}?protocol=${protocol}`).next();
    expect(JSON.parse(String(data)).activity_timeout).toBe(timeout);
  }
  const old = wire(pusher, `/app/${pusher.key}?protocol=5`);
  expect(await old.next()).toMatchObject({ event: 'pusher:error', data: { code: 4004 } });
  expect((await old.closed).code).toBe(4004);
});

it('closes a client of protocol 4, which knows no pings, after a day of silence with 4202', async () => {
  const clock = createManualClock();
  const pusher = await start({ clock });
  const old = wire(pusher, `/app/${pusher.key}?protocol=4`);
  await old.next('pusher:connection_established');
  clock.advance(86_399_999);
  old.send({ event: 'pusher:ping' });
  expect((await old.next()).event).toBe('pusher:pong');
  clock.advance(86_400_000);
  expect((await old.closed).code).toBe(4202);
});

it('closes with 4009 who joins no private or presence channel in time, where the app wants that', async () => {
  const clock = createManualClock();
  const apps = [{ appId: '1', key: 'k', secret: 's', authorizeWithinSeconds: 30 }];
  const pusher = await start({ clock, apps });
  const [ana, bea] = [client(pusher), client(pusher)];
  await nextEvent(ana.subscribe('private-room'), 'pusher:subscription_succeeded');
  await nextEvent(bea.subscribe('news'), 'pusher:subscription_succeeded');
  const closed = nextEvent(bea.connection, 'disconnected');
  clock.advance(30_000);
  await closed;
  expect(ana.connection.state).toBe('connected');
});

it('closes a socket that sends binary messages', async () => {
  const pusher = await start();
  const { wire: ana } = await connected(pusher);
  ana.socket.send(Buffer.from([1, 2, 3]));
  expect((await ana.closed).code).toBe(1003);
});

it('closes the connection over the quota with 4004, and takes another once one has left', async () => {
  const pusher = await start({ limits: { connections: 1 } });
  const { wire: first } = await connected(pusher);
  expect((await wire(pusher).closed).code).toBe(4004);
  expect(pusher.counters.read().connections).toMatchObject({ open: 1, opened: 1, refused: 1 });

  first.socket.close();
  await first.closed;
  await expect.poll(() => pusher.counters.read().connections.open).toBe(0);
  await connected(pusher);
});

it('answers pings of the protocol and of WebSocket', async () => {
  const pusher = await start();
  const { wire: ana } = await connected(pusher);
  ana.send({ event: 'pusher:ping', data: {} });
  expect(await ana.next()).toEqual({ event: 'pusher:pong', data: '{}' });
  const pong = new Promise((resolve) => ana.socket.once('pong', resolve));
  ana.socket.ping();
  await pong;
});

it('pings a silent client after the activity timeout and closes with 4201 when nothing comes back', async () => {
  const clock = createManualClock();
  const pusher = await start({ clock });
  const { wire: ana } = await connected(pusher);
  clock.advance(119_999);
  clock.advance(1);
  expect((await ana.next()).event).toBe('pusher:ping');
  clock.advance(30_000);
  expect((await ana.closed).code).toBe(4201);
});

it('keeps a client that answers its ping', async () => {
  const clock = createManualClock();
  const pusher = await start({ clock });
  const { wire: ana } = await connected(pusher);
  clock.advance(120_000);
  await ana.next('pusher:ping');
  clock.advance(1);
  ana.send({ event: 'pusher:pong', data: {} });
  ana.send({ event: 'pusher:ping' });
  await ana.next('pusher:pong');
  clock.advance(29_999);
  ana.send({ event: 'pusher:ping' });
  await ana.next('pusher:pong');
  expect(ana.socket.readyState).toBe(ana.socket.OPEN);
});

it('closes everything with 1001 and frees its port when it closes', async () => {
  const pusher = await start();
  const { wire: ana } = await connected(pusher);
  await pusher.close();
  expect((await ana.closed).code).toBe(1001);
  const again = await start({ port: pusher.port });
  await connected(again);
});

it('says what is wrong with its options', async () => {
  const { port } = await start();
  await expect(start({ port })).rejects.toMatchObject({ code: 'address-in-use' });
  await expect(start({ port: -1 })).rejects.toMatchObject({ code: 'invalid-option' });
  await expect(start({ apps: [] })).rejects.toMatchObject({ code: 'invalid-option' });
  const app = { appId: '1', key: 'a', secret: 's' };
  await expect(start({ apps: [app, { ...app, appId: '2' }] })).rejects.toThrow('same key');
  const wrong: [change: object, reason: string][] = [
    [{ secret: '' }, 'Every app needs a secret'],
    [{ secret: undefined }, 'Every app needs a secret'],
    [{ appId: undefined }, 'Every appId'],
    [{ authorizeWithinSeconds: 'soon' }, 'authorizeWithinSeconds must be'],
    [{ webhooks: [{ url: 'http://127.0.0.1:9', events: ['channel_ocupied'] }] }, 'no event channel_ocupied'],
  ];
  for (const [change, reason] of wrong) {
    await expect(start({ apps: [{ ...app, ...change }] })).rejects.toThrow(reason);
  }
});
