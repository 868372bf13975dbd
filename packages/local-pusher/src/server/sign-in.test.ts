import { expect, it } from 'vitest';
import { sign, userText } from '../protocol/signature.js';
import { createBackend, nextEvent, type Wire } from '../testing/clients.js';
import { client, connected, start } from '../testing/running.js';
import type { LocalPusher } from './local-pusher.js';

const WATCHING = { apps: [{ appId: '1', key: 'k', secret: 's', watchlistEvents: true }] };

function signIn(pusher: LocalPusher, wire: Wire, socketId: string, user: unknown): void {
  const user_data = JSON.stringify(user);
  const auth = `${pusher.key}:${sign(pusher.secret, userText(socketId, user_data))}`;
  wire.send({ event: 'pusher:signin', data: { auth, user_data } });
}

it('signs pusher-js in and takes events of the backend to every connection of the user', async () => {
  const pusher = await start();
  const tabs = [client(pusher, { userId: 'ana' }), client(pusher, { userId: 'ana' })];
  const bea = client(pusher, { userId: 'bea' });
  const heard: unknown[] = [];
  bea.user.bind('greeting', (data: unknown) => heard.push(data));
  for (const who of [...tabs, bea]) {
    who.signin();
    await who.user.signinDonePromise;
    await expect.poll(() => who.user.serverToUserChannel?.subscribed).toBe(true);
  }
  const received = tabs.map((tab) => nextEvent(tab.user, 'greeting'));
  const last = nextEvent(bea.user, 'last');
  const backend = createBackend(pusher);
  await backend.sendToUser('ana', 'greeting', { text: 'hello' });
  await backend.sendToUser('bea', 'last', {});
  expect(await Promise.all(received)).toEqual(Array(2).fill({ data: { text: 'hello' } }));
  await last;
  expect(heard).toEqual([]);
});

it('answers with the user data that was signed', async () => {
  const pusher = await start();
  const { wire, socketId } = await connected(pusher);
  const user = { id: 'ana', user_info: { name: 'Ana' } };
  signIn(pusher, wire, socketId, user);
  const { event, data } = await wire.next();
  expect(event).toBe('pusher:signin_success');
  expect(JSON.parse(JSON.parse(String(data)).user_data)).toEqual(user);
});

it('refuses a forged signature, user data without an id, and another user on the same connection', async () => {
  const pusher = await start();
  const { wire, socketId } = await connected(pusher);
  const refused = async (reason: string) =>
    expect(await wire.next()).toMatchObject({
      event: 'pusher:error',
      data: { code: null, message: expect.stringContaining(reason) },
    });
  wire.send({ event: 'pusher:signin', data: { auth: `${pusher.key}:0`, user_data: '{"id":"ana"}' } });
  await refused('Invalid signature');
  wire.send({ event: 'pusher:signin', data: {} });
  await refused('user_data');
  for (const user of [{}, { id: '' }, { id: 7 }, { id: 'x'.repeat(129) }, 'text']) {
    signIn(pusher, wire, socketId, user);
    await refused('must have an id');
  }
  signIn(pusher, wire, socketId, { id: 'ana' });
  await wire.next('pusher:signin_success');
  signIn(pusher, wire, socketId, { id: 'bea' });
  await refused('already signed in as user ana');
  signIn(pusher, wire, socketId, { id: 'ana' });
  await wire.next('pusher:signin_success');
});

it('opens a server-to-user channel to that user only', async () => {
  const pusher = await start();
  const { wire, socketId } = await connected(pusher);
  const subscribe = () => wire.send({ event: 'pusher:subscribe', data: { channel: '#server-to-user-ana' } });
  subscribe();
  expect((await wire.next()).event).toBe('pusher:error');
  signIn(pusher, wire, socketId, { id: 'bea' });
  await wire.next('pusher:signin_success');
  subscribe();
  expect(await wire.next()).toMatchObject({
    data: { message: expect.stringContaining('signed in as user ana') },
  });
});

