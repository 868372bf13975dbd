import { expect, it } from 'vitest';
import type { WebhookEvent } from '../protocol/webhook-event.js';
import { createBackend, nextEvent } from '../testing/clients.js';
import { type Inbox, receiveWebhooks } from '../testing/inbox.js';
import { createManualClock, type ManualClock } from '../testing/manual-clock.js';
import { client, start } from '../testing/running.js';
import type { LocalPusher } from './local-pusher.js';

async function startWithInbox(
  clock: ManualClock = createManualClock(),
): Promise<[LocalPusher, Inbox, ManualClock]> {
  const inbox = await receiveWebhooks();
  const apps = [
    { appId: '1', key: 'k', secret: 's', subscriptionCount: true, webhooks: [{ url: inbox.url }] },
  ];
  // Nobody is pinged while minutes pass.
  const limits = { activityTimeoutSeconds: 3_600 };
  return [await start({ clock, apps, limits, fetch: inbox.fetch }), inbox, clock];
}

function named(inbox: Inbox, ...names: WebhookEvent['name'][]): WebhookEvent[] {
  return inbox.events().filter(({ name }) => names.includes(name));
}

it('signs what it posts so that the server library accepts it', async () => {
  const [pusher, inbox, clock] = await startWithInbox();
  await nextEvent(client(pusher).subscribe('news'), 'pusher:subscription_succeeded');
  const request = await inbox.next();
  const webhook = createBackend(pusher).webhook(request);
  expect(webhook.isValid()).toBe(true);
  expect(webhook.getEvents()).toEqual([{ name: 'channel_occupied', channel: 'news' }]);
  expect(webhook.getTime()).toEqual(new Date(clock.now()));
  const forged = { ...request, rawBody: request.rawBody.replace('news', 'olds') };
  expect(createBackend(pusher).webhook(forged).isValid()).toBe(false);
});

it('tells when channels are occupied and, 3 s later, vacated', async () => {
  const [pusher, inbox, clock] = await startWithInbox();
  const [ana, bea] = [client(pusher), client(pusher)];
  for (const who of [ana, bea]) await nextEvent(who.subscribe('news'), 'pusher:subscription_succeeded');
  ana.unsubscribe('news');
  bea.unsubscribe('news');
  await expect
    .poll(() =>
      createBackend(pusher)
        .get({ path: '/channels' })
        .then((r) => r.json()),
    )
    .toEqual({
      channels: {},
    });
  const existence = () => named(inbox, 'channel_occupied', 'channel_vacated').map(({ name }) => name);
  clock.advance(2_999);
  await expect.poll(existence).toEqual(['channel_occupied']);
  clock.advance(1);
  await expect.poll(existence).toEqual(['channel_occupied', 'channel_vacated']);
});

it('says nothing of someone who is back within 3 s', async () => {
  const [pusher, inbox, clock] = await startWithInbox();
  const ana = client(pusher, { userId: 'ana' });
  for (let visit = 0; visit < 3; visit++) {
    await nextEvent(ana.subscribe('presence-room'), 'pusher:subscription_succeeded');
    ana.unsubscribe('presence-room');
    await expect
      .poll(async () => {
        const response = await createBackend(pusher).get({ path: '/channels' });
        return response.json();
      })
      .toEqual({ channels: {} });
    clock.advance(2_900);
  }
  clock.advance(100);
  await expect
    .poll(() => inbox.events())
    .toEqual([
      { name: 'channel_occupied', channel: 'presence-room' },
      { name: 'member_added', channel: 'presence-room', user_id: 'ana' },
      { name: 'member_removed', channel: 'presence-room', user_id: 'ana' },
      { name: 'channel_vacated', channel: 'presence-room' },
    ]);
});

it('passes on every client event, with the socket and, on presence channels, the user that sent it', async () => {
  const [pusher, inbox] = await startWithInbox();
  const ana = client(pusher, { userId: 'ana' });
  for (const name of ['private-room', 'presence-room']) {
    const room = ana.subscribe(name);
    await nextEvent(room, 'pusher:subscription_succeeded');
    room.trigger('client-hello', { text: 'naïve' });
  }
  const common = { name: 'client_event', event: 'client-hello', data: '{"text":"naïve"}' };
  const socket_id = ana.connection.socket_id;
  await expect
    .poll(() => named(inbox, 'client_event'))
    .toEqual([
      { ...common, channel: 'private-room', socket_id },
      { ...common, channel: 'presence-room', socket_id, user_id: 'ana' },
    ]);
});

