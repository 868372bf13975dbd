import type { Channel } from 'pusher-js';
import { expect, it } from 'vitest';
import type { LocalPusherOptions } from '../server/local-pusher.js';
import { createBackend, nextEvent } from '../testing/clients.js';
import { createManualClock } from '../testing/manual-clock.js';
import { client, start } from '../testing/running.js';

/** Ana and Bea on one private and one presence channel, and what Bea hears in either of numbered events. */
async function meet(options: LocalPusherOptions = {}) {
  const clock = createManualClock();
  const limits = { clientEventsPerSecond: Number.POSITIVE_INFINITY };
  const pusher = await start({ clock, limits, ...options });
  const people = [client(pusher, { userId: 'ana' }), client(pusher, { userId: 'bea' })];
  const heard: number[] = [];
  const rooms: Channel[] = [];
  for (const person of people) {
    for (const name of ['private-room', 'presence-room']) {
      const room = person.subscribe(name);
      await nextEvent(room, 'pusher:subscription_succeeded');
      rooms.push(room);
    }
  }
  const [anaPrivate, anaPresence, beaPrivate, beaPresence] = rooms as [Channel, Channel, Channel, Channel];
  for (const room of [beaPrivate, beaPresence])
    room.bind('client-n', ({ n }: { n: number }) => heard.push(n));
  return {
    pusher,
    clock,
    heard,
    people,
    anaPrivate,
    anaPresence,
    beaPrivate,
    /** Ana sends numbers, then waits until Bea has heard an event that no fault is for. */
    async send(numbers: number[], room = anaPrivate): Promise<void> {
      for (const n of numbers) room.trigger('client-n', { n });
      const last = nextEvent(beaPrivate, 'client-last');
      anaPrivate.trigger('client-last', {});
      await last;
    },
  };
}

const FAULTY = { event: 'client-n' };

it('drops what goes one way on one channel, and nothing else', async () => {
  const { pusher, heard, send, anaPresence } = await meet();
  pusher.faults.add({ kind: 'drop', ...FAULTY, channel: 'private-room', direction: 'client-to-server' });
  await send([1, 2]);
  await send([3], anaPresence);
  expect(heard).toEqual([3]);
});

it('drops copies for one user only', async () => {
  const { pusher, beaPrivate, anaPrivate } = await meet();
  pusher.faults.add({ kind: 'drop', direction: 'server-to-client', userId: 'bea', event: 'news' });
  const seen: unknown[] = [];
  beaPrivate.bind('news', (data: unknown) => seen.push(data));
  const received = nextEvent(anaPrivate, 'news');
  const last = nextEvent(beaPrivate, 'last');
  const backend = createBackend(pusher);
  await backend.trigger('private-room', 'news', {});
  await backend.trigger('private-room', 'last', {});
  await received;
  await last;
  expect(seen).toEqual([]);
});

it('delays by a fixed or drawn time, while other events overtake', async () => {
  const { pusher, clock, heard, send } = await meet({ seed: 1 });
  const fixed = pusher.faults.add({ kind: 'delay', ...FAULTY, direction: 'client-to-server', delayMs: 250 });
  await send([1, 2]);
  expect(heard).toEqual([]);
  clock.advance(249);
  await send([]);
  expect(heard).toEqual([]);
  clock.advance(1);
  await expect.poll(() => heard).toEqual([1, 2]);

  pusher.faults.remove(fixed.id);
  pusher.faults.add({ kind: 'delay', ...FAULTY, direction: 'client-to-server', delayMs: [100, 200] });
  await send([3, 4, 5, 6, 7, 8]);
  clock.advance(99);
  await send([]);
  expect(heard).toEqual([1, 2]);
  clock.advance(101);
  await expect.poll(() => heard).toHaveLength(8);
  expect(heard).not.toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

it('duplicates', async () => {
  const { pusher, heard, send } = await meet();
  pusher.faults.add({ kind: 'duplicate', ...FAULTY, direction: 'server-to-client', copies: 2 });
  await send([1, 2]);
  expect(heard).toEqual([1, 1, 1, 2, 2, 2]);
});

it('lets the next event of a connection overtake, and holds nothing for longer than it was told', async () => {
  const { pusher, clock, heard, send, anaPrivate } = await meet();
  const fault = pusher.faults.add({
    kind: 'reorder',
    ...FAULTY,
    direction: 'client-to-server',
    delayMs: 500,
  });
  await send([1, 2, 3, 4]);
  expect(heard).toEqual([2, 1, 4, 3]);

  anaPrivate.trigger('client-n', { n: 5 });
  await expect.poll(() => pusher.faults.read().events[0]?.hits).toBe(5);
  clock.advance(499);
  expect(heard).toHaveLength(4);
  clock.advance(1);
  await expect.poll(() => heard.slice(4)).toEqual([5]);

  pusher.faults.remove(fault.id);
  await send([6, 7]);
  expect(heard.slice(5)).toEqual([6, 7]);
});

it('does the same again for the same seed, about as often as it is told', async () => {
  const numbers = Array.from({ length: 200 }, (_, n) => n);
  const survivors = async (seed: number) => {
    const { pusher, heard, send } = await meet({ seed });
    pusher.faults.add({ kind: 'drop', ...FAULTY, direction: 'client-to-server', probability: 0.3 });
    await send(numbers);
    return heard;
  };
  const first = await survivors(42);
  expect(first.length).toBeGreaterThan(110);
  expect(first.length).toBeLessThan(170);
  expect(await survivors(42)).toEqual(first);
  expect(await survivors(43)).not.toEqual(first);
});

it('is over after so many times, and says how often it happened', async () => {
  const { pusher, heard, send } = await meet();
  pusher.faults.add({ kind: 'drop', ...FAULTY, direction: 'client-to-server', times: 2 });
  expect(pusher.faults.read().events).toMatchObject([{ id: '1', hits: 0 }]);
  await send([1, 2, 3]);
  expect(heard).toEqual([3]);
  expect(pusher.faults.read().events).toEqual([]);
});

it('applies several faults at once, until they are cleared', async () => {
  const { pusher, heard, send, clock } = await meet();
  pusher.faults.add({ kind: 'duplicate', ...FAULTY, direction: 'client-to-server' });
  pusher.faults.add({ kind: 'delay', ...FAULTY, direction: 'server-to-client', delayMs: 10 });
  await send([1]);
  expect(heard).toEqual([]);
  pusher.faults.clear();
  clock.advance(10);
  await expect.poll(() => heard).toEqual([1, 1]);
  await send([2]);
  expect(heard).toEqual([1, 1, 2]);
});

it('reaches messages of the protocol that are named', async () => {
  const { pusher, anaPresence } = await meet();
  pusher.faults.add({ kind: 'drop', event: 'pusher_internal:member_removed', userId: 'ana' });
  const seen: string[] = [];
  anaPresence.bind('pusher:member_removed', () => seen.push('removed'));
  const visit = async (userId: string) => {
    const visitor = client(pusher, { userId });
    const added = nextEvent(anaPresence, 'pusher:member_added');
    await nextEvent(visitor.subscribe('presence-room'), 'pusher:subscription_succeeded');
    await added;
    visitor.unsubscribe('presence-room');
    await expect.poll(() => pusher.faults.read().events[0]?.hits ?? 0).toBe(userId === 'cem' ? 1 : 0);
  };
  await visit('cem');
  expect(seen).toEqual([]);
  pusher.faults.clear();
  await visit('dia');
  await expect.poll(() => seen).toEqual(['removed']);
});
