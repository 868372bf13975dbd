import { expect, it } from 'vitest';
import { createBackend, nextEvent } from '../testing/clients.js';
import { failure } from '../testing/failure.js';
import { client, start } from '../testing/running.js';
import type { LocalPusher, LocalPusherOptions } from './local-pusher.js';

const COUNTING: LocalPusherOptions = {
  apps: [{ appId: '1', key: 'k', secret: 's', subscriptionCount: true }],
};

async function join(pusher: LocalPusher, userId: string, ...channels: string[]): Promise<void> {
  const who = client(pusher, { userId });
  for (const name of channels) await nextEvent(who.subscribe(name), 'pusher:subscription_succeeded');
}

async function get(pusher: LocalPusher, path: string, params: Record<string, string> = {}): Promise<unknown> {
  const response = await createBackend(pusher).get({ path, params });
  return response.json();
}

it('lists occupied channels, by prefix, with the number of users', async () => {
  const pusher = await start();
  await join(pusher, 'ana', 'news', 'presence-a', 'presence-b');
  await join(pusher, 'bea', 'presence-a');
  await join(pusher, 'bea', 'presence-a');
  expect(await get(pusher, '/channels')).toEqual({
    channels: { news: {}, 'presence-a': {}, 'presence-b': {} },
  });
  expect(await get(pusher, '/channels', { filter_by_prefix: 'presence-', info: 'user_count' })).toEqual({
    channels: { 'presence-a': { user_count: 2 }, 'presence-b': { user_count: 1 } },
  });
});

it('forgets a channel when its last subscriber leaves', async () => {
  const pusher = await start();
  const ana = client(pusher);
  await nextEvent(ana.subscribe('news'), 'pusher:subscription_succeeded');
  ana.unsubscribe('news');
  await expect.poll(() => get(pusher, '/channels')).toEqual({ channels: {} });
});

it('refuses user_count where not only presence channels are listed, and other attributes', async () => {
  const pusher = await start();
  for (const params of [
    { info: 'user_count' },
    { info: 'user_count', filter_by_prefix: 'private-' },
    { info: 'subscription_count', filter_by_prefix: 'presence-' },
  ]) {
    expect(await failure(createBackend(pusher).get({ path: '/channels', params }))).toMatchObject({
      status: 400,
    });
  }
});

it('tells about one channel', async () => {
  const pusher = await start(COUNTING);
  await join(pusher, 'ana', 'news', 'presence-a');
  await join(pusher, 'bea', 'news');
  expect(await get(pusher, '/channels/nobody')).toEqual({ occupied: false });
  expect(await get(pusher, '/channels/news', { info: 'subscription_count' })).toEqual({
    occupied: true,
    subscription_count: 2,
  });
  expect(await get(pusher, '/channels/presence-a', { info: 'user_count' })).toEqual({
    occupied: true,
    user_count: 1,
  });
});

it('answers 400 when a channel does not have an attribute', async () => {
  const refusals: [path: string, info: string, options?: LocalPusherOptions][] = [
    ['/channels/news', 'user_count', COUNTING],
    ['/channels/presence-a', 'subscription_count', COUNTING],
    ['/channels/news', 'subscription_count'],
    ['/channels/news', 'cache'],
    ['/channels/news', 'colour'],
    ['/channels/two%20words', ''],
  ];
  for (const [path, info, options] of refusals) {
    const pusher = await start(options);
    const request = createBackend(pusher).get({ path, params: { info } });
    expect(await failure(request), `${path} ${info}`).toMatchObject({ status: 400 });
  }
});

it('lists the users of presence channels and of no others', async () => {
  const pusher = await start();
  await join(pusher, 'ana', 'presence-a');
  await join(pusher, 'bea', 'presence-a');
  expect(await get(pusher, '/channels/presence-a/users')).toEqual({ users: [{ id: 'ana' }, { id: 'bea' }] });
  expect(await get(pusher, '/channels/presence-nobody/users')).toEqual({ users: [] });
  expect(await failure(createBackend(pusher).get({ path: '/channels/news/users' }))).toMatchObject({
    status: 400,
  });
});

it('answers 404 where there is nothing and 405 to the wrong method', async () => {
  const backend = createBackend(await start());
  expect(await failure(backend.get({ path: '/nothing' }))).toMatchObject({ status: 404 });
  expect(await failure(backend.get({ path: '/events' }))).toMatchObject({ status: 405 });
});

it('tells a publisher who asks for info, in the answer to an event and to a batch', async () => {
  const pusher = await start(COUNTING);
  await join(pusher, 'ana', 'news', 'presence-a');
  const backend = createBackend(pusher);
  const info = 'user_count,subscription_count';
  const one = await backend.trigger(['news', 'presence-a', 'nobody'], 'n', {}, { info });
  expect(await one.json()).toEqual({
    channels: {
      news: { subscription_count: 1 },
      'presence-a': { user_count: 1 },
      nobody: { subscription_count: 0 },
    },
  });
  const batch = await backend.triggerBatch([
    { channel: 'news', name: 'n', data: {}, info },
    { channel: 'presence-a', name: 'n', data: {} },
  ]);
  expect(await batch.json()).toEqual({ batch: [{ subscription_count: 1 }, {}] });
  expect(await failure(backend.trigger('news', 'n', {}, { info: 'colour' }))).toMatchObject({ status: 400 });
});
