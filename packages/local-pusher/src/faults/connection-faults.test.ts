import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { channelText, sign } from '../protocol/signature.js';
import type { LocalPusher } from '../server/local-pusher.js';
import { nextEvent, type Wire } from '../testing/clients.js';
import { createManualClock } from '../testing/manual-clock.js';
import { client, connected, start, wire } from '../testing/running.js';

async function joinRoom(pusher: LocalPusher, userId: string): Promise<Wire> {
  const { wire: opened, socketId } = await connected(pusher);
  const channel = 'presence-room';
  const channel_data = JSON.stringify({ user_id: userId });
  const auth = `${pusher.key}:${sign(pusher.secret, channelText(socketId, channel, channel_data))}`;
  opened.send({ event: 'pusher:subscribe', data: { channel, auth, channel_data } });
  await opened.next('pusher_internal:subscription_succeeded');
  return opened;
}

for (const code of [1000, 1001, 1011, 4000, 4001, 4003, 4004, 4009, 4100, 4200, 4201, 4202, 4300]) {
  it(`cuts a socket with ${code}`, async () => {
    const pusher = await start();
    const { wire: ana } = await connected(pusher);
    expect(pusher.faults.cut({ code, reason: 'as told' })).toBe(1);
    expect(await ana.closed).toEqual({ code, reason: 'as told' });
    expect(pusher.counters.read().connections.open).toBe(0);
  });
}

it('cuts without a word, which the client sees as 1006, or without a code, which it sees as 1005', async () => {
  const pusher = await start();
  for (const [cut, code] of [
    [{}, 1006],
    [{ code: 1006 }, 1006],
    [{ code: 1005 }, 1005],
  ] as const) {
    const { wire: ana } = await connected(pusher);
    pusher.faults.cut(cut);
    expect(await ana.closed).toEqual({ code, reason: '' });
    pusher.faults.refuseConnections({ code });
    expect((await wire(pusher).closed).code).toBe(code);
    pusher.faults.acceptConnections();
  }
});

it('cuts by socket, user and channel', async () => {
  const pusher = await start();
  const [ana, bea] = [await joinRoom(pusher, 'ana'), await joinRoom(pusher, 'bea')];
  const { wire: cem, socketId } = await connected(pusher);
  expect(pusher.faults.cut({ code: 4200, userId: 'ana', channel: 'presence-room' })).toBe(1);
  expect((await ana.closed).code).toBe(4200);
  expect((await bea.next('pusher_internal:member_removed')).data).toBe('{"user_id":"ana"}');
  expect(pusher.faults.cut({ code: 4200, socketId })).toBe(1);
  expect((await cem.closed).code).toBe(4200);
  expect(pusher.faults.cut({ code: 4200, userId: 'nobody' })).toBe(0);
  expect(pusher.faults.cut({ appId: 'nothing' })).toBe(0);
  bea.send({ event: 'pusher:ping' });
  await bea.next('pusher:pong');
});

it('makes pusher-js reconnect after 4200 and give up after 4004, as it does with hosted Pusher', async () => {
  const pusher = await start();
  const [ana, bea] = [client(pusher), client(pusher)];
  for (const who of [ana, bea]) await nextEvent(who.connection, 'connected');
  const reconnected = nextEvent(ana.connection, 'connected');
  pusher.faults.cut({ code: 4200, socketId: ana.connection.socket_id });
  await reconnected;
  const gaveUp = nextEvent(bea.connection, 'disconnected');
  pusher.faults.cut({ code: 4004, socketId: bea.connection.socket_id });
  await gaveUp;
  expect(ana.connection.state).toBe('connected');
});

it('refuses connections with a close code: over quota, over capacity', async () => {
  const pusher = await start();
  pusher.faults.refuseConnections({ code: 4004 });
  expect(await wire(pusher).closed).toEqual({ code: 4004, reason: 'Application is over connection quota' });
  pusher.faults.refuseConnections({ code: 4100, reason: 'too many' });
  expect(await wire(pusher).closed).toEqual({ code: 4100, reason: 'too many' });
  pusher.faults.acceptConnections();
  await connected(pusher);
  expect(pusher.counters.read().connections).toMatchObject({ opened: 1, refused: 2 });
});

