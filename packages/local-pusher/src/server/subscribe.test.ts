import { expect, it } from 'vitest';
import { channelText, sign } from '../protocol/signature.js';
import { nextEvent, type Wire } from '../testing/clients.js';
import { client, connected, start } from '../testing/running.js';
import type { LocalPusher } from './local-pusher.js';

interface Members {
  count: number;
  myID: string;
  members: Record<string, unknown>;
}

function subscribe(pusher: LocalPusher, wire: Wire, socketId: string, channel: string, user?: unknown): void {
  const channelData = user === undefined ? undefined : JSON.stringify(user);
  const auth = `${pusher.key}:${sign(pusher.secret, channelText(socketId, channel, channelData))}`;
  wire.send({ event: 'pusher:subscribe', data: { channel, auth, channel_data: channelData } });
}

it('subscribes pusher-js to public, private and presence channels', async () => {
  const pusher = await start();
  const ana = client(pusher, { userId: 'ana', userInfo: { name: 'Ana' } });
  await nextEvent(ana.subscribe('news'), 'pusher:subscription_succeeded');
  await nextEvent(ana.subscribe('private-news'), 'pusher:subscription_succeeded');
  const joined = await nextEvent<Members>(ana.subscribe('presence-room'), 'pusher:subscription_succeeded');
  expect(joined.data).toMatchObject({ count: 1, myID: 'ana', members: { ana: { name: 'Ana' } } });
});

it('answers every subscription in the documented form', async () => {
  const pusher = await start();
  const { wire, socketId } = await connected(pusher);
  wire.send({ event: 'pusher:subscribe', data: { channel: 'news', auth: '' } });
  expect(await wire.next()).toEqual({
    event: 'pusher_internal:subscription_succeeded',
    channel: 'news',
    data: '{}',
  });
  subscribe(pusher, wire, socketId, 'presence-room', { user_id: 10, user_info: { name: 'Ten' } });
  const { data } = await wire.next();
  expect(JSON.parse(String(data))).toEqual({
    presence: { count: 1, ids: ['10'], hash: { 10: { name: 'Ten' } } },
  });
});

it('tells members of each other, once per user however many connections they have', async () => {
  const pusher = await start();
  const room = client(pusher, { userId: 'ana' }).subscribe('presence-room');
  await nextEvent(room, 'pusher:subscription_succeeded');

  const added = nextEvent(room, 'pusher:member_added');
  const bea = client(pusher, { userId: 'bea', userInfo: { name: 'Bea' } });
  await nextEvent(bea.subscribe('presence-room'), 'pusher:subscription_succeeded');
  expect((await added).data).toEqual({ id: 'bea', info: { name: 'Bea' } });

  const seen: string[] = [];
  room.bind('pusher:member_added', () => seen.push('added'));
  room.bind('pusher:member_removed', () => seen.push('removed'));
  const secondTab = client(pusher, { userId: 'bea' });
  const members = await nextEvent<Members>(
    secondTab.subscribe('presence-room'),
    'pusher:subscription_succeeded',
  );
  expect(members.data.count).toBe(2);
  bea.disconnect();
  await expect.poll(() => pusher.counters.read().connections.open).toBe(2);

  const removed = nextEvent<{ id: string }>(room, 'pusher:member_removed');
  secondTab.unsubscribe('presence-room');
  expect((await removed).data.id).toBe('bea');
  expect(seen).toEqual(['removed']);
});

it('refuses wrong signatures in band and leaves the socket open', async () => {
  const pusher = await start();
  const { wire, socketId } = await connected(pusher);
  const forged = [
    {},
    { auth: '' },
    { auth: `${pusher.key}:${'0'.repeat(64)}` },
    { auth: `other-key:${sign(pusher.secret, channelText(socketId, 'private-a'))}` },
    { auth: `${pusher.key}:${sign('other secret', channelText(socketId, 'private-a'))}` },
    { auth: `${pusher.key}:${sign(pusher.secret, channelText('1.1', 'private-a'))}` },
    { auth: `${pusher.key}:${sign(pusher.secret, channelText(socketId, 'private-b'))}` },
  ];
  for (const credentials of forged) {
    wire.send({ event: 'pusher:subscribe', data: { channel: 'private-a', ...credentials } });
    const error = await wire.next();
    expect(error).toEqual({
      event: 'pusher:error',
      data: { code: null, message: expect.stringContaining('Invalid signature') },
    });
  }
  wire.send({ event: 'pusher:ping' });
  await wire.next('pusher:pong');
});

