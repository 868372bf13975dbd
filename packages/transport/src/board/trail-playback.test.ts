import { describe, expect, it } from 'vitest';
import { createTrailPlayback } from './trail-playback.js';

/** A pointer that moves 1 unit a millisecond, sampled every 8 ms by a sender whose clock starts at 0. */
const samples = (from: number, to: number) =>
  Array.from({ length: (to - from) / 8 }, (_, index) => {
    const at = from + (index + 1) * 8;
    return { at, x: at, y: -at };
  });

describe('trail playback', () => {
  it('P1: frames every 120 ms replay as even motion about one frame late', () => {
    const playback = createTrailPlayback();
    const seen: number[] = [];
    for (let time = 0; time <= 1_200; time += 4) {
      if (time > 0 && time % 120 === 0) playback.receive(samples(time - 120, time), time, time + 5_000);
      if (time >= 400) seen.push(playback.at(5_000 + time)?.[0] ?? Number.NaN);
    }
    const steps = seen.slice(1).map((x, index) => x - (seen[index] as number));
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...steps)).toBeLessThanOrEqual(10);
    const lag = 1_200 - (seen.at(-1) as number);
    expect(lag).toBeGreaterThan(60);
    expect(lag).toBeLessThan(200);
  });

  it('P1: ends where the pointer stopped, and says that it moves until then', () => {
    const playback = createTrailPlayback();
    playback.receive(samples(0, 120), 120, 1_000);
    expect(playback.moving(1_000)).toBe(true);
    expect(playback.at(2_000)).toEqual([120, -120]);
    expect(playback.moving(2_000)).toBe(false);
  });

  it('shows the pointer until its trail is played, and no longer', () => {
    const playback = createTrailPlayback();
    expect(playback.at(0)).toBeNull();
    playback.receive(samples(0, 120), 120, 1_000);
    playback.leave();
    expect(playback.at(1_050)).not.toBeNull();
    expect(playback.at(1_200)).toBeNull();
  });

  it('comes back where the pointer comes back, without a line from where it left', () => {
    const playback = createTrailPlayback();
    playback.receive(samples(0, 16), 16, 1_000);
    playback.leave();
    playback.receive([{ at: 5_000, x: 900, y: 900 }], 5_000, 6_000);
    expect(playback.at(6_000)).toEqual([900, 900]);
  });

  it('a late frame is caught up with, never jumped back from', () => {
    const playback = createTrailPlayback();
    playback.receive(samples(0, 120), 120, 1_000);
    const before = playback.at(1_100)?.[0] as number;
    playback.receive(samples(120, 240), 240, 1_100);
    expect(playback.at(1_100)?.[0]).toBeCloseTo(before, 0);
    expect(playback.at(1_400)).toEqual([240, -240]);
  });
});
