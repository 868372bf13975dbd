import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.js';
import { createReconnectSchedule, type ReconnectSchedule } from './reconnect-schedule.js';

/** Runs a schedule against a server that treats every attempt as `onAttempt` says; returns start times in seconds. */
const run = (options: {
  onAttempt?: (schedule: ReconnectSchedule) => void;
  seconds: number;
  random?: () => number;
}): { starts: number[]; abandoned: number; schedule: ReconnectSchedule; advance: (ms: number) => void } => {
  const clock = createManualClock(0);
  const starts: number[] = [];
  const counts = { abandoned: 0 };
  const schedule = createReconnectSchedule({
    clock,
    random: options.random ?? (() => 0.5),
    attempt: () => {
      starts.push(clock.now() / 1_000);
      options.onAttempt?.(schedule);
    },
    abandon: () => {
      counts.abandoned += 1;
    },
  });
  schedule.start();
  clock.advance(options.seconds * 1_000);
  return { starts, abandoned: counts.abandoned, schedule, advance: clock.advance };
};

const R1 = [0, 1, 3, 7, 15, 31, 61, 91, 121];

describe('reconnect schedule', () => {
  it('R1: against a server that refuses at once', () => {
    expect(run({ seconds: 121, onAttempt: (schedule) => schedule.lost() }).starts).toEqual(R1);
  });

  it('R1: against a server that never answers, whose attempts it gives up', () => {
    const { starts, abandoned } = run({ seconds: 121 });
    expect(starts).toEqual(R1);
    expect(abandoned).toBe(8);
  });

  it('R1: against a server that accepts and closes at once, as with codes 42xx', () => {
    const { starts } = run({
      seconds: 121,
      onAttempt: (schedule) => {
        schedule.connected();
        schedule.lost();
      },
    });
    expect(starts).toEqual(R1);
  });

  it('R1: gaps vary by 10 % each way and no more', () => {
    for (const random of [() => 0, () => 0.999_999]) {
      const { starts } = run({ seconds: 105, random, onAttempt: (schedule) => schedule.lost() });
      const gaps = starts.slice(1).map((start, index) => start - (starts[index] as number));
      const factor = random() === 0 ? 0.9 : 1.1;
      for (const [index, gap] of gaps.entries())
        expect(gap).toBeCloseTo(((R1[index + 1] as number) - (R1[index] as number)) * factor, 2);
    }
  });

  it('R1: a connection that held 5 s starts the schedule anew, at once; a shorter one does not', () => {
    const { starts, schedule, advance } = run({ seconds: 7, onAttempt: (s) => s.lost() });
    expect(starts).toEqual([0, 1, 3, 7]);
    const accepted = run({ seconds: 0, onAttempt: (s) => s.connected() });
    accepted.advance(4_900);
    accepted.schedule.lost();
    accepted.advance(0);
    expect(accepted.starts).toEqual([0, 4.9]);
    accepted.advance(1_000);
    accepted.schedule.lost();
    accepted.advance(999);
    expect(accepted.starts).toEqual([0, 4.9]);
    accepted.advance(1);
    expect(accepted.starts).toEqual([0, 4.9, 6.9]);
    accepted.advance(5_000);
    accepted.schedule.lost();
    accepted.advance(0);
    expect(accepted.starts).toEqual([0, 4.9, 6.9, 11.9]);
    schedule.stop();
    advance(60_000);
    expect(starts).toEqual([0, 1, 3, 7]);
  });

  it('R1: news from the browser leads to an attempt at once, and to no second one beside it', () => {
    const refused = run({ seconds: 20, onAttempt: (schedule) => schedule.lost() });
    expect(refused.starts).toEqual([0, 1, 3, 7, 15]);
    refused.schedule.hurry();
    refused.schedule.hurry();
    refused.advance(0);
    expect(refused.starts).toEqual([0, 1, 3, 7, 15, 20]);
    refused.advance(1_000);
    expect(refused.starts).toEqual([0, 1, 3, 7, 15, 20, 21]);

    const silent = run({ seconds: 20 });
    silent.schedule.hurry();
    silent.advance(0);
    silent.schedule.hurry();
    silent.advance(500);
    expect(silent.starts).toEqual([0, 1, 3, 7, 15, 20]);
  });

  it('R1: an attempt that began too early before the news to succeed counts as the first', () => {
    const { starts, schedule, advance } = run({ seconds: 15.5 });
    expect(starts).toEqual([0, 1, 3, 7, 15]);
    schedule.hurry();
    schedule.lost();
    advance(3_000);
    expect(starts).toEqual([0, 1, 3, 7, 15, 16, 18]);
  });

  it('R1: news from the browser leaves a connection alone', () => {
    const { starts, schedule, advance } = run({ seconds: 1, onAttempt: (s) => s.connected() });
    schedule.hurry();
    advance(60_000);
    expect(starts).toEqual([0]);
  });
});
