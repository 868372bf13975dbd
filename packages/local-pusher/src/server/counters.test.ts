import { expect, it } from 'vitest';
import { createBackend, nextEvent } from '../testing/clients.js';
import { receiveWebhooks } from '../testing/inbox.js';
import { createManualClock } from '../testing/manual-clock.js';
import { client, start } from '../testing/running.js';
import { createRate } from './rate.js';

it('bills a publish and every copy, calls of the API, member events and webhooks', async () => {
  const inbox = await receiveWebhooks();
  const webhooks = [{ url: inbox.url, events: ['client_event' as const] }];
  const pusher = await start({ webhooks });
  const people = ['ana', 'bea', 'cem'].map((userId) => client(pusher, { userId }));
  const rooms = [];
  for (const person of people) {
    const room = person.subscribe('presence-room');
    await nextEvent(room, 'pusher:subscription_succeeded');
    rooms.push(room);
  }
  // Ana heard of two arrivals and Bea of one; subscribing is free.
  expect(pusher.counters.read().billed).toMatchObject({ memberEvents: 3, total: 3 });

  const heard = rooms.slice(1).map((room) => nextEvent(room, 'client-hello'));
  rooms[0]?.trigger('client-hello', {});
  await Promise.all(heard);
  await expect.poll(() => inbox.events().length).toBe(1);
  await expect.poll(() => pusher.counters.read().webhooks.sent).toBe(1);
  expect(pusher.counters.read().billed).toMatchObject({ calls: 1, deliveries: 2, webhooks: 1, total: 7 });

  const backend = createBackend(pusher);
  await backend.trigger('presence-room', 'n', {});
  expect(pusher.counters.read().billed).toMatchObject({ calls: 2, deliveries: 5, total: 11 });
  await backend.trigger(
    'presence-room',
    'n',
    {},
    { info: 'user_count', socket_id: people[0]?.connection.socket_id },
  );
  expect(pusher.counters.read().billed).toMatchObject({ calls: 4, deliveries: 7, total: 15 });
  await backend.triggerBatch(Array.from({ length: 3 }, () => ({ channel: 'nobody', name: 'n', data: {} })));
  await backend.get({ path: '/channels' });
  expect(pusher.counters.read()).toMatchObject({
    billed: { calls: 8, total: 19, today: 19 },
    events: { published: 6, delivered: 7 },
    http: { requests: 4, failed: 0 },
  });
  pusher.counters.reset();
  expect(pusher.counters.read()).toMatchObject({ billed: { total: 0 }, connections: { open: 3, opened: 0 } });
});

it('counts what was refused', async () => {
  const pusher = await start();
  const ana = client(pusher);
  await nextEvent(ana.subscribe('news'), 'pusher:subscription_succeeded');
  const error = nextEvent(ana.connection, 'error');
  ana.send_event('client-hello', {}, 'news');
  await error;
  await fetch(`${pusher.url}/apps/${pusher.appId}/events`, { method: 'POST' });
  expect(pusher.counters.read()).toMatchObject({
    events: { published: 0, refused: 1 },
    http: { requests: 1, failed: 1 },
    billed: { total: 0 },
  });
});

it('knows the most client events any connection sent in any second, also after it closed', async () => {
  const clock = createManualClock();
  const pusher = await start({ clock });
  const ana = client(pusher, { userId: 'ana' });
  const room = ana.subscribe('presence-room');
  await nextEvent(room, 'pusher:subscription_succeeded');
  const attempts = () => pusher.counters.rates()[0];
  for (let n = 0; n < 6; n++) room.trigger('client-n', {});
  await expect.poll(attempts).toMatchObject({ accepted: 6, mostPerSecond: 6 });
  clock.advance(600);
  for (let n = 0; n < 6; n++) room.trigger('client-n', {});
  await expect.poll(attempts).toMatchObject({ accepted: 10, rejected: 2, mostPerSecond: 12 });
  clock.advance(500);
  room.trigger('client-n', {});
  await expect.poll(attempts).toMatchObject({ accepted: 11, mostPerSecond: 12 });
  const socketId = ana.connection.socket_id;
  ana.disconnect();
  await expect.poll(attempts).toEqual({
    socketId,
    userIds: ['ana'],
    open: false,
    accepted: 11,
    rejected: 2,
    mostPerSecond: 12,
  });
});

it('remembers a flood in bounded memory', () => {
  const clock = createManualClock(0);
  const rate = createRate(10, clock);
  for (let n = 0; n < 90_000; n++) {
    rate.attempt();
    if (n % 100 === 0) clock.advance(1);
  }
  expect(rate.read()).toEqual({ accepted: 10, rejected: 89_990, mostPerSecond: 4_096 });
  clock.advance(1_000);
  expect(rate.attempt()).toBe(true);
});
