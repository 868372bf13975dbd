import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { nextEvent } from './testing/clients.js';
import { atEnd, client, start } from './testing/running.js';

// What pusher-js 8 makes of each close code is part of the contract with hosted Pusher: these tests hold the real
// library against this server. "Connection closure" of the protocol documentation says what clients should do.

const GIVES_UP = [4001, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4300];
const RETRIES_AT_ONCE = [4200, 4201, 4202, 4299];
const RETRIES_AFTER_A_SECOND = [4100, 4199, 1000, 1001, 1002, 1003, 1005, 1011, undefined];

for (const code of GIVES_UP) {
  it(`makes pusher-js give up for good with ${code}`, async () => {
    const pusher = await start();
    const ana = client(pusher);
    await nextEvent(ana.connection, 'connected');
    const error = nextEvent(ana.connection, 'error');
    const states: string[] = [];
    ana.connection.bind('state_change', ({ current }: { current: string }) => states.push(current));
    pusher.faults.cut({ code, reason: 'on request' });
    expect((await error).data).toMatchObject({ type: 'PusherError', data: { code, message: 'on request' } });
    await expect.poll(() => states).toEqual(['disconnected']);
    expect(pusher.counters.read().connections).toMatchObject({ open: 0, opened: 1 });
  });
}

for (const code of RETRIES_AT_ONCE) {
  it(`makes pusher-js connect and subscribe again at once with ${code}, before it would with 4100`, async () => {
    const pusher = await start();
    const people = [client(pusher), client(pusher)];
    const back: (number | undefined)[] = [];
    for (const [i, person] of people.entries()) {
      const room = person.subscribe('presence-room');
      await nextEvent(room, 'pusher:subscription_succeeded');
      room.bind('pusher:subscription_succeeded', () => back.push([4100, code][i]));
    }
    for (const [i, person] of people.entries()) {
      pusher.faults.cut({ code: [4100, code][i]!, socketId: person.connection.socket_id });
    }
    await expect.poll(() => back).toEqual([code, 4100]);
  });
}

it('makes pusher-js wait a second and connect again with 4100, with codes below 4000 and after a break', async () => {
  const waits = RETRIES_AFTER_A_SECOND.map(async (code) => {
    const pusher = await start();
    const ana = client(pusher);
    await nextEvent(ana.connection, 'connected');
    const announced = nextEvent(ana.connection, 'connecting_in');
    const connected = nextEvent(ana.connection, 'connected');
    pusher.faults.cut(code === undefined ? {} : { code });
    expect((await announced).data).toBe(1);
    await connected;
  });
  await Promise.all(waits);
});

it('makes pusher-js go on over TLS, at once, with 4000', async () => {
  const secure = createServer((socket) => socket.on('error', () => {}));
  secure.listen(0, '127.0.0.1');
  await once(secure, 'listening');
  atEnd(() => secure.close());
  const pusher = await start();
  const { port: wssPort } = secure.address() as AddressInfo;
  const ana = client(pusher, { options: { wssPort } });
  await nextEvent(ana.connection, 'connected');
  const [[socket]] = (await Promise.all([once(secure, 'connection'), pusher.faults.cut({ code: 4000 })])) as [
    [Socket],
    number,
  ];
  const [hello] = (await once(socket, 'data')) as [Buffer];
  // A record of the TLS handshake.
  expect(hello[0]).toBe(0x16);
  socket.destroy();
});

it('keeps what clients of hosted Pusher rely on when a server goes and comes back on its port', async () => {
  const pusher = await start();
  const ana = client(pusher);
  const room = ana.subscribe('presence-room');
  await nextEvent(room, 'pusher:subscription_succeeded');
  const before = ana.connection.socket_id;
  await pusher.close();
  await start({ port: pusher.port });
  await nextEvent(room, 'pusher:subscription_succeeded');
  expect(ana.connection.socket_id).not.toBe(before);
});
