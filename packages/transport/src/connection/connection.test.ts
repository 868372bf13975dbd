import { type LocalPusher, startLocalPusher } from '@inkwire/local-pusher';
import * as PusherModule from 'pusher-js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../clock.js';
import { createCountingClock } from '../testing/counting-clock.js';
import { type Door, openDoor } from '../testing/door.js';
import { createFastClock } from '../testing/fast-clock.js';
import { createManualClock, type ManualClock } from '../testing/manual-clock.js';
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

/** Attempts against a server that refuses, in seconds of the real time that passes while the other tests run. */
let forReal: Promise<number[]>;
let endForReal = async (): Promise<void> => {};
beforeAll(async () => {
  const refusing = await startLocalPusher();
  refusing.faults.refuseConnections();
  const way = await openDoor(refusing.port);
  page = createManualPage();
  const { times, reached } = watchDoor(way, systemClock);
  const { connection } = open({ at: { pusher: refusing, door: way } });
  ends.splice(0);
  forReal = reached(5).then(() => times);
  endForReal = async () => {
    connection.close();
    await way.close();
    await refusing.close();
  };
});
afterAll(() => endForReal());
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
    at?: { pusher: LocalPusher; door: Door };
    random?: () => number;
    authorize?: (channel: string, socketId: string) => Promise<{ auth: string; channel_data?: string }>;
  } = {},
): Opened => {
  const at = options.at ?? { pusher, door };
  const looks = new Set<() => void>();
  const errors: TransportError[] = [];
  const events: unknown[] = [];
  const look = (): void => {
    for (const each of [...looks]) each();
  };
  const connection = createConnection({
    pusher: { key: options.key ?? at.pusher.key, wsHost: '127.0.0.1', wsPort: at.door.port, forceTLS: false },
    authorize: options.authorize ?? (async (channel, socketId) => signMember(pusher, channel, socketId)),
    signIn: async (socketId) => signUser(pusher, socketId),
    clock: options.clock ?? systemClock,
    random: options.random ?? (() => 0.5),
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

/** Lets sockets of this process say to each other what they have to say. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** When the door was knocked at, in seconds of `clock`, and a way to wait for it. */
const watchDoor = (at: Door, clock: Clock): { times: number[]; reached(count: number): Promise<void> } => {
  const start = clock.now();
  const times: number[] = [];
  let look = (): void => {};
  const stop = at.onKnock(() => {
    times.push((clock.now() - start) / 1_000);
    look();
  });
  ends.push(stop);
  return {
    times,
    reached: (count) =>
      new Promise((resolve) => {
        look = () => {
          if (times.length >= count) resolve();
        };
        look();
      }),
  };
};

const R1 = [0, 1, 3, 7, 15, 31, 61, 91];
const JITTER = 0.1;

/** So close before an attempt is due there is none yet; and so close after it there is. */
const BEFORE_MS = 20;
const AFTER_MS = 1;

/**
 * Moves time on to just before each attempt, and past it; `answer` is what the server does with it. The clock stands
 * still while sockets speak, so the times are exact.
 */
const followSchedule = async (
  clock: ManualClock,
  random: number,
  answer: () => Promise<unknown> = settle,
): Promise<void> => {
  const { times, reached } = watchDoor(door, clock);
  let before = 0;
  for (const [index, due] of R1.entries()) {
    const gap = (due - before) * 1_000 * (1 - JITTER + 2 * JITTER * random);
    before = due;
    if (gap > 0) clock.advance(gap - AFTER_MS - BEFORE_MS);
    await settle();
    expect(times.length, `attempts before ${due} s: ${times}`).toBe(index);
    clock.advance(gap > 0 ? BEFORE_MS + AFTER_MS : AFTER_MS);
    await reached(index + 1);
    await answer();
  }
};

describe('connection', () => {
  it.each([
    ['refuses', () => pusher.faults.refuseConnections()],
    ['never answers', () => pusher.faults.refuseConnections({ hang: true })],
    ['answers with HTTP 503', () => pusher.faults.refuseConnections({ status: 503 })],
    ['closes with 4100', () => pusher.faults.refuseConnections({ code: 4100 })],
    ['closes with 4200', () => pusher.faults.refuseConnections({ code: 4200 })],
    ['closes with 4004', () => pusher.faults.refuseConnections({ code: 4004 })],
    ['closes with 1011', () => pusher.faults.refuseConnections({ code: 1011 })],
  ])('R1: attempts follow the schedule against a server that %s, within the jitter', async (_, refuse) => {
    refuse();
    for (const random of [0, 0.5, 0.999_999]) {
      const clock = createManualClock();
      const { connection } = open({ clock, random: () => random });
      await followSchedule(clock, random);
      connection.close();
      await settle();
    }
  });

  it.each([
    ['4200', { code: 4200 }],
    ['4201', { code: 4201 }],
    ['1001', { code: 1001 }],
    ['no word', {}],
  ])('R1: no storm against a server that accepts and then closes with %s', async (_, cut) => {
    const clock = createManualClock();
    const { connection, until } = open({ clock });
    await followSchedule(clock, 0.5, async () => {
      await until(() => connection.state === 'live');
      pusher.faults.cut(cut);
      await until(() => connection.state !== 'live');
    });
  });

  it('R1: for real, to the 15 s step', { timeout: 40_000 }, async () => {
    for (const [index, time] of (await forReal).entries())
      expect(Math.abs(time - (R1[index] as number))).toBeLessThan(0.5);
  });

  it.each(['online', 'visible'] as const)('R1: connects at once when the page is %s', async (event) => {
    pusher.faults.refuseConnections();
    const clock = createManualClock();
    const { connection, until } = open({ clock });
    const { reached } = watchDoor(door, clock);
    clock.advance(1);
    await reached(1);
    clock.advance(1_000);
    await reached(2);
    await settle();
    clock.advance(1_000);
    pusher.faults.acceptConnections();
    page.say(event);
    clock.advance(0);
    await until(() => connection.state === 'live');
  });

  it('R1: a drop of a connection that held is followed by an attempt at once, and by the subscription', async () => {
    const clock = createManualClock();
    const { connection, channel, until } = open({ clock });
    clock.advance(0);
    await until(() => channel.subscribed);
    clock.advance(5_500);
    pusher.faults.cut();
    await until(() => connection.state === 'offline');
    expect(channel.subscribed).toBe(false);
    clock.advance(0);
    await until(() => channel.subscribed);
    expect([...channel.members.keys()]).toEqual(['ana']);
  });

  it('R2: a wrong key fails for good, with one error that says so', async () => {
    const clock = createManualClock();
    const { connection, errors, until } = open({ clock, key: 'nobody' });
    clock.advance(0);
    await until(() => connection.state === 'failed' && errors.length > 0);
    expect(errors.map(({ code }) => code)).toEqual(['pusher_4001']);
    const { times } = watchDoor(door, clock);
    clock.advance(40_000);
    await settle();
    expect(times).toEqual([]);
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
    let onAsked = (): void => {};
    const asked = new Promise<void>((resolve) => {
      onAsked = resolve;
    });
    const { channel, until } = open({
      authorize: async (name, socketId) => {
        sockets.push(socketId);
        onAsked();
        if (sockets.length === 1) await held;
        return signMember(pusher, name, socketId);
      },
    });
    await asked;
    pusher.faults.cut();
    await until(() => channel.subscribed);
    release();
    await settle();
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
