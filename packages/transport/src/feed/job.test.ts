import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.js';
import { createJob } from './job.js';

/** Lets promises settle: a job goes on in a microtask. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
};

const rig = (onFailure: (error: unknown) => number | null = () => 0) => {
  const clock = createManualClock(0);
  const starts: number[] = [];
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const job = createJob({
    clock,
    random: () => 0.5,
    onFailure,
    work: () => {
      starts.push(clock.now());
      return new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
    },
  });
  const end = async (how: 'resolve' | 'reject'): Promise<void> => {
    ends.shift()?.[how](new Error('failed'));
    await settle();
  };
  return { clock, job, starts, end };
};

describe('job', () => {
  it('does the work once at a time, and once more for all who asked meanwhile', async () => {
    const { job, starts, end } = rig();
    job.run();
    job.run();
    job.run();
    expect(starts.length).toBe(1);
    await end('resolve');
    expect(starts.length).toBe(2);
    await end('resolve');
    expect(starts.length).toBe(2);
  });

  it('waits as long as the soonest of those who asked allows, and not at all if that is taken back', () => {
    const { clock, job, starts } = rig();
    job.run(100);
    job.run(50);
    job.run(200);
    clock.advance(49);
    expect(starts).toEqual([]);
    clock.advance(1);
    expect(starts).toEqual([50]);
    const other = rig();
    other.job.run(100);
    other.job.cancelRun();
    other.clock.advance(1_000);
    expect(other.starts).toEqual([]);
    other.job.run();
    expect(other.starts).toEqual([1_000]);
  });

  it('F3: tries again after 1, 2, 4 … 30 s, and soon again once it went well', async () => {
    const { clock, job, starts, end } = rig();
    job.run();
    for (const wait of [1, 2, 4, 8, 16, 30, 30]) {
      await end('reject');
      clock.advance(wait * 1_000);
    }
    expect(starts.map((at) => at / 1_000)).toEqual([0, 1, 3, 7, 15, 31, 61, 91]);
    expect(job.failures).toBe(7);
    await end('resolve');
    expect(job.failures).toBe(0);
  });

  it('S4: waits at least as long as it was told to', async () => {
    const { clock, job, starts, end } = rig(() => 20_000);
    job.run();
    await end('reject');
    clock.advance(19_999);
    expect(starts.length).toBe(1);
    clock.advance(1);
    expect(starts.length).toBe(2);
  });

  it('asking does not shorten the wait after a failure; being in a hurry does', async () => {
    const { job, starts, end } = rig();
    job.run();
    await end('reject');
    job.run();
    expect(starts.length).toBe(1);
    job.hurry();
    expect(starts.length).toBe(2);
  });

  it('rests after a failure that time will not mend, until it is asked', async () => {
    const { clock, job, starts, end } = rig(() => null);
    job.run();
    await end('reject');
    clock.advance(100_000);
    expect(starts.length).toBe(1);
    job.run();
    expect(starts.length).toBe(2);
  });

  it('stops for good, in the middle of anything', async () => {
    const { clock, job, starts, end } = rig();
    job.run();
    job.stop();
    await end('reject');
    job.run();
    job.hurry();
    clock.advance(100_000);
    expect([starts.length, clock.waiting]).toEqual([1, 0]);
  });
});
