import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { converged, draw, until } from '../testing/drawing.js';
import { createFastClock } from '../testing/fast-clock.js';
import { write } from '../testing/pen.js';
import { type Client, type Rig, startRig } from '../testing/rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.endClients());
afterAll(() => rig.close());

let boards = 0;
const gather = async (count: number): Promise<Client[]> => {
  boards += 1;
  const clients = Array.from({ length: count }, (_, index) =>
    rig.client(`cost-${boards}`, { user: `person-${index}` }),
  );
  await until(clients, 'all together', () =>
    clients.every(({ connection: { status } }) => status.participants === count && status.level),
  );
  return clients;
};

const clientEvents = (): number =>
  rig.pusher.counters.rates().reduce((sum, { accepted }) => sum + accepted, 0);
const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1_000));

describe('cost', () => {
  it('W4: five minutes of drawing alone send no client event', async () => {
    const factor = 60;
    const ana = rig.client('alone', { clock: createFastClock(factor) });
    await until([ana], 'live', () => ana.connection.status.connection === 'live');
    await write(ana, (5 * 60_000) / factor);
    await until([ana], 'saved', () => ana.connection.status.saving === 'saved');
    expect(ana.board.size).toBeGreaterThan(2);
    expect(clientEvents()).toBe(0);
    expect(ana.connection.status.messagesPerMinute).toBe(0);
  });

  it('W4: two people who do nothing send at most a frame in 15 s each', async () => {
    await gather(2);
    await seconds(2);
    rig.pusher.counters.reset();
    await seconds(16);
    expect(clientEvents()).toBeLessThanOrEqual(4);
  });

  it('W3: one who writes sends at most 10 events in any second, 9 on average, and none that is refused', async () => {
    const clients = await gather(2);
    rig.pusher.counters.reset();
    const lasting = 8;
    await write(clients[0] as Client, lasting * 1_000);
    const rates = rig.pusher.counters.rates();
    const busiest = Math.max(...rates.map(({ mostPerSecond }) => mostPerSecond));
    expect(busiest).toBeLessThanOrEqual(10);
    expect(clientEvents()).toBeLessThanOrEqual(9 * lasting + 4);
    expect(clientEvents()).toBeGreaterThan(4 * lasting);
    expect(rates.every(({ rejected }) => rejected === 0)).toBe(true);
    expect(rig.pusher.counters.read().events.refused).toBe(0);
    await converged(clients);
    expect(clients.map(({ connection }) => connection.status.ignored)).toEqual([0, 0]);
  });

  it('W3: a burst of commits stays within the limit too, and is seen within the second', async () => {
    const clients = (await gather(2)) as [Client, Client];
    const [ana, ben] = clients;
    rig.pusher.counters.reset();
    for (let count = 0; count < 100; count += 1) {
      draw(ana.board);
      await new Promise((resolve) => setTimeout(resolve, 8));
    }
    await until([ben], 'ben has them all', () => ben.board.size === 100);
    const rates = rig.pusher.counters.rates();
    expect(Math.max(...rates.map(({ mostPerSecond }) => mostPerSecond))).toBeLessThanOrEqual(10);
    expect(rates.every(({ rejected }) => rejected === 0)).toBe(true);
    await converged(clients);
  });

  it('W4: ten people who all write keep to the bill of their room', async () => {
    const people = 10;
    const clients = await gather(people);
    const writing = Promise.all(clients.map((client) => write(client, 8_000)));
    await seconds(3);
    rig.pusher.counters.reset();
    const lasting = 4;
    await seconds(lasting);
    const messages = clientEvents() * people;
    await writing;
    // 30,000 a minute by default; each has the right to one frame that was already due.
    expect(messages).toBeLessThanOrEqual((30_000 / 60) * lasting + people * people);
    expect(rig.pusher.counters.read().events.refused).toBe(0);
    await converged(clients);
  });
});
