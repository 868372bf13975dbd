import { expect, it } from 'vitest';
import { requestText, sign } from '../protocol/signature.js';
import { createBackend, nextEvent } from '../testing/clients.js';
import { failure } from '../testing/failure.js';
import { createManualClock } from '../testing/manual-clock.js';
import { client, start } from '../testing/running.js';
import type { LocalPusher } from './local-pusher.js';

it('publishes an event of the server library to subscribers of every channel it names', async () => {
  const pusher = await start();
  const ana = client(pusher);
  const channels = ['news', 'private-news', 'presence-news'].map((name) => ana.subscribe(name));
  await Promise.all(channels.map((channel) => nextEvent(channel, 'pusher:subscription_succeeded')));
  const received = channels.map((channel) => nextEvent(channel, 'headline'));
  const response = await createBackend(pusher).trigger(
    channels.map(({ name }) => name),
    'headline',
    { title: 'naïve 👋' },
  );
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({});
  expect(await Promise.all(received)).toEqual(Array(3).fill({ data: { title: 'naïve 👋' } }));
});

it('spares the connection whose socket_id is given', async () => {
  const pusher = await start();
  const [ana, bea] = [client(pusher), client(pusher)];
  const [toAna, toBea] = [ana.subscribe('news'), bea.subscribe('news')];
  await Promise.all([toAna, toBea].map((channel) => nextEvent(channel, 'pusher:subscription_succeeded')));
  const seen: unknown[] = [];
  toAna.bind('headline', (data: unknown) => seen.push(data));
  const last = nextEvent(toAna, 'last');
  const received = nextEvent(toBea, 'headline');
  const backend = createBackend(pusher);
  await backend.trigger('news', 'headline', {}, { socket_id: ana.connection.socket_id });
  await received;
  await backend.trigger('news', 'last', {});
  await last;
  expect(seen).toEqual([]);
});

it('accepts 10,240 bytes of data and answers one more with 413', async () => {
  const pusher = await start();
  const backend = createBackend(pusher);
  await backend.trigger('news', 'long', 'é'.repeat(5_120));
  expect(await failure(backend.trigger('news', 'long', `${'é'.repeat(5_120)}!`))).toEqual({
    status: 413,
    body: expect.stringContaining('exceeds the allowed maximum (10240 bytes)'),
  });
});

async function post(pusher: LocalPusher, body: unknown): Promise<{ status: number; body: string }> {
  const path = `/apps/${pusher.appId}/events`;
  const text = JSON.stringify(body);
  const query = createBackend(pusher).createSignedQueryString({ method: 'POST', path, body: text });
  const response = await fetch(`${pusher.url}${path}?${query}`, { method: 'POST', body: text });
  return { status: response.status, body: await response.text() };
}

it('answers 400 and names the field when an event is not well formed', async () => {
  const pusher = await start();
  const event = { name: 'n', data: '{}', channels: ['news'] };
  const bad: [change: Record<string, unknown>, reason: string][] = [
    [{ name: undefined }, 'name'],
    [{ name: 'x'.repeat(201) }, '200'],
    [{ data: undefined }, 'data'],
    [{ data: { not: 'a string' } }, 'data'],
    [{ channels: undefined }, 'channels'],
    [{ channels: [] }, 'channels'],
    [{ channels: 'news' }, 'channels'],
    [{ channels: ['two words'] }, 'two words'],
    [{ channels: ['x'.repeat(165)] }, '164'],
    [{ channels: Array.from({ length: 101 }, (_, i) => `c${i}`) }, '100'],
    [{ socket_id: 'abc' }, 'socket_id'],
  ];
  for (const [change, reason] of bad) {
    expect(await post(pusher, { ...event, ...change }), JSON.stringify(change)).toEqual({
      status: 400,
      body: expect.stringContaining(reason),
    });
  }
  expect((await post(pusher, 'text')).status).toBe(400);
  expect((await post(pusher, { ...event, channels: undefined, channel: 'news' })).status).toBe(200);
});

it('accepts up to 100 channels', async () => {
  const pusher = await start();
  const channels = Array.from({ length: 100 }, (_, i) => `c${i}`);
  expect((await post(pusher, { name: 'n', data: '', channels })).status).toBe(200);
});