it('refuses connections with an HTTP status, a reset, or no answer at all', async () => {
  const pusher = await start();
  pusher.faults.refuseConnections({ status: 503 });
  const refused = new WebSocket(`ws://${pusher.host}:${pusher.port}/app/${pusher.key}?protocol=7`);
  const [error] = await once(refused, 'error');
  expect(String(error)).toContain('503');

  pusher.faults.refuseConnections();
  expect((await wire(pusher).closed).code).toBe(1006);

  pusher.faults.refuseConnections({ hang: true });
  const hanging = wire(pusher);
  await expect.poll(() => pusher.counters.read().connections.refused).toBe(3);
  expect(hanging.socket.readyState).toBe(WebSocket.CONNECTING);
  await pusher.close();
  await hanging.closed;
});

it('freezes a connection: nothing passes, not even pongs, and what waited arrives at the thaw', async () => {
  const pusher = await start();
  const [ana, bea] = [await joinRoom(pusher, 'ana'), await joinRoom(pusher, 'bea')];
  await ana.next('pusher_internal:member_added');
  expect(pusher.faults.freeze({ userId: 'ana' })).toBe(1);
  expect(pusher.faults.freeze({ userId: 'ana' })).toBe(0);
  const pongs: string[] = [];
  ana.socket.on('pong', () => pongs.push('pong'));
  ana.socket.ping();
  ana.send({ event: 'client-from-ana', channel: 'presence-room', data: {} });
  bea.send({ event: 'client-from-bea', channel: 'presence-room', data: { n: 1 } });
  bea.send({ event: 'pusher:ping' });
  expect((await bea.next()).event).toBe('pusher:pong');
  expect(pongs).toEqual([]);
  expect(ana.waiting).toEqual([]);
  expect(ana.socket.readyState).toBe(WebSocket.OPEN);

  const ponged = once(ana.socket, 'pong');
  pusher.faults.thaw();
  expect(await ana.next()).toMatchObject({ event: 'client-from-bea', user_id: 'bea' });
  expect(await bea.next()).toMatchObject({ event: 'client-from-ana', user_id: 'ana' });
  await ponged;
});

it('gives up a frozen client after its ping went unanswered, without the client hearing of it', async () => {
  const clock = createManualClock();
  const pusher = await start({ clock, limits: { activityTimeoutSeconds: 10, pongTimeoutSeconds: 5 } });
  const [ana, bea] = [await joinRoom(pusher, 'ana'), await joinRoom(pusher, 'bea')];
  pusher.faults.freeze({ userId: 'ana' });
  clock.advance(9_000);
  bea.send({ event: 'pusher:ping' });
  await bea.next('pusher:pong');
  clock.advance(6_000);
  expect((await bea.next('pusher_internal:member_removed')).data).toBe('{"user_id":"ana"}');
  expect(ana.socket.readyState).toBe(WebSocket.OPEN);
  pusher.faults.thaw();
  expect((await ana.closed).code).toBe(1006);
});

it('says what is wrong with a fault', async () => {
  const { faults } = await start();
  const wrong: [() => unknown, string][] = [
    [() => faults.add({ kind: 'explode' as 'drop' }), 'kind must be drop or delay or duplicate or reorder'],
    [() => faults.add({ kind: 'drop', probability: 2 }), 'probability must be a number from 0 to 1'],
    [() => faults.add({ kind: 'drop', times: 0 }), 'times'],
    [() => faults.add({ kind: 'delay', delayMs: [2, 1] }), 'delayMs'],
    [() => faults.add({ kind: 'delay', delayMs: -1 }), 'delayMs'],
    [() => faults.add({ kind: 'duplicate', copies: 1_000 }), 'copies'],
    [() => faults.add({ kind: 'drop', direction: 'up' as 'client-to-server' }), 'direction'],
    [() => faults.cut({ code: 1004 }), 'close code'],
    [() => faults.cut({ code: 5_000 }), 'close code'],
    [() => faults.cut({ code: 4_000, reason: 'é'.repeat(62) }), '123 bytes'],
    [() => faults.refuseConnections({ status: 99 }), 'HTTP status'],
    [() => faults.stopHttp({ reset: 'yes' as unknown as boolean }), 'true or false'],
    [() => faults.freeze({ user: 'ana' } as object), 'There is no field user'],
  ];
  for (const [call, reason] of wrong) {
    expect(call).toThrow(
      expect.objectContaining({ code: 'invalid-fault', message: expect.stringContaining(reason) }),
    );
  }
  expect(faults.read()).toMatchObject({ events: [], frozen: 0 });
});
