import { type Entry, SEAL_LENGTH, type Sequence, type SessionId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.js';
import { createKeptEntries } from './kept-entries.js';
import { createLogPosition } from './log-position.js';

const A = 'aaaaaaaaaaaa' as SessionId;
const B = 'bbbbbbbbbbbb' as SessionId;
const entry = (session: SessionId, n: number, bytes = 10): Entry => ({
  session,
  n,
  update: new Uint8Array(bytes),
  seal: new Uint8Array(SEAL_LENGTH),
});

const rig = () => {
  const clock = createManualClock();
  const position = createLogPosition();
  position.restart('e');
  return { clock, position, kept: createKeptEntries(position, clock) };
};

const all = (): boolean => true;

describe('kept entries', () => {
  it('L10: are handed in in the order in which they came into the document', () => {
    const { kept, position } = rig();
    const order = [entry(A, 1), entry(B, 1), entry(A, 2), entry(B, 2)];
    for (const each of order) kept.add(each);
    expect(kept.unlogged(all)).toEqual(order);
    position.noteLogged(1 as Sequence, A, 1);
    expect(kept.unlogged(all)).toEqual(order.slice(1));
    expect(kept.unlogged(({ session }) => session === B)).toEqual([order[1], order[3]]);
  });

  it('F9: say how long the oldest one has waited', () => {
    const { kept, clock, position } = rig();
    expect(kept.oldestUnlogged()).toBeNull();
    kept.add(entry(A, 1));
    clock.advance(700);
    kept.add(entry(B, 1));
    expect(kept.oldestUnlogged()).toBe(700);
    position.noteLogged(1 as Sequence, A, 1);
    expect(kept.oldestUnlogged()).toBe(0);
  });

  it('L7: a log that has lost its end gets it again', () => {
    const { kept, position } = rig();
    for (const n of [1, 2, 3]) {
      kept.add(entry(A, n));
      position.noteLogged(n as Sequence, A, n);
    }
    expect(kept.unlogged(all)).toEqual([]);
    position.restart('restored');
    position.noteLogged(1 as Sequence, A, 1);
    expect(kept.unlogged(all).map(({ n }) => n)).toEqual([2, 3]);
  });

  it('take no more than one append may carry', () => {
    const { kept } = rig();
    for (let n = 1; n <= 600; n += 1) kept.add(entry(A, n));
    expect(kept.unlogged(all).length).toBe(512);
    const large = rig().kept;
    for (let n = 1; n <= 5; n += 1) large.add(entry(A, n, 300_000));
    expect(large.unlogged(all).length).toBe(2);
  });

  it('forget what the log has when it gets too much or a day old, never what the log lacks', () => {
    const { kept, position, clock } = rig();
    for (let n = 1; n <= 100; n += 1) {
      kept.add(entry(A, n, 100_000));
      position.noteLogged(n as Sequence, A, n);
    }
    position.restart('restored');
    const bytes = kept.unlogged(all).length;
    expect(bytes).toBeGreaterThan(0);
    kept.add(entry(B, 1));
    position.noteLogged(1 as Sequence, A, 100);
    clock.advance(25 * 60 * 60 * 1_000);
    kept.add(entry(B, 2));
    expect(kept.unlogged(all)).toEqual([entry(B, 1), entry(B, 2)]);
    position.restart('again');
    expect(kept.unlogged(all)).toEqual([entry(B, 1), entry(B, 2)]);
  });

  it('S3: give up what the log refuses for ever', () => {
    const { kept } = rig();
    for (const each of [entry(A, 1), entry(A, 2), entry(B, 1)]) kept.add(each);
    kept.forget(A, 1);
    expect(kept.unlogged(all)).toEqual([entry(B, 1)]);
  });
});
