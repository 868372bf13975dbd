import { expect, it } from 'vitest';
import { createBackend, nextEvent } from '../testing/clients.js';
import { createManualClock } from '../testing/manual-clock.js';
import { client, connected, start } from '../testing/running.js';

const NAMES = ['cache-news', 'private-cache-news', 'presence-cache-news', 'private-encrypted-cache-news'];

for (const name of NAMES) {
  it(`gives new subscribers of ${name} the last event that a backend published`, async () => {
    const pusher = await start();
    const backend = createBackend(pusher);
    const first = client(pusher).subscribe(name);
    await nextEvent(first, 'pusher:cache_miss');
    await backend.trigger(name, 'headline', { n: 1 });
    await backend.trigger(name, 'headline', { n: 2 });
    const late = client(pusher, { userId: 'bea' }).subscribe(name);
    expect((await nextEvent(late, 'headline')).data).toEqual({ n: 2 });
  });
}

it('sends the cached event right after the subscription succeeded, and only to the new subscriber', async () => {
  const pusher = await start();
  const backend = createBackend(pusher);
  await backend.trigger('cache-news', 'headline', 'cached');
  const { wire } = await connected(pusher);
  wire.send({ event: 'pusher:subscribe', data: { channel: 'cache-news' } });
  expect((await wire.next()).event).toBe('pusher_internal:subscription_succeeded');
  expect(await wire.next()).toEqual({ event: 'headline', channel: 'cache-news', data: 'cached' });
  const { wire: late } = await connected(pusher);
  late.send({ event: 'pusher:subscribe', data: { channel: 'cache-news' } });
  await late.next('headline');
  wire.send({ event: 'pusher:ping' });
  expect((await wire.next()).event).toBe('pusher:pong');
});

it('does not cache client events, nor anything on other channels', async () => {
  const pusher = await start();
  const [ana, bea] = [client(pusher), client(pusher)];
  const [from, to] = [ana.subscribe('private-cache-room'), bea.subscribe('private-cache-room')];
  await Promise.all([nextEvent(from, 'pusher:cache_miss'), nextEvent(to, 'pusher:cache_miss')]);
  const received = nextEvent(to, 'client-hello');
  from.trigger('client-hello', {});
  await received;
  await nextEvent(client(pusher).subscribe('private-cache-room'), 'pusher:cache_miss');

  await createBackend(pusher).trigger('news', 'headline', {});
  const { wire } = await connected(pusher);
  wire.send({ event: 'pusher:subscribe', data: { channel: 'news' } });
  await wire.next('pusher_internal:subscription_succeeded');
  wire.send({ event: 'pusher:ping' });
  expect((await wire.next()).event).toBe('pusher:pong');
});

it('forgets after 30 minutes, and tells what it holds and for how long', async () => {
  const clock = createManualClock();
  const pusher = await start({ clock, limits: { requestAgeSeconds: 3_600 } });
  const backend = createBackend(pusher);
  const cache = async () =>
    (await backend.get({ path: '/channels/cache-news', params: { info: 'cache' } })).json();
  expect(await cache()).toEqual({ occupied: false });
  await backend.trigger('cache-news', 'headline', 'text');
  clock.advance(60_000);
  expect(await cache()).toEqual({ occupied: false, cache: { data: 'text', ttl: 1_740 } });
  clock.advance(1_739_999);
  await nextEvent(client(pusher).subscribe('cache-news'), 'headline');
  clock.advance(1);
  await nextEvent(client(pusher).subscribe('cache-news'), 'pusher:cache_miss');
  expect(await cache()).toEqual({ occupied: true });
});