it('takes parameters from the query when there is no body', async () => {
  const pusher = await start();
  const ana = client(pusher);
  const news = ana.subscribe('news');
  await nextEvent(news, 'pusher:subscription_succeeded');
  const received = nextEvent(news, 'headline');
  const query: [string, string][] = [
    ['auth_key', pusher.key],
    ['auth_timestamp', String(Math.floor(Date.now() / 1_000))],
    ['auth_version', '1.0'],
    ['channels[]', 'news'],
    ['data', '{"a":"1 + 1 & more"}'],
    ['name', 'headline'],
  ];
  const path = `/apps/${pusher.appId}/events`;
  const signature = sign(pusher.secret, requestText('POST', path, query));
  const escaped = query.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
  const response = await fetch(`${pusher.url}${path}?${escaped}&auth_signature=${signature}`, {
    method: 'POST',
  });
  expect(response.status).toBe(200);
  expect((await received).data).toEqual({ a: '1 + 1 & more' });
});

it('publishes a batch of up to 10 events, all of them or none', async () => {
  const pusher = await start();
  const backend = createBackend(pusher);
  const ana = client(pusher);
  const news = ana.subscribe('news');
  await nextEvent(news, 'pusher:subscription_succeeded');
  const received: number[] = [];
  news.bind('n', ({ n }: { n: number }) => received.push(n));
  const batch = (size: number, last = {}) => {
    const events = Array.from({ length: size }, (_, n) => ({ channel: 'news', name: 'n', data: { n } }));
    return [...events.slice(0, -1), { ...events.at(-1)!, ...last }];
  };
  expect(await failure(backend.triggerBatch(batch(11)))).toMatchObject({ status: 400 });
  expect(await failure(backend.triggerBatch(batch(3, { channel: 'two words' })))).toMatchObject({
    status: 400,
  });
  expect(await failure(backend.triggerBatch(batch(3, { data: 'x'.repeat(10_241) })))).toEqual({
    status: 413,
    body: expect.stringContaining('batch[2]'),
  });
  expect(await failure(backend.triggerBatch([]))).toMatchObject({ status: 400 });
  const response = await backend.triggerBatch(batch(10));
  expect(await response.json()).toEqual({});
  await expect.poll(() => received).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

it('spares the connection that a batched event excludes', async () => {
  const pusher = await start();
  const [ana, bea] = [client(pusher), client(pusher)];
  const [toAna, toBea] = [ana.subscribe('news'), bea.subscribe('news')];
  await Promise.all([toAna, toBea].map((channel) => nextEvent(channel, 'pusher:subscription_succeeded')));
  const received = [nextEvent(toAna, 'for-all'), nextEvent(toBea, 'for-bea')];
  const seen: string[] = [];
  toAna.bind_global((event: string) => seen.push(event));
  await createBackend(pusher).triggerBatch([
    { channel: 'news', name: 'for-bea', data: {}, socket_id: ana.connection.socket_id },
    { channel: 'news', name: 'for-all', data: {} },
  ]);
  await Promise.all(received);
  expect(seen).toEqual(['for-all']);
});

it('carries end-to-end encrypted events', async () => {
  const pusher = await start();
  const vault = client(pusher).subscribe('private-encrypted-vault');
  await nextEvent(vault, 'pusher:subscription_succeeded');
  const received = nextEvent(vault, 'secret');
  await createBackend(pusher).trigger('private-encrypted-vault', 'secret', { text: 'sealed' });
  expect((await received).data).toEqual({ text: 'sealed' });
});

it('answers 413 to a body that is longer than any request may be', async () => {
  const pusher = await start({ limits: { requestBytes: 20_000 } });
  expect((await post(pusher, { name: 'x'.repeat(20_000) })).status).toBe(413);
});

it('answers 403 once the messages of the day are used up, until midnight UTC', async () => {
  const clock = createManualClock(Date.UTC(2024, 0, 1, 23, 59, 0));
  const pusher = await start({
    clock,
    limits: { messagesPerDay: 3, requestAgeSeconds: Number.POSITIVE_INFINITY },
  });
  const backend = createBackend(pusher);
  await backend.trigger('news', 'n', {}, { info: '' });
  await backend.get({ path: '/channels' });
  expect(await failure(backend.trigger('news', 'n', {}))).toEqual({
    status: 403,
    body: expect.stringContaining('quota'),
  });
  clock.advance(60_000);
  await backend.trigger('news', 'n', {});
});