it('tells of a cache miss once for all who find the cache empty', async () => {
  const [pusher, inbox] = await startWithInbox();
  for (const who of [client(pusher), client(pusher)]) {
    await nextEvent(who.subscribe('cache-news'), 'pusher:cache_miss');
  }
  await nextEvent(client(pusher).subscribe('cache-olds'), 'pusher:cache_miss');
  await expect
    .poll(() => named(inbox, 'cache_miss'))
    .toEqual([
      { name: 'cache_miss', channel: 'cache-news' },
      { name: 'cache_miss', channel: 'cache-olds' },
    ]);
});

it('tells how many are subscribed', async () => {
  const [pusher, inbox] = await startWithInbox();
  for (const who of [client(pusher), client(pusher)]) {
    await nextEvent(who.subscribe('news'), 'pusher:subscription_succeeded');
  }
  await expect
    .poll(() => named(inbox, 'subscription_count'))
    .toEqual([
      { name: 'subscription_count', channel: 'news', subscription_count: 1 },
      { name: 'subscription_count', channel: 'news', subscription_count: 2 },
    ]);
});

it('tries again after 1, 2, 4 … s until it is answered 2xx, without holding up others', async () => {
  const [pusher, inbox, clock] = await startWithInbox();
  const channels = () => named(inbox, 'channel_occupied').map((event) => 'channel' in event && event.channel);
  inbox.answer(500);
  await nextEvent(client(pusher).subscribe('first'), 'pusher:subscription_succeeded');
  for (const wait of [1_000, 2_000, 4_000]) {
    await inbox.settled();
    const tries = channels().length;
    clock.advance(wait - 1);
    await inbox.settled();
    expect(channels()).toHaveLength(tries);
    clock.advance(1);
    await expect.poll(channels).toHaveLength(tries + 1);
  }
  await inbox.settled();
  inbox.answer(200);
  await nextEvent(client(pusher).subscribe('second'), 'pusher:subscription_succeeded');
  await expect.poll(channels).toEqual(['first', 'first', 'first', 'first', 'second']);
  clock.advance(8_000);
  await expect.poll(channels).toEqual(['first', 'first', 'first', 'first', 'second', 'first']);
  await inbox.settled();
  clock.advance(300_000);
  expect(pusher.counters.read().webhooks).toEqual({ sent: 4, failed: 0 });
});

it('gives up after 5 minutes', async () => {
  const [pusher, inbox, clock] = await startWithInbox();
  inbox.answer(500);
  await nextEvent(client(pusher).subscribe('presence-room'), 'pusher:subscription_succeeded');
  for (const wait of [1, 2, 4, 8, 16, 32, 64, 128, 256]) {
    await inbox.settled();
    clock.advance(wait * 1_000);
  }
  await inbox.settled();
  expect(pusher.counters.read().webhooks).toEqual({ sent: 0, failed: 2 });
  // At 0, 1, 3, 7, 15, 31, 63, 127 and 255 s.
  for (const name of ['channel_occupied', 'member_added'] as const)
    expect(named(inbox, name)).toHaveLength(9);
});

it('breaks off a request that is not answered within 10 s', async () => {
  const clock = createManualClock();
  const aborted: boolean[] = [];
  const pusher = await start({
    clock,
    webhooks: [{ url: 'http://127.0.0.1:9/never' }],
    fetch: (_url, options) =>
      new Promise((_resolve, reject) => {
        options?.signal?.addEventListener('abort', () => {
          aborted.push(true);
          reject(options.signal?.reason);
        });
      }),
  });
  await nextEvent(client(pusher).subscribe('news'), 'pusher:subscription_succeeded');
  clock.advance(9_999);
  expect(aborted).toEqual([]);
  clock.advance(1);
  expect(aborted).toEqual([true]);
});

it('posts only the events a webhook is for, in one request if it takes batches', async () => {
  const clock = createManualClock();
  const inbox = await receiveWebhooks();
  const webhooks = [{ url: inbox.url, events: ['channel_occupied' as const], batch: true }];
  const pusher = await start({ clock, webhooks, fetch: inbox.fetch });
  const ana = client(pusher);
  await nextEvent(ana.subscribe('presence-room'), 'pusher:subscription_succeeded');
  await nextEvent(ana.subscribe('news'), 'pusher:subscription_succeeded');
  clock.advance(100);
  const { rawBody } = await inbox.next();
  expect(JSON.parse(rawBody).events).toEqual([
    { name: 'channel_occupied', channel: 'presence-room' },
    { name: 'channel_occupied', channel: 'news' },
  ]);
});