it('makes a signed-in user a member of a presence channel without channel_data', async () => {
  const pusher = await start();
  const { wire, socketId } = await connected(pusher);
  const auth = `${pusher.key}:${sign(pusher.secret, `${socketId}:presence-room`)}`;
  wire.send({ event: 'pusher:subscribe', data: { channel: 'presence-room', auth } });
  expect((await wire.next()).event).toBe('pusher:error');
  signIn(pusher, wire, socketId, { id: 'ana', user_info: { name: 'Ana' } });
  await wire.next('pusher:signin_success');
  wire.send({ event: 'pusher:subscribe', data: { channel: 'presence-room', auth } });
  const { data } = await wire.next('pusher_internal:subscription_succeeded');
  expect(JSON.parse(String(data)).presence.hash).toEqual({ ana: { name: 'Ana' } });
});

it('closes all connections of a user on request, and lets the user back in', async () => {
  const pusher = await start();
  const tabs = [await connected(pusher), await connected(pusher)];
  const other = await connected(pusher);
  for (const { wire, socketId } of tabs) {
    signIn(pusher, wire, socketId, { id: 'ana maria' });
    await wire.next('pusher:signin_success');
  }
  signIn(pusher, other.wire, other.socketId, { id: 'bea' });
  await other.wire.next('pusher:signin_success');

  const response = await createBackend(pusher).terminateUserConnections('ana maria');
  expect(await response.json()).toEqual({});
  for (const { wire } of tabs) expect((await wire.closed).code).toBe(4009);
  other.wire.send({ event: 'pusher:ping' });
  await other.wire.next('pusher:pong');
  const back = await connected(pusher);
  signIn(pusher, back.wire, back.socketId, { id: 'ana maria' });
  await back.wire.next('pusher:signin_success');
});

it('tells a user who of the watchlist is online, comes and goes', async () => {
  const pusher = await start(WATCHING);
  const bea = client(pusher, { userId: 'bea' });
  bea.signin();
  await bea.user.signinDonePromise;
  await expect.poll(() => bea.user.user_data?.id).toBe('bea');

  const ana = client(pusher, { userId: 'ana', watchlist: ['bea', 'cem'] });
  const seen: unknown[] = [];
  for (const name of ['online', 'offline'])
    ana.user.watchlist.bind(name, (event: unknown) => seen.push(event));
  ana.signin();
  await expect
    .poll(() => seen)
    .toEqual([
      { name: 'online', user_ids: ['bea'] },
      { name: 'offline', user_ids: ['cem'] },
    ]);
  const tabs = [client(pusher, { userId: 'cem' }), client(pusher, { userId: 'cem' })];
  for (const tab of tabs) {
    tab.signin();
    await expect.poll(() => tab.user.user_data?.id).toBe('cem');
  }
  await expect.poll(() => seen.slice(2)).toEqual([{ name: 'online', user_ids: ['cem'] }]);
  tabs[0]?.disconnect();
  bea.disconnect();
  await expect.poll(() => seen.slice(3)).toEqual([{ name: 'offline', user_ids: ['bea'] }]);
  tabs[1]?.disconnect();
  await expect.poll(() => seen.slice(4)).toEqual([{ name: 'offline', user_ids: ['cem'] }]);
});

it('watches the first 100 users of a longer watchlist and says so with 4302', async () => {
  const pusher = await start(WATCHING);
  const { wire, socketId } = await connected(pusher);
  const watchlist = Array.from({ length: 101 }, (_, i) => `user-${i}`);
  signIn(pusher, wire, socketId, { id: 'ana', watchlist });
  await wire.next('pusher:signin_success');
  const { data } = await wire.next('pusher_internal:watchlist_events');
  expect(JSON.parse(String(data)).events).toEqual([{ name: 'offline', user_ids: watchlist.slice(0, 100) }]);
  expect(await wire.next()).toMatchObject({ event: 'pusher:error', data: { code: 4302 } });
});
