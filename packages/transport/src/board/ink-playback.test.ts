import { type LivePiece, newElementId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { createInkPlayback } from './ink-playback.js';

const id = newElementId();
const piece = (from: number, to: number): LivePiece => ({
  id,
  tool: 'pen',
  color: 'ink',
  width: 2,
  opacity: 1,
  from,
  points: Array.from({ length: to - from }, (_, index) => ({ x: from + index, y: 0 })),
});
const xs = (playback: ReturnType<typeof createInkPlayback>, now: number): number[] =>
  playback.at(now).points.map(({ x }) => x);

describe('ink playback', () => {
  it('P1: points appear over the time in which they were drawn', () => {
    const playback = createInkPlayback(piece(0, 10), 1_000);
    expect(xs(playback, 1_000).length).toBe(10);
    playback.receive(piece(10, 20), 1_120);
    expect(xs(playback, 1_120).length).toBe(10);
    expect(xs(playback, 1_180).length).toBe(15);
    expect(xs(playback, 1_240).length).toBe(20);
    expect([playback.moving(1_180), playback.moving(1_240)]).toEqual([true, false]);
  });

  it('P2: a lost piece leaves a straight line, a repeated one nothing twice', () => {
    const playback = createInkPlayback(piece(0, 3), 0);
    playback.receive(piece(6, 8), 100);
    expect(xs(playback, 1_000)).toEqual([0, 1, 2, 6, 7]);
    const twice = createInkPlayback(piece(0, 5), 0);
    twice.receive(piece(0, 5), 50);
    twice.receive(piece(4, 6), 100);
    expect(xs(twice, 1_000)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('P2: an author who falls silent is drawing no more after 5 s', () => {
    const playback = createInkPlayback(piece(0, 3), 1_000);
    expect(playback.overAt).toBe(6_000);
    playback.receive(piece(3, 4), 5_900);
    expect(playback.overAt).toBe(10_900);
  });

  it('is the same object while it looks the same', () => {
    const playback = createInkPlayback(piece(0, 3), 0);
    expect(playback.at(10)).toBe(playback.at(20));
    playback.receive(piece(3, 4), 30);
    expect(playback.at(500)).not.toBe(playback.at(10));
  });

  it('a stroke that is complete is shown whole at once', () => {
    const playback = createInkPlayback(piece(0, 10), 0);
    playback.receive(piece(10, 20), 120);
    playback.end(130);
    expect(xs(playback, 130).length).toBe(20);
    expect(playback.moving(131)).toBe(false);
  });
});
