import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.js';
import { type ConnectionScene, settle, startConnectionScene } from '../testing/connection-scene.js';
import { createManualClock, type ManualClock } from '../testing/manual-clock.js';

/** Attempts against a server that refuses, in seconds of the real time that passes while the other tests run. */
let forReal: Promise<readonly number[]>;
let refusing: ConnectionScene;
beforeAll(async () => {
  refusing = await startConnectionScene();
  refusing.pusher.faults.refuseConnections();
  const { times, reached } = refusing.watch(systemClock);
  refusing.open();
  forReal = reached(5).then(() => times);
});
afterAll(() => refusing.end());

let scene: ConnectionScene;
beforeEach(async () => {
  scene = await startConnectionScene();
});
afterEach(() => scene.end());

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
  const { times, reached } = scene.watch(clock);
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

describe('reconnection', () => {
  it.each([
    ['refuses', () => scene.pusher.faults.refuseConnections()],
    ['never answers', () => scene.pusher.faults.refuseConnections({ hang: true })],
    ['answers with HTTP 503', () => scene.pusher.faults.refuseConnections({ status: 503 })],
    ['closes with 4100', () => scene.pusher.faults.refuseConnections({ code: 4100 })],
    ['closes with 4200', () => scene.pusher.faults.refuseConnections({ code: 4200 })],
    ['closes with 4004', () => scene.pusher.faults.refuseConnections({ code: 4004 })],
    ['closes with 1011', () => scene.pusher.faults.refuseConnections({ code: 1011 })],
  ])('R1: attempts follow the schedule against a server that %s, within the jitter', async (_, refuse) => {
    refuse();
    for (const random of [0, 0.5, 0.999_999]) {
      const clock = createManualClock();
      const { connection } = scene.open({ clock, random: () => random });
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
    const { connection, until } = scene.open({ clock });
    await followSchedule(clock, 0.5, async () => {
      await until(() => connection.state === 'live');
      scene.pusher.faults.cut(cut);
      await until(() => connection.state !== 'live');
    });
  });

  it('R1: for real, to the 15 s step', async () => {
    for (const [index, time] of (await forReal).entries()) {
      expect(time).toBeGreaterThan((R1[index] as number) - 0.05);
      // A busy machine is late, and the later the more it has to do.
      expect(time).toBeLessThan((R1[index] as number) + 10);
    }
  });

  it.each(['online', 'visible'] as const)('R1: connects at once when the page is %s', async (event) => {
    scene.pusher.faults.refuseConnections();
    const clock = createManualClock();
    const { connection, until } = scene.open({ clock });
    const { reached } = scene.watch(clock);
    clock.advance(1);
    await reached(1);
    clock.advance(1_000);
    await reached(2);
    await settle();
    clock.advance(1_000);
    scene.pusher.faults.acceptConnections();
    scene.page.say(event);
    clock.advance(0);
    await until(() => connection.state === 'live');
  });

  it('R1: a drop of a connection that held is followed by an attempt at once, and by the subscription', async () => {
    const clock = createManualClock();
    const { connection, channel, until } = scene.open({ clock });
    clock.advance(0);
    await until(() => channel.subscribed);
    clock.advance(5_500);
    scene.pusher.faults.cut();
    await until(() => connection.state === 'offline');
    expect(channel.subscribed).toBe(false);
    clock.advance(0);
    await until(() => channel.subscribed);
    expect([...channel.members.keys()]).toEqual(['ana']);
  });
});
