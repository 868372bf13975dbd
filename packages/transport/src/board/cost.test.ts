import type { LocalPusher } from '@inkwire/local-pusher';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { converged, draw, until } from '../testing/drawing.js';
import { createPen } from '../testing/pen.js';
import { type Client, type Rig, startRig } from '../testing/rig.js';
import { createTimeLapse, POINTER_MS } from '../testing/time-lapse.js';

const time = createTimeLapse();
const MINUTE = 60_000;
/** Fifty people in one process take long where a machine has other things to do. */
const PATIENCE_MS = 300_000;

/** A whole WebSocket message; Pusher closes the connection on a longer one. */
const LARGEST_FRAME = 9_000;

let rig: Rig;
let quiet: Rig;
/** Two people on a board, who do nothing while the other tests run. */
let idle: Promise<{ readonly watchedSince: number; readonly counters: LocalPusher['counters'] }>;
beforeAll(async () => {
  [rig, quiet] = await Promise.all([
    startRig({ clock: time.clock, limits: { frameBytes: LARGEST_FRAME } }, time.server),
    startRig(),
  ]);
  const people = ['ana', 'ben'].map((user) => quiet.client('idle', { user }));
  idle = until(people, 'they know each other', () =>
    people.every(({ connection }) => connection.presence.others(Date.now()).length === 1),
  )
    .then(() => new Promise((resolve) => setTimeout(resolve, 1_000)))
    .then(() => {
      const { counters } = quiet.pusher;
      counters.reset();
      return { watchedSince: Date.now(), counters };
    });
});
afterEach(async () => {
  await endClients();
});
afterAll(() => Promise.all([rig.close(), quiet.close()]));

/** Ending takes a moment of a time that has to be moved. */
const endClients = async (): Promise<void> => {
  const ended = rig.endClients();
  await time.pass(200);
  await ended;
};

let boards = 0;
/** People on a new board, who know each other and have nothing more to say. */
const gather = async (count: number): Promise<Client[]> => {
  boards += 1;
  const clients = Array.from({ length: count }, (_, index) =>
    rig.client(`cost-${boards}`, { user: `person-${index}`, clock: time.clock, fetch: time.fetch }),
  );
  const isThere = ({ connection: { status } }: Client): boolean =>
    status.participants === count && status.level && status.access === 'write';
  while (!clients.every(isThere)) await time.pass(100);
  await time.pass(count > 10 ? 15_000 : 3_000, () => {}, 50);
  rig.pusher.counters.reset();
  return clients;
};

const rates = () => rig.pusher.counters.rates();
const clientEvents = (): number => rates().reduce((sum, { accepted }) => sum + accepted, 0);

/** Nothing was refused for its rate or its size, and nobody was cut off for it. */
const expectNothingRefused = (clients: readonly Client[]): void => {
  const { events, connections } = rig.pusher.counters.read();
  expect([events.refused, connections.opened]).toEqual([0, 0]);
  expect(rates().every(({ rejected }) => rejected === 0)).toBe(true);
  expect(clients.map(({ connection, errors }) => [connection.status.ignored, errors])).toEqual(
    clients.map(() => [0, []]),
  );
};

describe('cost', () => {
  it('W4: five minutes of drawing alone send no client event', async () => {
    const clients = (await gather(1)) as [Client];
    const write = createPen(clients[0], 300);
    // Nobody is there to whom anything would have to arrive in time, so it may arrive in bundles.
    const bundle = 10;
    const writeMuch = (): void => {
      for (let event = 1; event < bundle; event += 1) {
        write();
        time.clock.advance(POINTER_MS);
      }
      write();
    };
    for (let bundles = 0; bundles < (5 * MINUTE) / (bundle * POINTER_MS); bundles += 1)
      await time.pass(POINTER_MS, writeMuch);
    await time.pass(1_000);
    expect(clients[0].board.size).toBeGreaterThan(60);
    expect(clientEvents()).toBe(0);
    expect(clients[0].connection.status).toMatchObject({ saving: 'saved', messagesPerMinute: 0 });
  });

  it('W3: one who writes sends at most 10 events in any second and 9 on average, none of them too large', async () => {
    const clients = (await gather(2)) as [Client, Client];
    const [ana] = clients;
    const write = createPen(ana);
    let steps = 0;
    await time.pass(MINUTE, () => {
      write();
      steps += 1;
      // Now and then something that fills a frame, and something that fits in none (W2).
      if (steps % 400 === 0) draw(ana.board, 3_500);
      if (steps % 900 === 0) draw(ana.board, 30_000);
    });
    const written = rates().find(({ userIds }) => userIds.includes('person-0'));
    expect(written?.mostPerSecond).toBeLessThanOrEqual(10);
    expect(written?.accepted).toBeLessThanOrEqual(9 * 60);
    expect(written?.accepted).toBeGreaterThan(5 * 60);
    expectNothingRefused(clients);
    // What the page says of it is what Pusher counted: each frame, and the copy of it.
    const { messagesPerMinute } = ana.connection.status;
    expect(Math.abs(messagesPerMinute - 2 * (written?.accepted ?? 0))).toBeLessThanOrEqual(2 * 9);
    await time.pass(2_000);
    await converged(clients);
  });

  it('W3: a burst of commits stays within the limit too, and is seen within the second', async () => {
    const clients = (await gather(2)) as [Client, Client];
    const [ana, ben] = clients;
    await time.pass(1_000, () => void draw(ana.board), 8);
    await time.pass(1_000);
    expect(ben.board.size).toBe(125);
    expect(Math.max(...rates().map(({ mostPerSecond }) => mostPerSecond))).toBeLessThanOrEqual(10);
    expectNothingRefused(clients);
  });

  it.each([10, 50])(
    'W4: %i people who all draw keep to the bill of their room, receipts included',
    async (people) => {
      const clients = await gather(people);
      const pens = clients.map((client, index) => createPen(client, 100 + ((index * 37) % 100)));
      await time.pass(
        MINUTE,
        () => {
          for (const write of pens) write();
        },
        4 * POINTER_MS,
      );
      const { billed } = rig.pusher.counters.read();
      expect(billed.total).toBeLessThanOrEqual(30_000);
      expect(billed.total).toBeGreaterThan(20_000);
      expectNothingRefused(clients);
      await time.pass(5_000);
      await converged(clients);
    },
    PATIENCE_MS,
  );

  it('W4: two people who do nothing send at most four frames a minute each', async () => {
    const { watchedSince, counters } = await idle;
    // What renews the states of y-protocols' Awareness has no clock that could be moved.
    const watched = () => Date.now() - watchedSince;
    while (watched() < 31_000) await new Promise((resolve) => setTimeout(resolve, 31_000 - watched()));
    const mostFrames = Math.ceil(watched() / 15_000);
    const frames = counters.rates().map(({ accepted }) => accepted);
    expect(frames).toHaveLength(2);
    for (const count of frames) expect(count).toBeLessThanOrEqual(mostFrames);
    expect(Math.max(...frames)).toBeGreaterThan(0);
  });
});
