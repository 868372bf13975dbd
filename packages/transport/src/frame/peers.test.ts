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

  it.each([
    [2, 2],
    [10, 10],
    [50, 50],
    [50, 1],
  ])('W4: %i people of whom %i draw keep to the bill of 30,000 messages a minute', (people, drawing) => {
    const { peers } = rig(people);
    for (let index = 1; index < drawing; index += 1) peers.heard(session(index), `user-${index}`);
    const framesPerMinute = 60_000 / Math.max(120, peers.spacing());
    expect(framesPerMinute * drawing * people).toBeLessThanOrEqual(30_000 + 1);
    expect(peers.spacing()).toBeLessThanOrEqual(5_000);
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