it('refuses presence data other than what was signed', async () => {
  const pusher = await start();
  const { wire, socketId } = await connected(pusher);
  const auth = `${pusher.key}:${sign(pusher.secret, channelText(socketId, 'presence-a', '{"user_id":"ana"}'))}`;
  wire.send({
    event: 'pusher:subscribe',
    data: { channel: 'presence-a', auth, channel_data: '{"user_id":"bea"}' },
  });
  expect(await wire.next()).toMatchObject({
    data: { message: expect.stringContaining('Invalid signature') },
  });
});

it('refuses presence data without a usable user_id, over 1 KB, or with an id over 128 characters', async () => {
  const pusher = await start();
  const { wire, socketId } = await connected(pusher);
  const refusals: [user: unknown, reason: string][] = [
    [{ user_info: {} }, 'user_id'],
    [{ user_id: '' }, 'user_id'],
    ['text', 'user_id'],
    [{ user_id: 'x'.repeat(129) }, 'at most 128'],
    [{ user_id: 'ana', user_info: 'é'.repeat(500) }, 'at most 1024'],
  ];
  for (const [user, reason] of refusals) {
    subscribe(pusher, wire, socketId, 'presence-a', user);
    expect(await wire.next()).toMatchObject({
      data: { code: null, message: expect.stringContaining(reason) },
    });
  }
});

it('admits 100 users to a presence channel and refuses the next, but not another tab of the first', async () => {
  const pusher = await start();
  const tabs = await Promise.all(Array.from({ length: 102 }, () => connected(pusher)));
  for (const [i, { wire, socketId }] of tabs.slice(0, 100).entries()) {
    subscribe(pusher, wire, socketId, 'presence-full', { user_id: `user-${i}` });
    await wire.next('pusher_internal:subscription_succeeded');
  }
  const [late, sameUser] = [tabs[100]!, tabs[101]!];
  subscribe(pusher, late.wire, late.socketId, 'presence-full', { user_id: 'user-100' });
  expect(await late.wire.next()).toMatchObject({ data: { message: expect.stringContaining('full') } });
  subscribe(pusher, sameUser.wire, sameUser.socketId, 'presence-full', { user_id: 'user-0' });
  await sameUser.wire.next('pusher_internal:subscription_succeeded');
});

it('refuses a second subscription to the same channel, and a channel name that is not one', async () => {
  const pusher = await start();
  const { wire } = await connected(pusher);
  wire.send({ event: 'pusher:subscribe', data: { channel: 'news' } });
  await wire.next('pusher_internal:subscription_succeeded');
  wire.send({ event: 'pusher:subscribe', data: { channel: 'news' } });
  expect(await wire.next()).toMatchObject({
    data: { message: expect.stringContaining('Existing subscription') },
  });
  wire.send({ event: 'pusher:subscribe', data: { channel: 'not a name' } });
  expect(await wire.next()).toMatchObject({ data: { message: expect.stringContaining('may only contain') } });
  wire.send({ event: 'pusher:unsubscribe', data: { channel: 'news' } });
  wire.send({ event: 'pusher:subscribe', data: '{"channel":"news"}' });
  await wire.next('pusher_internal:subscription_succeeded');
});

it('keeps members called like properties of objects', async () => {
  const pusher = await start();
  for (const user_id of ['__proto__', 'constructor']) {
    const { wire, socketId } = await connected(pusher);
    subscribe(pusher, wire, socketId, 'presence-names', { user_id, user_info: { user_id } });
    const { data } = await wire.next('pusher_internal:subscription_succeeded');
    expect(JSON.parse(String(data)).presence.ids).toContain(user_id);
    expect(String(data)).toContain(`"${user_id}":{"user_id":"${user_id}"}`);
  }
});
