import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.js';
import { createElection, type Election } from './election.js';
import type { Locks } from './locks.js';
import { createPageLocks } from './page-locks.js';

interface Candidate extends Election {
  /** What became of it, in order. */
  readonly fates: ('leads' | 'deposed')[];
}

const candidate = (locks: Locks, isLeading?: () => boolean): Candidate => {
  const fates: Candidate['fates'] = [];
  const election = createElection({
    locks,
    name: 'leader',
    clock: systemClock,
    isLeading: isLeading ?? (() => fates.at(-1) === 'leads'),
    onLead: () => fates.push('leads'),
    onDeposed: () => fates.push('deposed'),
  });
  return { ...election, fates };
};

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('an election', () => {
  it('T1: has one leader, and another one when that stops', async () => {
    const locks = createPageLocks();
    const [one, two] = [candidate(locks), candidate(locks)];
    await settled();
    expect([one.fates, two.fates]).toEqual([['leads'], []]);
    one.stop();
    await settled();
    expect(two.fates).toEqual(['leads']);
    two.stop();
  });

  it('T2: a leader that seems frozen is deposed, and waits until it is its turn again', async () => {
    const locks = createPageLocks();
    const [one, two] = [candidate(locks), candidate(locks)];
    await settled();
    two.depose();
    await settled();
    expect([one.fates, two.fates]).toEqual([['leads', 'deposed'], ['leads']]);
    two.stop();
    await settled();
    expect(one.fates).toEqual(['leads', 'deposed', 'leads']);
    one.stop();
  });

  it('T2: who takes the lead from a leader that stops in that moment leads once', async () => {
    const locks = createPageLocks();
    const [one, two] = [candidate(locks), candidate(locks)];
    await settled();
    one.stop();
    two.depose();
    await settled();
    expect(two.fates).toEqual(['leads']);
    two.stop();
  });

  it('T2: who has the lock and follows another takes the lead anew, and nobody has it in between', async () => {
    const locks = createPageLocks();
    const [one, two] = [candidate(locks, () => false), candidate(locks)];
    await settled();
    one.depose();
    await settled();
    expect([one.fates, two.fates]).toEqual([['leads', 'leads'], []]);
    one.stop();
    await settled();
    expect(two.fates).toEqual(['leads']);
    two.stop();
  });
});
