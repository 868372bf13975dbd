import type { Channel } from 'pusher-js';
import { expect, it } from 'vitest';
import { type Client, nextEvent } from '../testing/clients.js';
import { createManualClock } from '../testing/manual-clock.js';
import { client, start } from '../testing/running.js';

interface InBandError {
  type: string;
  data: { code: number | null; message: string };
}

async function join(who: Client, name: string): Promise<Channel> {
  const channel = who.subscribe(name);
  await nextEvent(channel, 'pusher:subscription_succeeded');
  return channel;
}

/** The next `pusher:error`, as pusher-js reports it. */
async function nextError(who: Client): Promise<InBandError['data']> {
  const { data } = await nextEvent<InBandError>(who.connection, 'error');
  expect(data.type).toBe('PusherError');
  return data.data;
}

it('takes client events to the others on a private channel, without saying who sent them', async () => {
  const pusher = await start();
  const [ana, bea] = [client(pusher), client(pusher)];
  const from = await join(ana, 'private-room');
  const to = await join(bea, 'private-room');
  const received = nextEvent(to, 'client-hello');
  expect(from.trigger('client-hello', { text: 'naïve 👋' })).toBe(true);
  expect(await received).toEqual({ data: { text: 'naïve 👋' } });
});

it('says on presence channels which user sent a client event, and never echoes it', async () => {
  const pusher = await start();
  const [ana, bea] = [client(pusher, { userId: 'ana' }), client(pusher, { userId: 'bea' })];
  const [from, to] = [await join(ana, 'presence-room'), await join(bea, 'presence-room')];
  const echoes: unknown[] = [];
  from.bind('client-hello', (data: unknown) => echoes.push(data));
  const received = nextEvent(to, 'client-hello');
  from.trigger('client-hello', { n: 1 });
  expect(await received).toEqual({ data: { n: 1 }, userId: 'ana' });

  const answered = nextEvent(from, 'client-answer');
  to.trigger('client-answer', {});
  await answered;
  expect(echoes).toEqual([]);
});

it('accepts 10 client events in any second, rejects the others with 4301 and keeps the socket', async () => {
  const clock = createManualClock();
  const pusher = await start({ clock });
  const [ana, bea] = [client(pusher), client(pusher)];
  const [from, to] = [await join(ana, 'private-room'), await join(bea, 'private-room')];
  const received: number[] = [];
  to.bind('client-n', ({ n }: { n: number }) => received.push(n));

  for (let n = 0; n < 10; n++) from.trigger('client-n', { n });
  await expect.poll(() => received.length).toBe(10);
  clock.advance(999);
  const error = nextError(ana);
  from.trigger('client-n', { n: 10 });
  expect(await error).toEqual({ code: 4301, message: expect.stringContaining('rate limit') });

  clock.advance(1);
  from.trigger('client-n', { n: 11 });
  await expect.poll(() => received).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11]);
  expect(ana.connection.state).toBe('connected');
});

it('counts the limit per connection and over all its channels', async () => {
  const clock = createManualClock();
  const pusher = await start({ clock });
  const [ana, bea] = [client(pusher), client(pusher)];
  const rooms = [await join(ana, 'private-a'), await join(ana, 'private-b')];
  const [other] = [await join(bea, 'private-a')];
  const error = nextError(ana);
  for (let n = 0; n < 11; n++) rooms[n % 2]?.trigger('client-n', { n });
  expect((await error).code).toBe(4301);

  const received = nextEvent(rooms[0]!, 'client-n');
  other?.trigger('client-n', {});
  await received;
});

it('accepts 10,240 bytes of data and not one more, counting bytes of UTF-8', async () => {
  const pusher = await start();
  const [ana, bea] = [client(pusher), client(pusher)];
  const [from, to] = [await join(ana, 'private-room'), await join(bea, 'private-room')];

  const received = nextEvent<string>(to, 'client-text');
  from.trigger('client-text', 'é'.repeat(5_120));
  expect((await received).data).toHaveLength(5_120);

  const error = nextError(ana);
  from.trigger('client-text', `${'é'.repeat(5_120)}!`);
  expect(await error).toEqual({
    code: null,
    message: expect.stringContaining('exceeds the allowed maximum (10240 bytes)'),
  });

  const envelope = JSON.stringify({ text: '' }).length;
  const fits = nextEvent(to, 'client-object');
  from.trigger('client-object', { text: 'x'.repeat(10_240 - envelope) });
  await fits;
  const tooLong = nextError(ana);
  from.trigger('client-object', { text: 'x'.repeat(10_241 - envelope) });
  expect((await tooLong).message).toContain('10240');
});

it('refuses client events on public and encrypted channels and on channels not subscribed to', async () => {
  const pusher = await start();
  const ana = client(pusher);
  await join(ana, 'news');
  await join(ana, 'private-encrypted-vault');
  await join(client(pusher), 'private-other');
  const refusals = [
    ['news', 'only supported on private and presence'],
    ['private-encrypted-vault', 'encrypted'],
    ['private-other', 'not subscribed to channel private-other'],
    ['private-nobody', 'not subscribed'],
  ] as const;
  for (const [channel, reason] of refusals) {
    const error = nextError(ana);
    ana.send_event('client-hello', {}, channel);
    expect(await error, channel).toEqual({ code: null, message: expect.stringContaining(reason) });
  }
});

it('refuses events without the prefix, and client events where the app has them off', async () => {
  const pusher = await start({ apps: [{ appId: '1', key: 'k', secret: 's', clientEvents: false }] });
  const ana = client(pusher);
  const room = await join(ana, 'private-room');
  const unsupported = nextError(ana);
  ana.send_event('hello', {}, 'private-room');
  expect((await unsupported).message).toContain("Unsupported event received on socket: 'hello'");
  const off = nextError(ana);
  room.trigger('client-hello', {});
  expect((await off).message).toContain('enable');
});

it('refuses client events once the messages of the day are used up, and event names over 200 characters', async () => {
  const pusher = await start({ limits: { messagesPerDay: 1 } });
  const [ana, bea] = [client(pusher), client(pusher)];
  const [from, to] = [await join(ana, 'private-room'), await join(bea, 'private-room')];
  const tooLong = nextError(ana);
  from.trigger(`client-${'x'.repeat(194)}`, {});
  expect((await tooLong).message).toContain('at most 200 characters');

  const received = nextEvent(to, `client-${'x'.repeat(193)}`);
  from.trigger(`client-${'x'.repeat(193)}`, {});
  await received;
  const overQuota = nextError(ana);
  from.trigger('client-hello', {});
  expect((await overQuota).message).toContain('quota');
});
