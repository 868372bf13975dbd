import { type LocalPusher, startLocalPusher } from '@inkwire/local-pusher';
import * as PusherModule from 'pusher-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../clock.js';
import { createCountingClock } from '../testing/counting-clock.js';
import { type Door, openDoor } from '../testing/door.js';
import { createFastClock } from '../testing/fast-clock.js';
import { createManualPage, type ManualPage } from '../testing/rig.js';
import { signMember, signUser } from '../testing/signatures.js';
import { TransportError } from '../transport-error.js';
import { type Connection, createConnection } from './connection.js';
import type { LiveChannel } from './live-channel.js';

const CHANNEL = 'presence-board-connection';

let pusher: LocalPusher;
let door: Door;
let page: ManualPage;
const ends: (() => void)[] = [];
beforeEach(async () => {
  pusher = await startLocalPusher();
  door = await openDoor(pusher.port);
  page = createManualPage();
});
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await door.close();
  await pusher.close();
});

interface Opened {
  readonly connection: Connection;
  readonly channel: LiveChannel;
  readonly errors: TransportError[];
  readonly events: unknown[];
  /** Resolves when `holds` does. */
  until(holds: () => boolean): Promise<void>;
}

const open = (
  options: {
    clock?: Clock;
    key?: string;
    authorize?: (channel: string, socketId: string) => Promise<{ auth: string; channel_data?: string }>;
  } = {},
): Opened => {
  const looks = new Set<() => void>();
  const errors: TransportError[] = [];
  const events: unknown[] = [];
  const look = (): void => {
    for (const each of [...looks]) each();
  };
  const connection = createConnection({
    pusher: { key: options.key ?? pusher.key, wsHost: '127.0.0.1', wsPort: door.port, forceTLS: false },
    authorize: options.authorize ?? (async (channel, socketId) => signMember(pusher, channel, socketId)),
    signIn: async (socketId) => signUser(pusher, socketId),
    clock: options.clock ?? systemClock,
    random: () => 0.5,
    page,
  });
  const channel = connection.open(CHANNEL, ['client-note'], {
    onChange: look,
    onSubscribed: look,
    onMemberRemoved: look,
    onComplaint: look,
    onEvent: (_, data) => {
      events.push(data);
      look();
    },
    onError: (error) => {
      errors.push(error);
      look();
    },
  });
  ends.push(() => connection.close());
  return {
    connection,
    channel,
    errors,
    events,
    until: (holds) =>
      new Promise((resolve) => {
        const each = (): void => {
          if (!holds()) return;
          looks.delete(each);
          resolve();
        };
        looks.add(each);
        each();
      }),
  };
};

/** The first `count` knocks at the door after now, in seconds of `clock` since `start`. */
const knocks = (clock: Clock, start: number, count: number): Promise<number[]> =>
  new Promise((resolve) => {
    const times: number[] = [];
    const stop = door.onKnock(() => {
      times.push((clock.now() - start) / 1_000);
      if (times.length < count) return;
      stop();
      resolve(times);
    });
    ends.push(stop);
  });

/** Faster than real time, so a busy machine shows as a second late. */
const FACTOR = 6;
const LATE_S = 1.5;
const R1 = [0, 1, 3, 7, 15, 31];

/** The long schedule once, its beginning for every way to fail. */
const BEGINNING = R1.slice(0, 4);

const expectSchedule = (times: readonly number[], expected: readonly number[]): void => {
  for (const [index, time] of times.entries()) {
    expect(time, `attempt ${index} of ${times}`).toBeGreaterThan((expected[index] as number) - 0.1);
    expect(time, `attempt ${index} of ${times}`).toBeLessThan((expected[index] as number) + LATE_S);
  }
};

