import { expect, it } from 'vitest';
import { channelText, sign } from '../protocol/signature.js';
import { nextEvent, type WireMessage } from '../testing/clients.js';
import { createManualClock } from '../testing/manual-clock.js';
import { client, connected, start } from '../testing/running.js';

const APPS = [{ appId: '1', key: 'k', secret: 's', subscriptionCount: true }];
const COUNT = 'pusher_internal:subscription_count';

function count({ data }: WireMessage): number {
  return JSON.parse(String(data)).subscription_count;
}

it('tells everyone on a channel how many connections it has, at every change', async () => {
  const pusher = await start({ apps: APPS });
  const [ana, bea] = [client(pusher), client(pusher)];
  const news = ana.subscribe('news');
  await nextEvent(news, 'pusher:subscription_count');
  expect(news.subscriptionCount).toBe(1);
  const changed = nextEvent<{ subscription_count: number }>(news, 'pusher:subscription_count');
  await nextEvent(bea.subscribe('news'), 'pusher:subscription_count');
  expect((await changed).data).toEqual({ subscription_count: 2 });
  const changedBack = nextEvent<{ subscription_count: number }>(news, 'pusher:subscription_count');
  bea.unsubscribe('news');
  expect((await changedBack).data).toEqual({ subscription_count: 1 });
});

it('does not count presence channels, nor where the app has not switched it on', async () => {
  const counting = await start({ apps: APPS });
  const silent = await start();
  for (const [pusher, channel] of [
    [counting, 'presence-room'],
    [silent, 'news'],
  ] as const) {
    const { wire, socketId } = await connected(pusher);
    const channel_data = '{"user_id":"ana"}';
    const auth = `${pusher.key}:${sign(pusher.secret, channelText(socketId, channel, channel_data))}`;
    wire.send({ event: 'pusher:subscribe', data: { channel, auth, channel_data } });
    await wire.next('pusher_internal:subscription_succeeded');
    wire.send({ event: 'pusher:ping' });
    expect((await wire.next()).event).toBe('pusher:pong');
  }
});

it('tells every 5 s only above 100 connections', async () => {
  const clock = createManualClock();
  const pusher = await start({ apps: APPS, clock });
  const tabs = await Promise.all(Array.from({ length: 103 }, () => connected(pusher)));
  for (const { wire } of tabs) {
    wire.send({ event: 'pusher:subscribe', data: { channel: 'news' } });
    await wire.next('pusher_internal:subscription_succeeded');
  }
  const [{ wire: first }] = tabs as [(typeof tabs)[0]];
  for (let connections = 1; connections <= 100; connections++)
    expect(count(await first.next(COUNT))).toBe(connections);
  first.send({ event: 'pusher:ping' });
  expect((await first.next()).event).toBe('pusher:pong');
  clock.advance(4_999);
  first.send({ event: 'pusher:ping' });
  expect((await first.next()).event).toBe('pusher:pong');
  clock.advance(1);
  expect(count(await first.next(COUNT))).toBe(103);
});
