import type { SessionId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.js';
import { createPeers } from './peers.js';

const own = 'aaaaaaaaaaaa' as SessionId;
const session = (index: number): SessionId => `b${String(index).padStart(11, '0')}` as SessionId;

const rig = (people: number, messagesPerMinute = 30_000) => {
  const clock = createManualClock();
  const members = new Map(Array.from({ length: people }, (_, index) => [`user-${index}`, {}]));
  const peers = createPeers({ session: own, user: 'user-0', members, messagesPerMinute, clock });
  return { clock, members, peers };
};

describe('peers', () => {
  it('W4: alone there is nobody to tell', () => {
    const { peers, members } = rig(1);
    expect(peers.any()).toBe(false);
    members.set('user-1', {});
    expect(peers.any()).toBe(true);
  });

  it('W4: the same person on another device is noticed by what it writes or sends, and forgotten after a minute', () => {
    const { peers, clock } = rig(1);
    peers.wrote(own);
    expect(peers.any()).toBe(false);
    peers.wrote(session(1));
    expect(peers.any()).toBe(true);
    clock.advance(60_001);
    expect(peers.any()).toBe(false);
    peers.heard(session(1), 'user-0');
    expect(peers.any()).toBe(true);
  });

  /** A minute of a room in which so many people send all that they may; the frames of each. */
  const minuteOf = (people: number, drawingAt: (time: number) => number): number[] => {
    const clock = createManualClock();
    const members = new Map(Array.from({ length: people }, (_, index) => [`user-${index}`, {}]));
    const room = Array.from({ length: people }, (_, index) => {
      const own = { session: session(index), user: `user-${index}` };
      const peers = createPeers({ ...own, members, messagesPerMinute: 30_000, clock });
      return { ...own, peers, frames: 0, sentAt: Number.NEGATIVE_INFINITY };
    });
    for (let time = 0; time < 60_000; time += 20) {
      // Nobody hears of the others in the moment in which they send themselves.
      const due = room
        .slice(0, drawingAt(time))
        .filter(({ sentAt, peers }) => time >= sentAt + Math.max(120, peers.spacing()));
      for (const sender of due) {
        sender.frames += 1;
        sender.sentAt = time;
        sender.peers.spent();
      }
      clock.advance(20);
      for (const sender of due)
        for (const { peers } of room) if (peers !== sender.peers) peers.heard(sender.session, sender.user);
    }
    return room.map(({ frames }) => frames);
  };

  const messagesOf = (frames: readonly number[]): number =>
    frames.reduce((sum, count) => sum + count, 0) * frames.length;

  it.each([
    [2, 2],
    [10, 10],
    [50, 50],
    [50, 1],
    [50, 2],
    [100, 100],
  ])(
    'W4: of %i people %i draw: everybody gets the same, and all of the bill is used but no more',
    (people, drawing) => {
      const frames = minuteOf(people, () => drawing);
      expect(messagesOf(frames)).toBeLessThanOrEqual(30_000);
      expect(messagesOf(frames)).toBeGreaterThan(Math.min((60_000 / 140) * people * drawing, 15_000));
      const sent = frames.slice(0, drawing);
      expect(Math.max(...sent) - Math.min(...sent)).toBeLessThanOrEqual(1);
    },
  );

  it('W4: the bill holds too when everybody begins at the end of a minute in which a few had all of it', () => {
    const frames = minuteOf(50, (time) => (time < 59_900 ? 3 : 50));
    expect(Math.min(...frames)).toBe(1);
    expect(messagesOf(frames)).toBeLessThanOrEqual(30_000);
  });

  it('W4: receipts are paid from the same purse', () => {
    const { peers, clock } = rig(50);
    for (let second = 0; second < 4; second += 1) {
      clock.advance(250);
      peers.announced();
    }
    // 4 a second cost 204 messages of the 458 that a second fills in.
    expect(peers.wait()).toBeGreaterThan(100);
    expect(peers.wait()).toBeLessThan(120);
    clock.advance(120);
    expect([peers.wait(), peers.spacing()]).toEqual([0, 0]);
    for (let count = 0; count < 10_000; count += 1) peers.announced();
    expect(peers.wait()).toBe(20_000);
  });

  it('W4: counts what its frames cost in the last minute', () => {
    const { peers, clock } = rig(5);
    peers.spent();
    clock.advance(30_000);
    peers.spent();
    expect(peers.messagesPerMinute()).toBe(10);
    clock.advance(30_001);
    expect(peers.messagesPerMinute()).toBe(5);
  });
});