describe('connection', () => {
  it('R1: attempts follow the schedule, to its 16 s step', async () => {
    pusher.faults.refuseConnections();
    const clock = createFastClock(FACTOR);
    const times = knocks(clock, clock.now(), R1.length);
    open({ clock });
    expectSchedule(await times, R1);
  });

  it.each([
    ['never answers', () => pusher.faults.refuseConnections({ hang: true })],
    ['answers with HTTP 503', () => pusher.faults.refuseConnections({ status: 503 })],
    ['closes with 4100', () => pusher.faults.refuseConnections({ code: 4100 })],
    ['closes with 4200', () => pusher.faults.refuseConnections({ code: 4200 })],
    ['closes with 4004', () => pusher.faults.refuseConnections({ code: 4004 })],
    ['closes with 1011', () => pusher.faults.refuseConnections({ code: 1011 })],
  ])('R1: attempts follow the schedule against a server that %s', async (_, refuse) => {
    refuse();
    const clock = createFastClock(FACTOR);
    const times = knocks(clock, clock.now(), BEGINNING.length);
    open({ clock });
    expectSchedule(await times, BEGINNING);
  });

  it('R1: no storm against a server that accepts and then closes with 4200', async () => {
    const clock = createFastClock(FACTOR);
    const times = knocks(clock, clock.now(), BEGINNING.length);
    const { connection, until } = open({ clock });
    const cutForEver = async (): Promise<void> => {
      for (let index = 0; index < BEGINNING.length; index += 1) {
        await until(() => connection.state === 'live');
        pusher.faults.cut({ code: 4200 });
        await until(() => connection.state !== 'live');
      }
    };
    await Promise.all([cutForEver(), times]);
    expectSchedule(await times, BEGINNING);
  });

  it('R1: for real, to the 15 s step', { timeout: 40_000 }, async () => {
    pusher.faults.refuseConnections();
    const times = knocks(systemClock, systemClock.now(), 5);
    open();
    for (const [index, time] of (await times).entries())
      expect(Math.abs(time - (R1[index] as number))).toBeLessThan(0.5);
  });

  it.each(['online', 'visible'] as const)('R1: connects at once when the page is %s', async (event) => {
    pusher.faults.refuseConnections();
    const clock = createFastClock(FACTOR);
    const { connection, until } = open({ clock });
    await knocks(clock, clock.now(), 4);
    pusher.faults.acceptConnections();
    const start = clock.now();
    page.say(event);
    await until(() => connection.state === 'live');
    expect(clock.now() - start).toBeLessThan(LATE_S * 1_000);
  });

  it('R1: a drop of a connection that held is followed by an attempt at once, and by the subscription', async () => {
    const clock = createFastClock(50);
    const { connection, channel, until } = open({ clock });
    await until(() => channel.subscribed);
    await new Promise<void>((resolve) => clock.after(5_500, resolve));
    const start = performance.now();
    pusher.faults.cut();
    await until(() => connection.state === 'offline');
    expect(channel.subscribed).toBe(false);
    await until(() => channel.subscribed);
    expect(performance.now() - start).toBeLessThan(1_000);
    expect([...channel.members.keys()]).toEqual(['ana']);
  });

  it('R2: a wrong key fails for good, with one error that says so', async () => {
    const clock = createFastClock(100);
    const { connection, errors, until } = open({ clock, key: 'nobody' });
    await until(() => connection.state === 'failed' && errors.length > 0);
    expect(errors.map(({ code }) => code)).toEqual(['pusher_4001']);
    let knocked = 0;
    ends.push(door.onKnock(() => knocked++));
    await new Promise<void>((resolve) => clock.after(40_000, resolve));
    expect(knocked).toBe(0);
    expect(errors.length).toBe(1);
  });

  it('R3: an authorization that fails for a while is asked for again; a refused one is reported', async () => {
    const clock = createFastClock(50);
    let asked = 0;
    const { channel, errors, until } = open({
      clock,
      authorize: async (name, socketId) => {
        asked += 1;
        if (asked < 3) throw new TransportError('unreachable', 'not now');
        return signMember(pusher, name, socketId);
      },
    });
    await until(() => channel.subscribed);
    expect(asked).toBe(3);
    expect(errors).toEqual([]);

    const refused = open({
      clock,
      authorize: () => Promise.reject(new TransportError('forbidden', 'not you', { status: 403 })),
    });
    await refused.until(() => refused.errors.length > 0);
    expect(refused.errors[0]?.code).toBe('forbidden');
  });

  it('an answer for an earlier socket is not used for the present one', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const sockets: string[] = [];
    const { channel, until } = open({
      authorize: async (name, socketId) => {
        sockets.push(socketId);
        if (sockets.length === 1) await held;
        return signMember(pusher, name, socketId);
      },
    });
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (sockets.length === 1) resolve();
        else setTimeout(look, 5);
      };
      look();
    });
    pusher.faults.cut();
    await until(() => channel.subscribed);
    release();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sockets.length).toBe(2);
    expect(channel.subscribed).toBe(true);
  });

  it('says whether an event was handed on', async () => {
    const { channel, until } = open();
    expect(channel.trigger('client-note', { a: 1 })).toBe(false);
    await until(() => channel.subscribed);
    expect(channel.trigger('client-note', { a: 1 })).toBe(true);
    pusher.faults.cut();
    await until(() => !channel.subscribed);
    expect(channel.trigger('client-note', { a: 1 })).toBe(false);
  });

  it('close() ends everything: sockets, timers, listeners, and what pusher-js keeps of its clients', async () => {
    const { instances } = (PusherModule as unknown as { default: { instances: unknown[] } }).default;
    const before = instances.length;
    const clock = createCountingClock();
    const { connection, channel, until } = open({ clock });
    await until(() => channel.subscribed);
    expect(page.listening).toBeGreaterThan(0);
    expect(pusher.counters.read().connections.open).toBe(1);
    expect(clock.waiting).toBeGreaterThan(0);
    connection.close();
    expect(page.listening).toBe(0);
    expect(clock.waiting).toBe(0);
    expect(instances.length).toBe(before);
    const deadline = performance.now() + 5_000;
    while (pusher.counters.read().connections.open > 0 && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(pusher.counters.read().connections.open).toBe(0);
  });
});
